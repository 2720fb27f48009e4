// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot_map.h"

#include "constant_map.h"
#include "database.h"
#include "probe_store.h"
#include "snapshot_layout.h"
#include "spool.h"

namespace autopass {
namespace {

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

Result<void> append_map(const std::string& path) {
  TRY(ConstantMapWriter map, ConstantMapWriter::open(path));
  TRY(Database database, Database::open_snapshot(path));
  database.take_time();
  TRY_VOID(add_settings(database, map));
  TRY_VOID(add_compilers(database, map));
  TRY_VOID(add_slices(database, map));
  TRY_VOID(add_functions(database, map));
  const Descriptor file(above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  const auto head = read_head(file.get());
  return head ? map.finish(owner_of(*head)) : fail_errno("cannot read " + path);
}

} // namespace autopass
