// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ancestry.h"

#include "companions.h"
#include "util/descriptor.h"
#include "util/paths.h"

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int most_scripts = 3; // between a cache and us; further up are make and the shell

std::string program_of(pid_t process) {
  char path[512];
  const std::string link = "/proc/" + std::to_string(process) + "/exe";
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  return base_name({path, size > 0 ? static_cast<std::size_t>(size) : 0});
}

// "12 (a name) S 11 ...": the name may hold anything, parentheses too. 0: not known.
pid_t parent_of(pid_t process) {
  char text[1024];
  const std::string file = "/proc/" + std::to_string(process) + "/stat";
  const Descriptor stat(above_standard(::open(file.c_str(), O_RDONLY | O_CLOEXEC)));
  const ssize_t size = stat.get() >= 0 ? ::read(stat.get(), text, sizeof text) : 0;
  const std::string line(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  const auto name_end = line.rfind(") ");
  return name_end != std::string::npos && line.size() > name_end + 4
             ? std::atoi(line.c_str() + name_end + 4)
             : 0;
}

} // namespace

bool started_by_cache() {
  pid_t process = ::getppid();
  for (int level = 0; level <= most_scripts && process > 1; ++level) {
    const Companion* program = companion_called(program_of(process));
    if (program != nullptr && program->keeps) {
      return true;
    }
    process = parent_of(process);
  }
  return false;
}

} // namespace autopass
