// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which file a word of a command means, what is in it, and whether it is ourselves.
//
// We lie on PATH under compilers' names, and a search must not end at us: at a link that leads to a
// file of our name, at our own file under another name (a hard link), or at a copy of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace autopass {

// A regular file that may be executed.
bool is_program(const std::string& path);
// Its content can be executed: "#!", or an ELF file that is an executable and not a library. Where
// it cannot be read, that it may be executed has to do.
bool is_executable_image(const std::string& path);
// A link with a compiler's name that leads to us, or to another copy of us.
bool is_wrapper(const std::string& path);

// Nothing: the folder cannot be read to its end. By hand, because a
// std::filesystem::directory_iterator that finds no memory ends the process, whatever it was told
// to do about errors (libstdc++ 12).
std::optional<std::vector<std::string>> entries_of(const std::string& folder);

struct Program {
  std::string path; // absolute; empty: none
  // Its argv[0]: as it was called, or the path where a search by that name would meet one of us
  // first. Compilers search so for their own folder.
  std::string name;
  bool behind_us = false; // PATH has one of us under this name before it, or has nothing else
};
// `name` on PATH, or its path when it has a slash in it. Never ourselves; inside a recursion no
// link of a compiler cache or distributor either: it has had its turn, and led to us.
Program search_program(const std::string& name);
// Its path alone.
std::string find_program(const std::string& name);

} // namespace autopass
