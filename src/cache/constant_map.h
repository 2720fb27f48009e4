// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A read-only map at the end of a file, from digests to bytes: asked by two reads, without looking at
// the rest of it.
//
//   what the file held | values, back to back | slots | foot
//
// A slot is a key with place, size and checksum of its value. A key's slot is where its number lies
// between 0 and 2^64, scaled to the number of slots, or the next free one behind that: keys are hashes,
// so with a third of the slots free it is one of the first few. The foot says where the slots are, and
// whose end it is: a digest of what stands before it, chosen by the writer. Numbers are in this host's
// byte order.
//
// Invariant: whatever the file holds, an answer is the value that was put in, "there is none", or an
// Error; never other bytes, and never more than a few hundred reads.
#pragma once

#include "util/descriptor.h"
#include "util/error.h"
#include "util/hash.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// Appends a map to a file that nobody else has open. Keys are added once each.
class ConstantMapWriter {
public:
  static Result<ConstantMapWriter> open(const std::string& path);
  Result<void> add(const Digest& key, std::string_view value);
  Result<void> finish(const Digest& owner);

private:
  struct Slot {
    Digest key;
    std::uint64_t at;
    std::uint32_t size, check;
  };
  Result<void> write(std::string_view bytes);
  Result<void> flush();

  std::string m_path;
  std::shared_ptr<Descriptor> m_file;
  std::uint64_t m_size = 0; // of the file, with what still is in the buffer
  std::string m_buffer;
  std::vector<Slot> m_slots;
  friend class ConstantMap;
};

class ConstantMap {
public:
  // Nothing: there is none, or that of another owner. `file` stays open as long as the map is there.
  static std::optional<ConstantMap> open(std::shared_ptr<Descriptor> file, const Digest& owner);
  // An Error: the file is damaged.
  Result<std::optional<std::string>> find(const Digest& key) const;
  Result<void> check() const; // all of it

private:
  using Slot = ConstantMapWriter::Slot;
  ConstantMap() = default;
  Result<std::string> value_of(const Slot& slot) const;

  std::shared_ptr<Descriptor> m_file;
  std::uint64_t m_slots_at = 0, m_slots = 0, m_scale = 0;
};

} // namespace autopass
