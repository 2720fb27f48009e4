// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One ELF64 little-endian file in memory. parse() checks every offset, size, name and index that
// the accessors use, so that they cannot fail: a malformed file is an Error there and only there.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <elf.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct ElfSection {
  std::string_view name;
  Elf64_Shdr header;
  std::string_view content; // empty for SHT_NOBITS
  bool allocated() const { return (header.sh_flags & SHF_ALLOC) != 0; }
  bool executable() const { return allocated() && (header.sh_flags & SHF_EXECINSTR) != 0; }
};

struct ElfSymbol {
  std::string_view name;
  Elf64_Sym entry;
  std::uint32_t section = 0; // SHN_XINDEX resolved
  unsigned type() const { return ELF64_ST_TYPE(entry.st_info); }
  unsigned binding() const { return ELF64_ST_BIND(entry.st_info); }
  bool defined() const { return section != SHN_UNDEF; }
};

struct ElfRelocation {
  Elf64_Rela entry; // the addend of an SHT_REL entry is 0: it lies in the section
  std::uint32_t symbol() const { return static_cast<std::uint32_t>(ELF64_R_SYM(entry.r_info)); }
  std::uint32_t type() const { return static_cast<std::uint32_t>(ELF64_R_TYPE(entry.r_info)); }
};

class ElfFile {
public:
  static Result<ElfFile> read(const std::string& path);
  static Result<ElfFile> parse(std::string bytes, const std::string& name);

  // Views point into the bytes: an ElfFile moves only as a whole, behind its Result.
  ElfFile(ElfFile&&) noexcept = default;
  ElfFile(const ElfFile&) = delete;

  bool relocatable() const { return m_header.e_type == ET_REL; }
  std::string_view bytes() const { return *m_bytes; }
  const std::vector<ElfSection>& sections() const { return m_sections; }
  const std::vector<Elf64_Phdr>& segments() const { return m_segments; }
  // Entries of the first section of this type (SHT_SYMTAB or SHT_DYNSYM); empty when there is none.
  std::vector<ElfSymbol> symbols(std::uint32_t section_type) const;
  // Entries of one SHT_REL or SHT_RELA section.
  std::vector<ElfRelocation> relocations(const ElfSection& section) const;
  // The build id's bytes, wherever a note segment or section holds one: (offset in file, size).
  std::vector<std::pair<std::size_t, std::size_t>> build_ids() const;

private:
  ElfFile() = default;
  Result<void> load(const std::string& name);

  std::unique_ptr<std::string> m_bytes;
  Elf64_Ehdr m_header{};
  std::vector<ElfSection> m_sections;
  std::vector<Elf64_Phdr> m_segments;
};

} // namespace autopass
