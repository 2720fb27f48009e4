// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which compiler it is that loaded the plugin.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <string>

namespace autopass {

// A compiler that was seen to load the plugin, identified by what a stat can tell.
struct CompilerIdentity {
  std::string path; // real path
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;
  int llvm_major = 0;
  std::string plugin; // build id of the plugin that it loaded
};
// Stats `path`; llvm_major and plugin are left for the caller. A file that is not called clang
// (behind links, a compiler cache that stands for several compilers) is an Error with the reason
// compiler-unknown.
Result<CompilerIdentity> identify_compiler(const std::string& path);

} // namespace autopass
