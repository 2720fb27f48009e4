// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// lld is the one linker that takes plugins of LLVM's passes. It ends the link when it cannot load one, so it has to be
// the lld that was tried with this plugin, as it was then (probe.h); and clang has to choose that one,
// of which we are only sure where nothing tells it to look elsewhere.
#include "lto_link.h"

#include "util/paths.h"

#include <cstdlib>

namespace autopass {
namespace {

bool is_tried_linker(const Decision& decision, const std::string& tried) {
  if (decision.linker_path.empty()) {
    return decision.linker == "lld" && !decision.finds_linker_elsewhere && std::getenv("COMPILER_PATH") == nullptr;
  }
  return real_path(decision.linker_path) == tried;
}

bool is_lld(const Decision& decision) {
  return decision.linker_path.empty() ? decision.linker == "lld"
                                      : base_name(decision.linker_path).find("lld") != std::string::npos;
}

} // namespace

Reason add_link_plugin(const Decision& decision, const Slice& slice, std::vector<std::string>& additions) {
  if (!is_lld(decision)) {
    return Reason::LtoLinker;
  }
  if (decision.link_reason != Reason::None) {
    return decision.link_reason;
  }
  if (decision.linker_keeps_or_tells || std::getenv("LLD_REPRODUCE") != nullptr) {
    return Reason::LtoLinkOptions;
  }
  if (slice.digest.empty()) {
    return slice.reason;
  }
  if (slice.linker.empty() || !is_tried_linker(decision, slice.linker)) {
    return Reason::LinkerUnknown;
  }
  additions.insert(additions.end(), {"-Xlinker", "--load-pass-plugin=" + slice.plugin});
  return Reason::None;
}

} // namespace autopass
