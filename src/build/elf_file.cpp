// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "elf_file.h"

#include "util/file.h"

#include <cstring>
#include <optional>

namespace autopass {
namespace {

// [offset, offset + size) of `bytes`, or nothing when any of it lies outside.
std::optional<std::string_view> slice(std::string_view bytes, std::uint64_t offset,
                                      std::uint64_t size) {
  if (offset > bytes.size() || size > bytes.size() - offset) {
    return std::nullopt;
  }
  return bytes.substr(offset, size);
}

// The n-th T of a table; structures are copied out, since nothing in a file need be aligned.
template <class T> T entry(std::string_view table, std::size_t number) {
  T value;
  std::memcpy(&value, table.data() + number * sizeof(T), sizeof(T));
  return value;
}

template <class T> std::size_t entries(std::string_view table) {
  return table.size() / sizeof(T);
}

// A NUL-terminated string inside a string table.
std::optional<std::string_view> text_at(std::string_view table, std::uint64_t offset) {
  if (offset >= table.size()) {
    return std::nullopt;
  }
  const auto end = table.find('\0', offset);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  return table.substr(offset, end - offset);
}

// Notes are padded to 4 bytes; calls `found` with the place of each build id's content.
template <class Found> void find_build_ids(std::string_view notes, std::size_t base, Found found) {
  std::size_t offset = 0;
  while (offset + sizeof(Elf64_Nhdr) <= notes.size()) {
    Elf64_Nhdr note;
    std::memcpy(&note, notes.data() + offset, sizeof note);
    const std::uint64_t name = offset + sizeof note;
    const std::uint64_t content = name + (std::uint64_t{note.n_namesz} + 3) / 4 * 4;
    const std::uint64_t end = content + (std::uint64_t{note.n_descsz} + 3) / 4 * 4;
    if (content + note.n_descsz > notes.size()) {
      return;
    }
    if (note.n_type == NT_GNU_BUILD_ID && notes.substr(name, 4) == std::string_view("GNU\0", 4)) {
      found(base + content, note.n_descsz);
    }
    offset = end;
  }
}

bool is_symbol_table(std::uint32_t type) {
  return type == SHT_SYMTAB || type == SHT_DYNSYM;
}

// Symbol tables name a string table, relocations a symbol table; every name and index must hold.
const char* check_references(const ElfFile& elf, const ElfSection& section) {
  const auto& sections = elf.sections();
  const auto linked = section.header.sh_link;
  if (is_symbol_table(section.header.sh_type)) {
    if (linked >= sections.size()) {
      return "a symbol table without names";
    }
    for (std::size_t i = 0; i < entries<Elf64_Sym>(section.content); ++i) {
      if (!text_at(sections[linked].content, entry<Elf64_Sym>(section.content, i).st_name)) {
        return "a symbol whose name lies outside the string table";
      }
    }
  }
  const auto type = section.header.sh_type;
  if ((type == SHT_REL || type == SHT_RELA) && elf.relocatable()) {
    if (linked >= sections.size() || section.header.sh_info >= sections.size() ||
        !is_symbol_table(sections[linked].header.sh_type)) {
      return "relocations without symbols or section";
    }
    const auto symbols = entries<Elf64_Sym>(sections[linked].content);
    for (const auto& relocation : elf.relocations(section)) {
      if (relocation.symbol() >= symbols && relocation.symbol() != 0) {
        return "a relocation against a symbol that is not there";
      }
    }
  }
  return nullptr;
}

} // namespace

Result<ElfFile> ElfFile::read(const std::string& path) {
  TRY(auto bytes, read_file(path, 4ull << 30));
  return parse(std::move(bytes), path);
}

Result<ElfFile> ElfFile::parse(std::string bytes, const std::string& name) {
  ElfFile elf;
  elf.m_bytes = std::make_unique<std::string>(std::move(bytes));
  TRY_VOID(elf.load(name));
  return elf;
}

Result<void> ElfFile::load(const std::string& name) {
  const auto malformed = [&](const char* why) {
    return fail("malformed ELF file " + name + ": " + why, {}, "malformed-elf");
  };
  const std::string_view all = *m_bytes;
  if (all.size() < sizeof m_header || all.substr(0, SELFMAG) != ELFMAG) {
    return fail(name + " is not an ELF file", {}, "not-elf");
  }
  m_header = entry<Elf64_Ehdr>(all, 0);
  if (m_header.e_ident[EI_CLASS] != ELFCLASS64 || m_header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return fail(name + " is not a 64-bit little-endian ELF file", {}, "not-elf");
  }

  if (m_header.e_phnum != 0) {
    const auto table = slice(all, m_header.e_phoff, m_header.e_phnum * sizeof(Elf64_Phdr));
    if (!table || m_header.e_phentsize != sizeof(Elf64_Phdr)) {
      return malformed("the program headers lie outside the file");
    }
    for (std::size_t i = 0; i < m_header.e_phnum; ++i) {
      m_segments.push_back(entry<Elf64_Phdr>(*table, i));
      if (!slice(all, m_segments.back().p_offset, m_segments.back().p_filesz)) {
        return malformed("a segment lies outside the file");
      }
    }
  }

  if (m_header.e_shoff == 0) {
    return {};
  }
  const auto first = slice(all, m_header.e_shoff, sizeof(Elf64_Shdr));
  if (!first || m_header.e_shentsize != sizeof(Elf64_Shdr)) {
    return malformed("the section headers lie outside the file");
  }
  // More than 65,279 sections: the real numbers are in the first header.
  const auto zero = entry<Elf64_Shdr>(*first, 0);
  const std::uint64_t count = m_header.e_shnum != 0 ? m_header.e_shnum : zero.sh_size;
  const std::uint64_t names =
      m_header.e_shstrndx != SHN_XINDEX ? m_header.e_shstrndx : zero.sh_link;
  const auto table = count > all.size() / sizeof(Elf64_Shdr)
                         ? std::nullopt
                         : slice(all, m_header.e_shoff, count * sizeof(Elf64_Shdr));
  if (!table || names >= count) {
    return malformed("the section headers lie outside the file");
  }
  for (std::size_t i = 0; i < count; ++i) {
    ElfSection section{{}, entry<Elf64_Shdr>(*table, i), {}};
    if (section.header.sh_type != SHT_NOBITS && section.header.sh_type != SHT_NULL) {
      const auto content = slice(all, section.header.sh_offset, section.header.sh_size);
      if (!content) {
        return malformed("a section lies outside the file");
      }
      section.content = *content;
    }
    m_sections.push_back(section);
  }
  for (auto& section : m_sections) {
    const auto text = text_at(m_sections[names].content, section.header.sh_name);
    if (!text && section.header.sh_type != SHT_NULL) {
      return malformed("a section's name lies outside the string table");
    }
    section.name = text.value_or(std::string_view());
  }
  for (const auto& section : m_sections) {
    if (const char* why = check_references(*this, section)) {
      return malformed(why);
    }
  }
  return {};
}

std::vector<ElfSymbol> ElfFile::symbols(std::uint32_t section_type) const {
  std::vector<ElfSymbol> result;
  for (std::size_t number = 0; number < m_sections.size(); ++number) {
    const auto& section = m_sections[number];
    if (section.header.sh_type != section_type) {
      continue;
    }
    std::string_view wide; // SHT_SYMTAB_SHNDX: section numbers that do not fit into st_shndx
    for (const auto& other : m_sections) {
      if (other.header.sh_type == SHT_SYMTAB_SHNDX && other.header.sh_link == number) {
        wide = other.content;
      }
    }
    const auto names = m_sections[section.header.sh_link].content;
    for (std::size_t i = 0; i < entries<Elf64_Sym>(section.content); ++i) {
      ElfSymbol symbol{{}, entry<Elf64_Sym>(section.content, i), 0};
      symbol.name = *text_at(names, symbol.entry.st_name);
      symbol.section = symbol.entry.st_shndx;
      if (symbol.section == SHN_XINDEX && i < entries<std::uint32_t>(wide)) {
        symbol.section = entry<std::uint32_t>(wide, i);
      }
      result.push_back(symbol);
    }
    break;
  }
  return result;
}

std::vector<ElfRelocation> ElfFile::relocations(const ElfSection& section) const {
  std::vector<ElfRelocation> result;
  const bool addends = section.header.sh_type == SHT_RELA;
  const auto count =
      addends ? entries<Elf64_Rela>(section.content) : entries<Elf64_Rel>(section.content);
  for (std::size_t i = 0; i < count; ++i) {
    ElfRelocation relocation{};
    if (addends) {
      relocation.entry = entry<Elf64_Rela>(section.content, i);
    } else {
      const auto plain = entry<Elf64_Rel>(section.content, i);
      relocation.entry.r_offset = plain.r_offset;
      relocation.entry.r_info = plain.r_info;
    }
    result.push_back(relocation);
  }
  return result;
}

std::vector<std::pair<std::size_t, std::size_t>> ElfFile::build_ids() const {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  const auto found = [&](std::size_t offset, std::size_t size) {
    places.emplace_back(offset, size);
  };
  for (const auto& segment : m_segments) {
    if (segment.p_type == PT_NOTE) {
      find_build_ids(bytes().substr(segment.p_offset, segment.p_filesz), segment.p_offset, found);
    }
  }
  for (const auto& section : m_sections) {
    if (section.header.sh_type == SHT_NOTE) {
      find_build_ids(section.content, section.header.sh_offset, found);
    }
  }
  return places;
}

} // namespace autopass
