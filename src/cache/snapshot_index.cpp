// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot_index.h"

#include "schema.h"
#include "spool.h"

#include <array>
#include <sys/stat.h>

namespace autopass {
namespace {

constexpr std::size_t head_size = 100; // of SQLite's files: version, pages, a count of changes

// Another layout of keys or values is another owner.
constexpr std::uint64_t layout = 1;

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

std::optional<Digest> owner_of(int file) {
  std::array<char, head_size> head;
  if (::pread(file, head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) {
    return std::nullopt;
  }
  return Hasher()
      .bytes(head.data(), head.size())
      .number(plans_schema_version)
      .number(layout)
      .finish();
}

Result<void> add_settings(Database& database, ConstantMapWriter& map) {
  TRY(Statement any, database.prepare("SELECT 1 FROM published_plan LIMIT 1"));
  TRY(const bool plans, any.step());
  TRY_VOID(map.add(key_of_plans(), plans ? "some" : "none"));
  TRY(Statement cpu, database.prepare("SELECT value FROM setting WHERE name = 'cpu'"));
  TRY(const bool chosen, cpu.step());
  return chosen ? map.add(key_of_cpu(), cpu.text(0)) : Result<void>();
}

Result<void> add_compilers(Database& database, ConstantMapWriter& map) {
  TRY(Statement rows, database.prepare("SELECT DISTINCT compiler FROM probe"));
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return {};
    }
    const std::string compiler = rows.text(0);
    TRY(const auto probes, probes_of(database, compiler));
    TRY_VOID(map.add(key_of_compiler(compiler), pack(words_of(probes))));
  }
}

// The newest of each key.
Result<void> add_slices(Database& database, ConstantMapWriter& map) {
  TRY(Statement rows,
      database.prepare("SELECT scope, cpu, llvm_major, digest FROM slice JOIN published ON "
                       "published.id = (SELECT max(id) FROM published WHERE slice = slice.id) "
                       "WHERE plans <> 0"));
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return {};
    }
    const SliceKey key{rows.text(0), rows.text(1), static_cast<int>(rows.number(2))};
    TRY_VOID(map.add(key_of_slice(key), rows.text(3)));
  }
}

// Of each function of each slice "context, plan, context, plan ...".
Result<void> add_functions(Database& database, ConstantMapWriter& map) {
  TRY(Statement rows, database.prepare("SELECT digest, fingerprint, context, plan FROM published_plan "
                                       "JOIN published ON id = published ORDER BY published, fingerprint"));
  std::optional<Digest> function;
  std::vector<std::string> plans;
  while (true) {
    TRY(const bool row, rows.step());
    const auto key = row ? std::optional(key_of_function(
                               Digest::from_hex(rows.text(0)).value_or(Digest{}),
                               Digest::from_hex(rows.text(1)).value_or(Digest{})))
                         : std::nullopt;
    if (function && key != function) {
      TRY_VOID(map.add(*function, pack(plans)));
      plans.clear();
    }
    if (!row) {
      return {};
    }
    function = key;
    plans.push_back(rows.text(2));
    plans.push_back(rows.text(3));
  }
}

} // namespace

Result<void> append_index(const std::string& path) {
  TRY(ConstantMapWriter map, ConstantMapWriter::open(path));
  TRY(Database database, Database::open_snapshot(path));
  database.take_time();
  TRY_VOID(add_settings(database, map));
  TRY_VOID(add_compilers(database, map));
  TRY_VOID(add_slices(database, map));
  TRY_VOID(add_functions(database, map));
  const Descriptor file(above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  const auto owner = owner_of(file.get());
  return owner ? map.finish(*owner) : fail_errno("cannot read " + path);
}

std::optional<SnapshotIndex> SnapshotIndex::open(const std::string& path) {
  const auto file = std::make_shared<Descriptor>(
      above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)));
  struct stat status {};
  if (file->get() < 0 || ::fstat(file->get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return std::nullopt;
  }
  const auto owner = owner_of(file->get());
  auto map = owner ? ConstantMap::open(file, *owner) : std::nullopt;
  return map ? std::optional(SnapshotIndex(std::move(*map))) : std::nullopt;
}

Result<bool> SnapshotIndex::empty() const {
  TRY(const auto plans, m_map.find(key_of_plans()));
  return !plans || *plans == "none";
}

Result<std::optional<std::string>> SnapshotIndex::cpu() const {
  return m_map.find(key_of_cpu());
}

Result<std::vector<Probe>> SnapshotIndex::probes(const std::string& compiler) const {
  TRY(const auto words, m_map.find(key_of_compiler(compiler)));
  return words ? probes_in(compiler, unpack(*words)) : std::vector<Probe>();
}

Result<std::optional<Digest>> SnapshotIndex::slice(const SliceKey& key) const {
  TRY(const auto digest, m_map.find(key_of_slice(key)));
  return digest ? Digest::from_hex(*digest) : std::nullopt;
}

Result<SnapshotIndex::Found> SnapshotIndex::find(const Digest& slice, const Digest& fingerprint,
                                                 const Digest& context) const {
  TRY(const auto packed, m_map.find(key_of_function(slice, fingerprint)));
  Found found;
  if (!packed) {
    return found;
  }
  found.function = true;
  const auto words = unpack(*packed);
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    const bool exact = words[at] == context.hex();
    if (exact || (!found.plan && words[at] == Digest{}.hex())) {
      found.plan = words[at + 1];
    }
    if (exact) {
      break;
    }
  }
  return found;
}

} // namespace autopass
