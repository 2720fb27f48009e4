// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "launcher.h"

#include "util/paths.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <unistd.h>

namespace autopass {
namespace {

// "clang++" of "/usr/bin/x86_64-linux-gnu-clang++-22".
std::string program_kind(const std::string& path) {
  std::string name = base_name(path);
  const auto last = name.find_last_not_of("0123456789.");
  if (last != std::string::npos && name[last] == '-') {
    name.resize(last);
  }
  return name.substr(name.rfind('-') + 1);
}

// What build systems launch, other launchers among them.
bool is_compiler_kind(const std::string& kind) {
  constexpr std::string_view kinds[] = {"clang",  "clang++", "cc",     "c++",      "gcc",  "g++",
                                        "icx",    "icpx",    "nvcc",   "hipcc",    "tcc",  "flang",
                                        "ccache", "sccache", "distcc", "gfortran", "icecc"};
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

bool is_program(const std::string& path) {
  std::error_code ignored; // what cannot be looked at is none
  return ::access(path.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(path, ignored);
}

// The name of the file behind all links: "clang", "autopass-clang", "ccache".
std::string true_name(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::canonical(path, ignored).filename().string();
}

} // namespace

std::optional<Compiler> find_launched(const std::string& word) {
  if (!is_compiler_kind(program_kind(word))) {
    return std::nullopt;
  }
  const std::string path = find_program(word);
  if (!is_program(path)) {
    return std::nullopt;
  }
  const bool ours = true_name(path).find("autopass-clang") != std::string::npos;
  return ours ? Compiler{} : Compiler{path, word, {}};
}

} // namespace autopass
