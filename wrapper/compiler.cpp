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

constexpr const char* guard_variable = "AUTOPASS_GUARD";
constexpr int newest_major_ever = 60; // where the search without any plugin starts
constexpr int oldest_major = 11;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
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

// A link with a compiler's name that leads to us, or to another copy of us.
bool is_wrapper(const std::string& path) {
  return base_name(real_path(path)).find("autopass-clang") != std::string::npos;
}

std::string on_path(const std::string& name, const std::vector<std::string>& folders) {
  for (const auto& folder : folders) {
    const std::string path = (folder.empty() ? "." : folder) + "/" + name;
    if (is_program(path) && !is_wrapper(path)) {
      return absolute(path, std::filesystem::current_path().string());
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

// The LLVM majors of the plugins beside us, the newest first.
std::vector<int> plugin_majors() {
  constexpr std::string_view prefix = "autopass-pass-";
  std::vector<int> majors;
  std::error_code ignored; // no folder: no plugins
  for (const auto& entry : std::filesystem::directory_iterator(library_folder(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.compare(0, prefix.size(), prefix) == 0) {
      majors.push_back(std::atoi(name.c_str() + prefix.size()));
    }
  }
  std::sort(majors.begin(), majors.end(), std::greater<>());
  return majors;
}

Compiler search_path() {
  const auto folders = split(variable("PATH"), ':');
  std::vector<int> majors = plugin_majors();
  for (int major = newest_major_ever; major >= oldest_major; --major) {
    majors.push_back(major);
  }
  for (const int major : majors) {
    const std::string name = "clang-" + std::to_string(major);
    if (std::string path = on_path(name, folders); !path.empty()) {
      return {std::move(path), name, {}};
    }
  }
  return {on_path("clang", folders), "clang", {}};
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

std::string find_program(const std::string& name) {
  if (name.find('/') == std::string::npos) {
    return on_path(name, split(variable("PATH"), ':'));
  }
  return absolute(name, std::filesystem::current_path().string());
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
  return is_one_of_two(base_name(compiler.name)) && !is_clang(compiler.path);
}

} // namespace autopass
