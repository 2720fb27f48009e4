// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler.h"

#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int newest_major_ever = 60; // where the search without any plugin starts
constexpr int oldest_major = 11;

std::string here() {
  std::error_code ignored; // a removed folder has no name; nothing of PATH is found below it
  return std::filesystem::current_path(ignored).string();
}

bool is_program(const std::string& path) {
  struct stat status {};
  return ::access(path.c_str(), X_OK) == 0 && ::stat(path.c_str(), &status) == 0 &&
         S_ISREG(status.st_mode);
}

std::string real_path(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  const std::string real = resolved != nullptr ? resolved : "";
  std::free(resolved);
  return real;
}

std::string on_path(const std::string& name, const std::vector<std::string>& folders) {
  for (const auto& folder : folders) {
    const std::string path = (folder.empty() ? "." : folder) + "/" + name;
    if (is_program(path) && !is_wrapper(path)) {
      return absolute(path, here());
    }
  }
  return {};
}

bool is_one_of_two(const std::string& name) {
  return name == "cc" || name == "c++";
}

// What we start would find us again under this name.
void leave_path(const std::string& name) {
  std::vector<std::string> kept;
  for (const auto& folder : split(variable("PATH"), ':')) {
    if (!is_wrapper((folder.empty() ? "." : folder) + "/" + name)) {
      kept.push_back(folder);
    }
  }
  ::setenv("PATH", join(kept, ":").c_str(), 1);
}

// Digits after `prefix`; 0: it is not there, or something else follows it.
int number_after(const std::string& name, std::string_view prefix) {
  if (name.compare(0, prefix.size(), prefix) != 0) {
    return 0;
  }
  const std::string digits = name.substr(prefix.size());
  const bool all = digits.find_first_not_of("0123456789") == std::string::npos;
  return all ? std::atoi(digits.c_str()) : 0;
}

// The LLVM major of a plain "clang", by where its links lead: .../clang-22, or a folder llvm-22
// above it. Nobody is asked: a compile waits. 0: not known.
int major_of(const std::string& path) {
  const std::string real = real_path(path);
  int major = number_after(base_name(real), "clang-");
  for (const auto& folder : split(parent(real), '/')) {
    if (const int found = number_after(folder, "llvm-"); major == 0 && found != 0) {
      major = found;
    }
  }
  return major;
}

// clang-N, the first on PATH; else the first "clang", when it is that one (the folder
// /usr/lib/llvm-N/bin on PATH, or an LLVM that was not installed by a distribution).
Compiler of_major(int major, const std::vector<std::string>& folders, const Compiler& plain) {
  const std::string name = "clang-" + std::to_string(major);
  if (std::string path = on_path(name, folders); !path.empty()) {
    return {std::move(path), name, {}};
  }
  return !plain.path.empty() && major_of(plain.path) == major ? plain : Compiler{};
}

Compiler search_path() {
  const auto folders = split(variable("PATH"), ':');
  const Compiler plain{on_path("clang", folders), "clang", {}};
  std::vector<int> majors = plugin_majors();
  for (int major = newest_major_ever; major >= oldest_major; --major) {
    majors.push_back(major);
  }
  for (const int major : majors) {
    if (Compiler found = of_major(major, folders, plain); !found.path.empty()) {
      return found;
    }
  }
  return plain;
}

// The C++ driver is the same program under another name: clang++-22 beside clang-22, or clang++
// beside the program that clang-22 is a link to.
Compiler cplusplus_of(const Compiler& c) {
  const std::string name = base_name(c.path);
  const auto at = name.rfind("clang");
  if (at == std::string::npos || name.find("++") != std::string::npos) {
    return c;
  }
  const std::string other = name.substr(0, at) + "clang++" + name.substr(at + 5);
  const std::string beside = parent(c.path) + "/" + other;
  if (is_program(beside) && real_path(beside) == real_path(c.path)) {
    return {beside, c.name == name ? other : beside, {}};
  }
  const std::string real = real_path(c.path);
  const std::string at_home = parent(real) + "/clang++";
  if (is_program(at_home) && real_path(at_home) == real) {
    return {at_home, at_home, {}};
  }
  return {c.path, c.name, {"--driver-mode=g++"}};
}

} // namespace

std::vector<int> plugin_majors() {
  std::vector<int> majors;
  std::error_code ignored; // no folder: no plugins
  for (const auto& entry : std::filesystem::directory_iterator(library_folder(), ignored)) {
    if (entry.path().extension() == ".so") {
      majors.push_back(number_after(entry.path().stem().string(), "autopass-pass-"));
    }
  }
  majors.erase(std::remove(majors.begin(), majors.end(), 0), majors.end());
  std::sort(majors.begin(), majors.end(), std::greater<>());
  return majors;
}

bool is_wrapper(const std::string& path) {
  return base_name(real_path(path)).find("autopass-clang") != std::string::npos;
}

std::string find_program(const std::string& name) {
  if (name.find('/') == std::string::npos) {
    return on_path(name, split(variable("PATH"), ':'));
  }
  return absolute(name, here());
}

bool is_clang(const std::string& path) {
  return base_name(real_path(path)).find("clang") != std::string::npos;
}

int recursion_depth() {
  return std::atoi(variable(guard_variable).c_str());
}

void deepen_recursion() {
  ::setenv(guard_variable, std::to_string(recursion_depth() + 1).c_str(), 1);
}

Compiler find_compiler(bool cplusplus, const std::string& configured) {
  const int depth = recursion_depth();
  if (depth > 1) {
    return {};
  }
  const bool chosen = !configured.empty() && depth == 0;
  const Compiler c = chosen ? Compiler{find_program(configured), configured, {}} : search_path();
  return cplusplus && !c.path.empty() ? cplusplus_of(c) : c;
}

bool is_compiler_name(const std::string& called_as) {
  return is_one_of_two(called_as) || (called_as.find("clang") != std::string::npos &&
                                      called_as.find("autopass-clang") == std::string::npos);
}

Compiler find_namesake(const std::string& called_as) {
  const int depth = recursion_depth();
  Compiler compiler{depth > 1 ? "" : find_program(called_as), called_as, {}};
  if (const auto prefix = called_as.find("-clang");
      compiler.path.empty() && depth == 0 && prefix != std::string::npos) {
    compiler.path = find_program(called_as.substr(prefix + 1));
  }
  if (!compiler.path.empty() && !is_clang(compiler.path)) {
    leave_path(called_as);
  }
  return compiler;
}

bool is_other_compiler(const Compiler& compiler) {
  return base_name(compiler.name).find("clang") == std::string::npos && !is_clang(compiler.path);
}

} // namespace autopass
