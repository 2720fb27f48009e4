// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What two builds of the same program must have in common, as a digest.
//
// A linked file is what the loader maps: its PT_LOAD segments. Three places inside them follow from
// bytes that are never mapped, and are left out: the build id (a hash over the debug information
// too) and the ELF header's section table fields. So a stripped copy equals the original.
//
// An object has no segments; it is what the linker takes over: SHF_ALLOC sections, their
// relocations, the COMDAT groups around them, and the symbols that other objects see. Debug
// sections shift section and symbol numbers, so neither is hashed: a section is named by its rank
// among the allocated ones, a symbol by its content.
#include "elf.h"

#include "elf_file.h"
#include "util/file.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <tuple>
#include <unistd.h>

namespace autopass {
namespace {

Digest image_digest(const ElfFile& elf) {
  std::string image(elf.bytes());
  for (const auto& [offset, size] : elf.build_ids()) {
    std::fill_n(image.begin() + static_cast<std::ptrdiff_t>(offset), size, '\0');
  }
  const auto clear = [&](std::size_t offset, std::size_t size) {
    std::fill_n(image.begin() + static_cast<std::ptrdiff_t>(offset), size, '\0');
  };
  clear(offsetof(Elf64_Ehdr, e_shoff), sizeof(Elf64_Ehdr::e_shoff));
  clear(offsetof(Elf64_Ehdr, e_shnum), sizeof(Elf64_Ehdr::e_shnum));
  clear(offsetof(Elf64_Ehdr, e_shstrndx), sizeof(Elf64_Ehdr::e_shstrndx));
  Hasher hasher;
  for (const auto& segment : elf.segments()) {
    if (segment.p_type == PT_LOAD) {
      hasher.number(segment.p_vaddr).number(segment.p_memsz).number(segment.p_flags);
      hasher.text(std::string_view(image).substr(segment.p_offset, segment.p_filesz));
    }
  }
  return hasher.finish();
}

// Hashes the parts of a relocatable object that `wanted` accepts.
class ObjectHasher {
public:
  explicit ObjectHasher(const ElfFile& elf)
      : m_elf(elf), m_symbols(elf.symbols(SHT_SYMTAB)), m_ranks(elf.sections().size(), 0) {
    std::uint64_t rank = 0;
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
      m_ranks[i] = elf.sections()[i].allocated() ? ++rank : 0;
    }
  }

  template <class Wanted> Digest finish(Wanted wanted) {
    for (const auto& section : m_elf.sections()) {
      if (wanted(section)) {
        const auto& header = section.header;
        m_hasher.text(section.name).number(header.sh_type).number(header.sh_flags);
        m_hasher.number(header.sh_size).number(header.sh_addralign).text(section.content);
      } else if (section.header.sh_type == SHT_GROUP) {
        add_group(section);
      } else if (section.header.sh_type == SHT_REL || section.header.sh_type == SHT_RELA) {
        if (wanted(m_elf.sections()[section.header.sh_info])) {
          add_relocations(section);
        }
      }
    }
    for (const auto& symbol : m_symbols) {
      if (symbol.binding() != STB_LOCAL) {
        add_symbol(symbol);
      }
    }
    return m_hasher.finish();
  }

private:
  std::uint64_t rank(std::uint32_t section) const {
    // Reserved numbers (absolute, common) stand for themselves, out of the ranks' way.
    return section < m_ranks.size() ? m_ranks[section] : (1ull << 32) + section;
  }

  void add_symbol(const ElfSymbol& symbol) {
    m_hasher.text(symbol.name).number(symbol.entry.st_info).number(symbol.entry.st_other);
    m_hasher.number(rank(symbol.section)).number(symbol.entry.st_value);
    m_hasher.number(symbol.entry.st_size);
  }

  void add_relocations(const ElfSection& section) {
    m_hasher.number(rank(section.header.sh_info));
    for (const auto& relocation : m_elf.relocations(section)) {
      m_hasher.number(relocation.entry.r_offset).number(relocation.type());
      m_hasher.number(static_cast<std::uint64_t>(relocation.entry.r_addend));
      if (relocation.symbol() < m_symbols.size()) {
        add_symbol(m_symbols[relocation.symbol()]);
      }
    }
  }

  // A group of debug sections alone does not count.
  void add_group(const ElfSection& section) {
    std::vector<std::uint64_t> members;
    for (std::size_t at = 4; at + 4 <= section.content.size(); at += 4) {
      std::uint32_t member = 0;
      std::memcpy(&member, section.content.data() + at, sizeof member);
      if (member < m_ranks.size() && m_ranks[member] != 0) {
        members.push_back(m_ranks[member]);
      }
    }
    if (members.empty()) {
      return;
    }
    if (section.header.sh_info < m_symbols.size()) {
      m_hasher.text(m_symbols[section.header.sh_info].name);
    }
    for (const auto member : members) {
      m_hasher.number(member);
    }
  }

  const ElfFile& m_elf;
  std::vector<ElfSymbol> m_symbols;
  std::vector<std::uint64_t> m_ranks; // of each section among the allocated, from 1; 0: is not
  Hasher m_hasher;
};

std::string magic(const std::string& path, std::size_t size) {
  std::string start(size, '\0');
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return {};
  }
  const ssize_t got = ::read(file, start.data(), size);
  ::close(file);
  start.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return start;
}

bool compared(const ElfSection& section) {
  return section.allocated() && section.name != ".note.gnu.build-id";
}

} // namespace

Result<Digest> loadable_digest(const std::string& path) {
  if (magic(path, 4) == "BC\xC0\xDE") {
    return hash_file(path); // bitcode of an LTO build: nothing in it is known not to count
  }
  TRY(const auto elf, ElfFile::read(path));
  if (!elf.relocatable()) {
    return image_digest(elf);
  }
  return ObjectHasher(elf).finish([](const ElfSection& section) { return section.allocated(); });
}

Result<Digest> code_digest(const std::string& path) {
  TRY(const auto elf, ElfFile::read(path));
  if (elf.relocatable()) {
    return ObjectHasher(elf).finish([](const ElfSection& section) { return section.executable(); });
  }
  Hasher hasher;
  for (const auto& section : elf.sections()) {
    if (section.executable()) {
      hasher.text(section.name).number(section.header.sh_addr).text(section.content);
    }
  }
  return hasher.finish();
}

Result<std::string> first_difference(const std::string& path, const std::string& other) {
  TRY(const auto left_digest, loadable_digest(path));
  TRY(const auto right_digest, loadable_digest(other));
  if (left_digest == right_digest) {
    return std::string();
  }
  TRY(const auto left, ElfFile::read(path));
  TRY(const auto right, ElfFile::read(other));
  std::vector<ElfSection> ours, theirs;
  std::copy_if(left.sections().begin(), left.sections().end(), std::back_inserter(ours), compared);
  std::copy_if(right.sections().begin(), right.sections().end(), std::back_inserter(theirs),
               compared);
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    if (ours[i].name != theirs[i].name) {
      return "section " + std::string(ours[i].name) + " in place of " + std::string(theirs[i].name);
    }
    if (ours[i].header.sh_size != theirs[i].header.sh_size ||
        ours[i].content != theirs[i].content) {
      return "section " + std::string(ours[i].name);
    }
  }
  if (ours.size() != theirs.size()) {
    return "section " + std::string((ours.size() > theirs.size() ? ours : theirs).back().name) +
           " on one side only";
  }
  return std::string("symbols, relocations or addresses");
}

Result<std::vector<Symbol>> functions(const std::string& path) {
  TRY(const auto elf, ElfFile::read(path));
  auto symbols = elf.symbols(SHT_SYMTAB);
  if (symbols.empty()) {
    symbols = elf.symbols(SHT_DYNSYM);
  }
  std::vector<Symbol> result;
  for (const auto& symbol : symbols) {
    if (symbol.defined() && (symbol.type() == STT_FUNC || symbol.type() == STT_GNU_IFUNC)) {
      result.push_back({std::string(symbol.name), symbol.entry.st_value, symbol.entry.st_size,
                        symbol.binding() == STB_LOCAL, symbol.binding() == STB_WEAK});
    }
  }
  std::sort(result.begin(), result.end(), [](const Symbol& a, const Symbol& b) {
    return std::tie(a.address, a.name) < std::tie(b.address, b.name);
  });
  return result;
}

bool is_archive(const std::string& path) {
  const auto start = magic(path, 8);
  return start == "!<arch>\n" || start == "!<thin>\n";
}

bool is_object(const std::string& path) {
  const auto start = magic(path, 18);
  if (start.substr(0, 4) == "BC\xC0\xDE") {
    return true;
  }
  std::uint16_t type = ET_NONE;
  if (start.size() == 18 && start.substr(0, SELFMAG) == ELFMAG) {
    std::memcpy(&type, start.data() + 16, sizeof type);
  }
  return type == ET_REL;
}

} // namespace autopass
