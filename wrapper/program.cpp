// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "program.h"

#include "companions.h"
#include "guard.h"
#include "build_id.h"
#include "util/descriptor.h"
#include "util/paths.h"
#include "util/text.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

template <class Struct> bool read_at(int fd, std::size_t at, Struct& into) {
  return ::pread(fd, &into, sizeof into, static_cast<off_t>(at)) ==
         static_cast<ssize_t>(sizeof into);
}

// A shared library is ET_DYN, too, but names no loader; a static executable of that kind says so.
template <class Header, class Segment, class Entry> bool is_executable_elf(int fd) {
  Header header{};
  if (!read_at(fd, 0, header) || header.e_type != ET_DYN) {
    return header.e_type == ET_EXEC;
  }
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    Segment segment{};
    if (!read_at(fd, header.e_phoff + i * header.e_phentsize, segment)) {
      return false;
    }
    if (segment.p_type == PT_INTERP) {
      return true;
    }
    for (std::size_t at = 0; segment.p_type == PT_DYNAMIC && at < segment.p_filesz;
         at += sizeof(Entry)) {
      Entry entry{};
      if (!read_at(fd, segment.p_offset + at, entry) || entry.d_tag == DT_NULL) {
        break;
      }
      if (entry.d_tag == DT_FLAGS_1 && (entry.d_un.d_val & DF_1_PIE) != 0) {
        return true;
      }
    }
  }
  return false;
}

// autopass-clang: this process, or, asked by another program of ours, what its links lead to.
const std::string& wrapper_file() {
  static const std::string file = [] {
    const std::string self = self_path();
    return base_name(self) == "autopass" ? library_folder() + "/masquerade/clang"
           : ::access(self.c_str(), F_OK) == 0 ? self
                                               : "/proc/self/exe"; // was removed meanwhile
  }();
  return file;
}

// A hard link is the same file. A copy has the same size and the linker's name for its content,
// which is read only then.
bool is_same_program(const std::string& path) {
  struct stat ours {
  }, theirs{};
  if (::stat(wrapper_file().c_str(), &ours) != 0 || ::stat(path.c_str(), &theirs) != 0 ||
      ours.st_size != theirs.st_size) {
    return false;
  }
  if (ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino) {
    return true;
  }
  const std::string build = build_id(wrapper_file());
  return !build.empty() && build == build_id(path);
}

// A compiler's name for a compiler cache.
bool is_companion_link(const std::string& path) {
  return companion_called(path) == nullptr && companion_called(real_path(path)) != nullptr;
}

std::string here() {
  return current_folder(); // a removed one has no name; nothing of PATH is found below it
}

} // namespace

bool is_program(const std::string& path) {
  struct stat status {};
  return ::access(path.c_str(), X_OK) == 0 && ::stat(path.c_str(), &status) == 0 &&
         S_ISREG(status.st_mode);
}

bool is_executable_image(const std::string& path) {
  const Descriptor file(above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)));
  if (file.get() < 0) {
    return true;
  }
  char head[EI_NIDENT] = {};
  const ssize_t size = ::pread(file.get(), head, sizeof head, 0);
  if (size > 1 && std::memcmp(head, "#!", 2) == 0) {
    return true;
  }
  if (size < EI_NIDENT || std::memcmp(head, ELFMAG, SELFMAG) != 0) {
    return false;
  }
  return head[EI_CLASS] == ELFCLASS64
             ? is_executable_elf<Elf64_Ehdr, Elf64_Phdr, Elf64_Dyn>(file.get())
             : is_executable_elf<Elf32_Ehdr, Elf32_Phdr, Elf32_Dyn>(file.get());
}

bool is_wrapper(const std::string& path) {
  return base_name(real_path(path)).find("autopass-clang") != std::string::npos ||
         is_same_program(path);
}

std::optional<std::vector<std::string>> entries_of(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") {
      names.push_back(name);
    }
    errno = 0;
  }
  return open && errno == 0 ? std::optional(std::move(names)) : std::nullopt;
}

Program search_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return {absolute(name, here()), name};
  }
  Program program;
  for (const auto& folder : split(search_path(), ':')) {
    const std::string path = (folder.empty() ? "." : folder) + "/" + name;
    if (!is_program(path)) {
      continue;
    }
    if (is_wrapper(path) || (recursion_depth() > 0 && is_companion_link(path))) {
      program.behind_us = true;
      continue;
    }
    program.path = absolute(path, here());
    break;
  }
  program.name = program.behind_us && !program.path.empty() ? program.path : name;
  return program;
}

std::string find_program(const std::string& name) {
  return search_program(name).path;
}

} // namespace autopass
