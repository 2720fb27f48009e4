// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build_id.h"

#include "util/descriptor.h"
#include "util/text.h"

#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::size_t head_size = 8192; // headers and notes come first in what linkers write

template <class Header> bool read_at(std::string_view bytes, std::size_t at, Header& header) {
  if (at > bytes.size() || bytes.size() - at < sizeof header) {
    return false;
  }
  std::memcpy(&header, bytes.data() + at, sizeof header);
  return true;
}

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += {digits[byte >> 4], digits[byte & 15]};
  }
  return text;
}

constexpr std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

std::string id_in_notes(std::string_view notes) {
  Elf64_Nhdr note{};
  while (read_at(notes, 0, note)) {
    notes.remove_prefix(sizeof note);
    const std::size_t description = padded(note.n_namesz);
    const std::size_t whole = description + padded(note.n_descsz);
    if (whole > notes.size()) {
      break;
    }
    if (note.n_type == NT_GNU_BUILD_ID && notes.substr(0, 4) == std::string_view("GNU\0", 4)) {
      return hex(notes.substr(description, note.n_descsz));
    }
    notes.remove_prefix(whole);
  }
  return {};
}

// The build id that the linker wrote (NT_GNU_BUILD_ID); empty: none.
std::string id_in_head(std::string_view bytes) {
  Elf64_Ehdr elf{};
  if (!read_at(bytes, 0, elf) || std::memcmp(elf.e_ident, ELFMAG, SELFMAG) != 0) {
    return {};
  }
  for (std::size_t i = 0; i < elf.e_phnum; ++i) {
    Elf64_Phdr segment{};
    if (!read_at(bytes, elf.e_phoff + i * elf.e_phentsize, segment) ||
        segment.p_type != PT_NOTE || segment.p_offset >= bytes.size()) {
      continue;
    }
    if (auto id = id_in_notes(bytes.substr(segment.p_offset, segment.p_filesz)); !id.empty()) {
      return id;
    }
  }
  return {};
}

} // namespace

std::string build_id(const std::string& path) {
  const Descriptor file(above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  char head[head_size];
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    return {}; // nothing that a compiler could load either
  }
  const ssize_t size = ::pread(file.get(), head, sizeof head, 0);
  auto id = id_in_head({head, size > 0 ? static_cast<std::size_t>(size) : 0});
  return !id.empty() ? id
                     : format("%lld-%lld.%09ld", static_cast<long long>(status.st_size),
                              static_cast<long long>(status.st_mtim.tv_sec),
                              static_cast<long>(status.st_mtim.tv_nsec));
}

} // namespace autopass
