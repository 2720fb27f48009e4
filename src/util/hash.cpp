// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define XXH_INLINE_ALL
#include "hash.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <xxhash.h>

namespace autopass {

std::string Digest::hex() const {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return text.data();
}

std::optional<Digest> Digest::from_hex(std::string_view text) {
  if (text.size() != 32) {
    return std::nullopt;
  }
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < 32; ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(c >= 'a' && c <= 'f')) {
      return std::nullopt;
    }
    halves[i / 16] = halves[i / 16] << 4 | static_cast<unsigned>(digit ? c - '0' : c - 'a' + 10);
  }
  return Digest{halves[0], halves[1]};
}

namespace {

std::array<char, 8> little_endian(std::uint64_t value) {
  std::array<char, 8> bytes{};
  for (char& byte : bytes) {
    byte = static_cast<char>(value);
    value >>= 8;
  }
  return bytes;
}

} // namespace

struct Hasher::State {
  XXH3_state_t xxh;
};

Hasher::Hasher() : m_state(std::make_unique<State>()) {
  XXH3_128bits_reset(&m_state->xxh);
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::bytes(const void* data, std::size_t size) {
  XXH3_128bits_update(&m_state->xxh, data, size);
  return *this;
}

Hasher& Hasher::number(std::uint64_t value) {
  const auto little = little_endian(value);
  return bytes(little.data(), little.size());
}

Hasher& Hasher::text(std::string_view value) {
  return number(value.size()).bytes(value.data(), value.size());
}

Hasher& Hasher::digest(const Digest& value) {
  return number(value.high).number(value.low);
}

Digest Hasher::finish() const {
  const auto hash = XXH3_128bits_digest(&m_state->xxh);
  return {hash.high64, hash.low64};
}

HashBytes& HashBytes::number(std::uint64_t value) {
  const auto little = little_endian(value);
  m_bytes.append(little.data(), little.size());
  return *this;
}

HashBytes& HashBytes::text(std::string_view value) {
  number(value.size()).m_bytes += value;
  return *this;
}

HashBytes& HashBytes::digest(const Digest& value) {
  return number(value.high).number(value.low);
}

Digest hash_text(std::string_view text) {
  return Hasher().bytes(text.data(), text.size()).finish();
}

Result<Digest> hash_file(const std::string& path) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a FIFO must not block
  const std::unique_ptr<std::FILE, decltype(close)> file(fd < 0 ? nullptr : ::fdopen(fd, "rb"));
  struct stat status {};
  if (!file || ::fstat(fd, &status) != 0) {
    return fail_errno("cannot read " + path, "check that the path is right, and that you may read it");
  }
  if (!S_ISREG(status.st_mode)) {
    return fail("cannot read " + path + ": not a regular file", "name a file, no folder, pipe or device");
  }
  Hasher hasher;
  std::vector<char> buffer(1 << 20);
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    hasher.bytes(buffer.data(), got);
  }
  if (std::ferror(file.get())) {
    return fail_errno("cannot read " + path);
  }
  return hasher.finish();
}

} // namespace autopass
