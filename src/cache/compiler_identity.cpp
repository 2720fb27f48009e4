// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler_identity.h"

#include "util/paths.h"

#include <cstdlib>
#include <sys/stat.h>

namespace autopass {
namespace {

Result<FileIdentity> identify(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return fail_errno("cannot find " + path);
  }
  return FileIdentity{path, status.st_size,
                      status.st_mtim.tv_sec * 1'000'000'000ll + status.st_mtim.tv_nsec};
}

} // namespace

std::optional<FileIdentity> identify_file(const std::string& path) {
  const auto file = identify(path);
  return file ? std::optional(*file) : std::nullopt;
}

Result<FileIdentity> identify_compiler(const std::string& path) {
  const std::string real = real_path(path);
  if (real.empty()) {
    return fail_errno("cannot find the compiler " + path);
  }
  // A compiler cache's links lead from every compiler's name to one program: what was seen behind
  // the link clang-22 says nothing about what answers to the link clang-19.
  if (base_name(real).find("clang") == std::string::npos) {
    return fail(path + " leads to " + real + ", which is no clang",
                "name clang's own file: autopass config clang=/usr/bin/clang-22",
                "compiler-unknown");
  }
  return identify(real);
}

std::optional<FileIdentity> identify_linker(const std::string& compiler) {
  const std::string real = real_path(parent(real_path(compiler)) + "/ld.lld");
  return real.empty() ? std::nullopt : identify_file(real);
}

std::optional<FileIdentity> identify_plugin(int llvm_major) {
  const std::string path = plugin_path(llvm_major);
  return path.empty() ? std::nullopt : identify_file(path);
}

} // namespace autopass
