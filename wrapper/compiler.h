// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which compiler is the real one.
#pragma once

#include "guard.h"
#include "program.h"

#include <string>
#include <vector>

namespace autopass {

struct Compiler {
  std::string path;              // what is exec'd, absolute; empty: none found
  std::string name;              // its argv[0], as a shell that found it would have set it; the
                                 // path where PATH has one of us before it
  std::vector<std::string> mode; // --driver-mode=g++ when there is no clang++ beside it
};

// The LLVM major of a clang, by where its links lead: .../clang-22, or a folder llvm-22 above it.
// Nobody is asked: a compile waits. 0: not known.
int major_of(const std::string& path);
// The LLVM majors of the plugins beside us, the newest first.
std::vector<int> plugin_majors();
// It is known that no plugin beside us is for this clang.
bool lacks_plugin(const std::string& path);

// The file behind all links is called clang.
bool is_clang(const std::string& path);

// `configured`, else the newest clang on PATH that we have a plugin for, else the newest of all;
// what is called clang-N comes before a plain clang that leads to one. Never ourselves, nor another
// wrapper of our name. Inside a recursion the configured one is left out, since it has led to it.
Compiler find_compiler(bool cplusplus, const std::string& configured);
// When that has failed for a reason of our own: without a look at plugins and configuration.
Compiler find_any_compiler(bool cplusplus);

// Called by a compiler's own name, as from the masquerade folder: clang, clang++-22,
// aarch64-linux-gnu-clang, cc, c++.
bool is_compiler_name(const std::string& called_as);
// The program of that name further on PATH, which knows by it what clang knows by argv[0]: driver,
// target, configuration. A target's name for which there is no program is told to the clang of the
// rest of the name.
Compiler find_namesake(const std::string& called_as);
// Where `compiler` is a compiler cache or distributor under a compiler's name, it searches PATH for
// the next one of that name, and would key its objects by us. Folders that hold nothing but us are
// taken from PATH; one with other tools in it stays, and the guard sees to the rest.
void leave_path(const Compiler& compiler);
// A clang by that name reads another driver's options: clang-cl, clang-cpp.
bool names_other_driver(const std::string& name);
// Neither its name nor the file behind it says clang (cc where that is gcc, or what we launch), or
// it names another driver.
bool is_other_compiler(const Compiler& compiler);

} // namespace autopass
