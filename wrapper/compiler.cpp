// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler.h"

#include "companions.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace autopass {
namespace {

constexpr int newest_major_ever = 60; // where the search without any plugin starts
constexpr int oldest_major = 11;

Compiler called(const std::string& name) {
  Program program = search_program(name);
  return {std::move(program.path), std::move(program.name), {}};
}

bool is_one_of_two(const std::string& name) {
  return name == "cc" || name == "c++";
}

bool holds_nothing_but_us(const std::string& folder) {
  const auto entries = entries_of(folder);
  return entries && std::all_of(entries->begin(), entries->end(), [&](const std::string& name) {
    return is_wrapper(folder + "/" + name);
  });
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

// clang-N, the first on PATH; else the first "clang", when it is that one (the folder
// /usr/lib/llvm-N/bin on PATH, or an LLVM that was not installed by a distribution).
Compiler of_major(int major, const Compiler& plain) {
  Compiler numbered = called("clang-" + std::to_string(major));
  if (!numbered.path.empty()) {
    return numbered;
  }
  return !plain.path.empty() && major_of(plain.path) == major ? plain : Compiler{};
}

// One of `majors`, else the newest.
Compiler search_path(std::vector<int> majors) {
  const Compiler plain = called("clang");
  for (int major = newest_major_ever; major >= oldest_major; --major) {
    majors.push_back(major);
  }
  for (const int major : majors) {
    if (Compiler found = of_major(major, plain); !found.path.empty()) {
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
    const Compiler first = called(other);
    return {beside, c.name == name && first.path == beside ? first.name : beside, {}};
  }
  const std::string real = real_path(c.path);
  const std::string at_home = parent(real) + "/clang++";
  if (is_program(at_home) && real_path(at_home) == real) {
    return {at_home, at_home, {}};
  }
  return {c.path, c.name, {"--driver-mode=g++"}};
}

} // namespace

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

std::vector<int> plugin_majors() {
  std::vector<int> majors;
  const auto entries = entries_of(library_folder()); // no folder: no plugins
  for (const auto& name : entries.value_or(std::vector<std::string>())) {
    if (const auto ending = name.rfind('.'); name.substr(std::min(ending, name.size())) == ".so") {
      majors.push_back(number_after(name.substr(0, ending), "autopass-pass-"));
    }
  }
  majors.erase(std::remove(majors.begin(), majors.end(), 0), majors.end());
  std::sort(majors.begin(), majors.end(), std::greater<>());
  return majors;
}

bool lacks_plugin(const std::string& path) {
  const auto majors = plugin_majors();
  const int major = major_of(path);
  return major != 0 && std::find(majors.begin(), majors.end(), major) == majors.end();
}

bool is_clang(const std::string& path) {
  return base_name(real_path(path)).find("clang") != std::string::npos;
}

Compiler find_compiler(bool cplusplus, const std::string& configured) {
  const bool chosen = !configured.empty() && recursion_depth() == 0;
  const Compiler c = chosen ? called(configured) : search_path(plugin_majors());
  return cplusplus && !c.path.empty() ? cplusplus_of(c) : c;
}

Compiler find_any_compiler(bool cplusplus) {
  const Compiler c = search_path({});
  return cplusplus && !c.path.empty() ? cplusplus_of(c) : c;
}

bool is_compiler_name(const std::string& called_as) {
  return is_one_of_two(called_as) || (called_as.find("clang") != std::string::npos &&
                                      called_as.find("autopass-clang") == std::string::npos);
}

Compiler find_namesake(const std::string& called_as) {
  Compiler compiler = called(called_as);
  if (const auto prefix = called_as.find("-clang");
      compiler.path.empty() && prefix != std::string::npos) {
    compiler.path = find_program(called_as.substr(prefix + 1));
  }
  return compiler;
}

void leave_path(const Compiler& compiler) {
  const std::string name = base_name(compiler.name);
  if (companion_called(real_path(compiler.path)) == nullptr) {
    return;
  }
  const char* path = std::getenv("PATH");
  std::vector<std::string> folders = split(path != nullptr ? path : "", ':');
  std::erase_if(folders, [&](const std::string& folder) {
    return !folder.empty() && is_wrapper(folder + "/" + name) && holds_nothing_but_us(folder);
  });
  ::setenv("PATH", join(folders, ":").c_str(), 1);
}

bool names_other_driver(const std::string& name) {
  constexpr const char* others[] = {"clang-cl", "clang-cpp", "clang-dxc"};
  return std::any_of(std::begin(others), std::end(others),
                     [&](const char* other) { return name.find(other) != std::string::npos; });
}

bool is_other_compiler(const Compiler& compiler) {
  const std::string name = base_name(compiler.name);
  return names_other_driver(name) || (name.find("clang") == std::string::npos && !is_clang(compiler.path));
}

} // namespace autopass
