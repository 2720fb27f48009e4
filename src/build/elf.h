// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What we need to know of an ELF file, read with bounds checks: is the machine code the same, and
// which function is at an address.
#pragma once

#include "util/error.h"
#include "util/hash.h"

#include <cstdint>
#include <string>
#include <vector>

namespace autopass {

// The bytes that end up in memory: for an executable or shared library its PT_LOAD segments with
// addresses and flags, without the build id; for a relocatable object its SHF_ALLOC sections and
// the relocations and symbols that they need. Debug information and comments do not count.
Result<Digest> loadable_digest(const std::string& path);

struct Symbol {
  std::string name;
  std::uint64_t address = 0; // in a relocatable object: offset in its section
  std::uint64_t size = 0;
  bool local = false;
  bool weak = false;
};
// Of the sections that hold machine code alone: equal when two builds differ in data only, as they
// do when a string holds the time of the build.
Result<Digest> code_digest(const std::string& path);
// Where the loadable parts of two files of one kind first differ, in words: "section .rodata";
// empty when they do not.
Result<std::string> first_difference(const std::string& path, const std::string& other);

// Functions of .symtab, else of .dynsym, by address.
Result<std::vector<Symbol>> functions(const std::string& path);

bool is_archive(const std::string& path); // an ordinary or a thin one
bool is_object(const std::string& path);  // a relocatable ELF file, or LLVM bitcode (LTO)

} // namespace autopass
