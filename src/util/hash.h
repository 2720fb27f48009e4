// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// 128-bit content digests (XXH3). They name things; they do not protect against an attacker.
#pragma once

#include "error.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace autopass {

struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  auto operator<=>(const Digest&) const = default;
  // 32 lower-case hexadecimal digits.
  std::string hex() const;
  // Nothing unless `text` is exactly what hex() prints.
  static std::optional<Digest> from_hex(std::string_view text);
};

// Feeds bytes, numbers and length-prefixed strings into one digest. Numbers are hashed as
// little-endian 64-bit values, so that a digest is the same on every host.
class Hasher {
public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  Hasher& bytes(const void* data, std::size_t size);
  Hasher& number(std::uint64_t value);
  Hasher& text(std::string_view value); // length first, so that ("ab","c") and ("a","bc") differ
  Hasher& digest(const Digest& value);
  Digest finish() const;

private:
  struct State;
  std::unique_ptr<State> m_state;
};

// What a hasher would be fed with, kept to be fed later, by Hasher::bytes().
class HashBytes {
public:
  HashBytes& number(std::uint64_t value);
  HashBytes& text(std::string_view value);
  HashBytes& digest(const Digest& value);
  std::string take() { return std::move(m_bytes); }

private:
  std::string m_bytes;
};

Digest hash_text(std::string_view text);
Result<Digest> hash_file(const std::string& path);

} // namespace autopass
