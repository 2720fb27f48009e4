// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compilers and plugins as files: told from what replaces them by what a stat says, because a
// compile has no time to read them.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <optional>
#include <string>

namespace autopass {

struct FileIdentity {
  std::string path; // real path
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;

  bool unchanged_since(const FileIdentity& before) const {
    return size == before.size && modified_ns == before.modified_ns;
  }
};

// Nothing when it is not there.
std::optional<FileIdentity> identify_file(const std::string& path);
// A file that is not called clang (behind links, a compiler cache that stands for several
// compilers) is an Error with the reason compiler-unknown.
Result<FileIdentity> identify_compiler(const std::string& path);
// The ld.lld beside the compiler's own file, which is what -fuse-ld=lld starts; nothing when there
// is none.
std::optional<FileIdentity> identify_linker(const std::string& compiler);
// plugin_path(); nothing when there is no plugin for this major.
std::optional<FileIdentity> identify_plugin(int llvm_major);

} // namespace autopass
