// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot_check.h"

#include "database.h"
#include "snapshot.h"

namespace autopass {
namespace {

Result<void> check_database(const std::string& path) {
  TRY(Database database, Database::open_snapshot(path));
  database.take_time();
  TRY(Statement check, database.prepare("PRAGMA quick_check(1)"));
  TRY(const bool row, check.step());
  return row && check.text(0) == "ok" ? Result<void>() : fail(path + " is damaged: " + check.text(0));
}

} // namespace

Result<void> check_snapshot(const std::string& path) {
  TRY(const Snapshot snapshot, Snapshot::open(path));
  const auto whole = check_database(path);
  return whole ? snapshot.check_map() : fail(whole.error().what, {}, "snapshot-corrupt");
}

Result<std::vector<Digest>> planned_functions(const std::string& snapshot, const Digest& slice) {
  TRY(Database database, Database::open_snapshot(snapshot));
  TRY(Statement rows, database.prepare("SELECT DISTINCT fingerprint FROM published_plan WHERE published "
                                       "= (SELECT id FROM published WHERE digest = ?)"));
  rows.bind(slice.hex());
  std::vector<Digest> functions;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return functions;
    }
    functions.push_back(Digest::from_hex(rows.text(0)).value_or(Digest{}));
  }
}

} // namespace autopass
