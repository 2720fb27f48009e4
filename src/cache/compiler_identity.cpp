// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler_identity.h"

#include "util/paths.h"

#include <cstdlib>
#include <sys/stat.h>

namespace autopass {

Result<CompilerIdentity> identify_compiler(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) {
    return fail_errno("cannot find the compiler " + path);
  }
  CompilerIdentity compiler;
  compiler.path = resolved;
  std::free(resolved);
  // A compiler cache's links lead from every compiler's name to one program: what was seen behind
  // the link clang-22 says nothing about what answers to the link clang-19.
  if (base_name(compiler.path).find("clang") == std::string::npos) {
    return fail(path + " leads to " + compiler.path + ", which is no clang",
                "name clang's own file: autopass config clang=/usr/bin/clang-22",
                "compiler-unknown");
  }
  struct stat status {};
  if (::stat(compiler.path.c_str(), &status) != 0) {
    return fail_errno("cannot find the compiler " + compiler.path);
  }
  compiler.size = status.st_size;
  compiler.modified_ns = status.st_mtim.tv_sec * 1'000'000'000ll + status.st_mtim.tv_nsec;
  return compiler;
}

} // namespace autopass
