// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "options.h"

#include <llvm/Support/CommandLine.h>

namespace autopass {

using namespace llvm;

namespace {

cl::opt<std::string> slice("autopass-set", cl::Hidden, cl::value_desc("digest"),
                           cl::desc("Digest of the plans to apply"));
cl::opt<std::string> evidence("autopass-evidence", cl::Hidden, cl::value_desc("file"),
                              cl::desc("Write what the compiler says about each function"));
cl::list<std::string> ir("autopass-ir", cl::Hidden, cl::value_desc("function@point"),
                         cl::desc("Have the function's IR at this point in the evidence"));
cl::opt<std::string> counting("autopass-count", cl::Hidden, cl::value_desc("file"),
                              cl::desc("Have the program count its branches"));
cl::opt<std::string> breakage("autopass-break", cl::Hidden,
                              cl::value_desc("fingerprint:mutation"),
                              cl::desc("Break one function on purpose"));
cl::opt<std::string> verdict("autopass-verdict", cl::Hidden, cl::value_desc("file"),
                             cl::desc("When plans fail, say why in this file, and end"));
cl::opt<unsigned> limit("autopass-limit", cl::Hidden, cl::value_desc("seconds"),
                        cl::desc("CPU time that a compile with plans may take"));
cl::opt<std::string> frames("autopass-frames", cl::Hidden, cl::value_desc("file"),
                            cl::desc("Evidence of a compile without plans, for its frames"));
cl::opt<std::string> plant("autopass-plant", cl::Hidden, cl::value_desc("failure[:place]"),
                           cl::desc("Let a compile with plans fail on purpose"));

} // namespace

std::optional<Digest> slice_option() {
  const std::string_view digest = slice.getValue();
  return Digest::from_hex(digest.substr(0, digest.find(':')));
}

std::string evidence_option() { return evidence; }

std::string count_option() { return counting; }

const char* verdict_option() { return verdict.getValue().c_str(); }

unsigned limit_option() { return limit; }

std::string frames_option() { return frames; }

std::string plant_option() { return plant; }

std::vector<std::string> ir_option() { return {ir.begin(), ir.end()}; }

std::optional<Breakage> break_option() {
  const std::string& text = breakage;
  const auto colon = text.find(':');
  const auto function = Digest::from_hex(std::string_view(text).substr(0, colon));
  if (colon == std::string::npos || !function) {
    return std::nullopt;
  }
  return Breakage{*function, text.substr(colon + 1)};
}

} // namespace autopass
