// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "constant_map.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::size_t buffer_size = 1 << 20;
constexpr std::uint64_t largest_value = 64 << 20;
constexpr std::uint64_t most_slots_of_look_up = 4096; // by far: the longest of a million keys is some 30
constexpr std::size_t slots_of_a_read = 8;

struct Foot {
  std::array<char, 8> magic;
  Digest owner;
  std::uint64_t slots_at, slots, scale, check;
};
constexpr std::array<char, 8> map_magic{'A', 'P', 'm', 'a', 'p', '0', '0', '1'};
static_assert(std::is_trivially_copyable_v<Foot> && sizeof(Foot) == 56);

template <class T> std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::uint64_t check_of(Foot foot) {
  foot.check = 0;
  return hash_text(bytes_of(foot)).low;
}

std::uint64_t home_of(const Digest& key, std::uint64_t scale) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(Wide{key.low} * scale >> 64);
}

std::uint32_t check_of(std::string_view value) {
  return static_cast<std::uint32_t>(hash_text(value).low);
}

bool read_at(int file, std::uint64_t at, void* bytes, std::size_t size) {
  return ::pread(file, bytes, size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
}

tl::unexpected<Error> damaged() {
  return fail("the map at the end of the file is damaged", {}, "corrupt");
}

} // namespace

Result<ConstantMapWriter> ConstantMapWriter::open(const std::string& path) {
  ConstantMapWriter writer;
  writer.m_path = path;
  writer.m_file = std::make_shared<Descriptor>(
      above_standard(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)));
  struct stat status {};
  if (writer.m_file->get() < 0 || ::fstat(writer.m_file->get(), &status) != 0) {
    return fail_errno("cannot write " + path);
  }
  writer.m_size = static_cast<std::uint64_t>(status.st_size);
  return writer;
}

Result<void> ConstantMapWriter::flush() {
  for (std::string_view rest = m_buffer; !rest.empty();) {
    const ssize_t written = ::write(m_file->get(), rest.data(), rest.size());
    if (written < 0 && errno != EINTR) {
      return fail_errno("cannot write " + m_path, "free some space on its disk");
    }
    rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  m_buffer.clear();
  return {};
}

Result<void> ConstantMapWriter::write(std::string_view bytes) {
  m_buffer += bytes;
  m_size += bytes.size();
  return m_buffer.size() < buffer_size ? Result<void>() : flush();
}

Result<void> ConstantMapWriter::add(const Digest& key, std::string_view value) {
  if (value.size() > largest_value) {
    return fail("a value of " + std::to_string(value.size()) + " bytes is too large for " + m_path);
  }
  m_slots.push_back({key, m_size, static_cast<std::uint32_t>(value.size()), check_of(value)});
  return write(value);
}

Result<void> ConstantMapWriter::finish(const Digest& owner) {
  std::sort(m_slots.begin(), m_slots.end(),
            [](const Slot& a, const Slot& b) { return a.key.low < b.key.low; });
  Foot foot{map_magic, owner, m_size, 0, m_slots.size() * 3 / 2 + 1, 0};
  // In the order of their homes, so that none is ever put before one that is written already.
  for (const Slot& slot : m_slots) {
    for (const auto home = home_of(slot.key, foot.scale); foot.slots < home; ++foot.slots) {
      TRY_VOID(write(bytes_of(Slot{})));
    }
    TRY_VOID(write(bytes_of(slot)));
    ++foot.slots;
  }
  for (const auto end = std::max(foot.slots + 1, foot.scale); foot.slots < end; ++foot.slots) {
    TRY_VOID(write(bytes_of(Slot{})));
  }
  foot.check = check_of(foot);
  TRY_VOID(write(bytes_of(foot)));
  return flush();
}

std::optional<ConstantMap> ConstantMap::open(std::shared_ptr<Descriptor> file, const Digest& owner) {
  struct stat status {};
  Foot foot{};
  if (::fstat(file->get(), &status) != 0 || status.st_size < static_cast<off_t>(sizeof foot)) {
    return std::nullopt;
  }
  const auto foot_at = static_cast<std::uint64_t>(status.st_size) - sizeof foot;
  if (!read_at(file->get(), foot_at, &foot, sizeof foot) || foot.magic != map_magic ||
      foot.owner != owner || foot.check != check_of(foot) || foot.slots_at > foot_at ||
      (foot_at - foot.slots_at) / sizeof(Slot) != foot.slots || foot.scale > foot.slots) {
    return std::nullopt;
  }
  ConstantMap map;
  map.m_file = std::move(file);
  map.m_slots_at = foot.slots_at;
  map.m_slots = foot.slots;
  map.m_scale = foot.scale;
  return map;
}

Result<std::string> ConstantMap::value_of(const Slot& slot) const {
  if (slot.size > largest_value || slot.at > m_slots_at || slot.size > m_slots_at - slot.at) {
    return damaged();
  }
  std::string value(slot.size, '\0');
  if (!read_at(m_file->get(), slot.at, value.data(), value.size()) || check_of(value) != slot.check) {
    return damaged();
  }
  return value;
}

Result<std::optional<std::string>> ConstantMap::find(const Digest& key) const {
  const std::uint64_t home = home_of(key, m_scale);
  const std::uint64_t end = std::min(m_slots, home + most_slots_of_look_up);
  for (std::uint64_t at = home; at < end; at += slots_of_a_read) {
    std::array<Slot, slots_of_a_read> slots;
    const std::size_t count = std::min<std::uint64_t>(slots.size(), m_slots - at);
    if (!read_at(m_file->get(), m_slots_at + at * sizeof(Slot), slots.data(), count * sizeof(Slot))) {
      return damaged();
    }
    for (std::size_t index = 0; index < count; ++index) {
      if (slots[index].at == 0) { // before the first value stands the file's own content
        return std::nullopt;
      }
      if (slots[index].key == key) {
        TRY(std::string value, value_of(slots[index]));
        return std::optional(std::move(value));
      }
    }
  }
  return damaged(); // the last slot is free
}

Result<void> ConstantMap::check() const {
  for (std::uint64_t at = 0; at < m_slots; ++at) {
    Slot slot{};
    if (!read_at(m_file->get(), m_slots_at + at * sizeof slot, &slot, sizeof slot)) {
      return damaged();
    }
    if (slot.at != 0) {
      TRY(const auto value, find(slot.key));
      if (!value) {
        return damaged();
      }
    }
  }
  return {};
}

} // namespace autopass
