// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot_layout.h"

#include "schema_version.h"

#include <cstring>
#include <unistd.h>

namespace autopass {
namespace {

// Another layout of keys or values is another owner.
constexpr std::uint64_t layout = 1;

constexpr char sqlite_magic[] = "SQLite format 3"; // with its zero
constexpr std::size_t user_version_at = 60, application_id_at = 68;

std::int32_t number_at(const SnapshotHead& head, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t byte = at; byte < at + 4; ++byte) {
    number = number << 8 | head[byte];
  }
  return static_cast<std::int32_t>(number);
}

} // namespace

std::optional<SnapshotHead> read_head(int file) {
  SnapshotHead head;
  const bool whole = ::pread(file, head.data(), head.size(), 0) == static_cast<ssize_t>(head.size());
  return whole ? std::optional(head) : std::nullopt;
}

Result<void> check_head(const SnapshotHead& head) {
  const auto version = number_at(head, user_version_at);
  if (std::memcmp(head.data(), sqlite_magic, sizeof sqlite_magic) != 0 || version < 1 ||
      number_at(head, application_id_at) != plans_application) {
    return fail("it is no database of plans", {}, "snapshot-corrupt");
  }
  if (version != plans_schema_version) {
    return fail("its schema is " + std::to_string(version) + ", not " + std::to_string(plans_schema_version),
                {}, version > plans_schema_version ? "snapshot-newer" : "snapshot-older");
  }
  return {};
}

Digest owner_of(const SnapshotHead& head) {
  return Hasher().bytes(head.data(), head.size()).number(plans_schema_version).number(layout).finish();
}

Digest key_of_plans() {
  return hash_text("plans");
}

Digest key_of_cpu() {
  return hash_text("cpu");
}

Digest key_of_compiler(const std::string& path) {
  return Hasher().text("compiler").text(path).finish();
}

Digest key_of_slice(const SliceKey& slice) {
  return Hasher()
      .text("slice")
      .text(slice.scope)
      .text(slice.cpu)
      .number(static_cast<std::uint64_t>(slice.llvm_major))
      .finish();
}

Digest key_of_function(const Digest& slice, const Digest& fingerprint) {
  return Hasher().text("function").digest(slice).digest(fingerprint).finish();
}

} // namespace autopass
