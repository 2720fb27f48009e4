// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot.h"

#include "schema.h"

namespace autopass {
namespace {

// On the compile path a damaged file is the same as an empty one; open() has counted what it can.
bool next(Result<Statement>& statement) {
  if (!statement) {
    return false;
  }
  const auto row = statement->step();
  return row && *row;
}

} // namespace

Result<Snapshot> Snapshot::open(const std::string& path) {
  TRY(Database database, Database::open_snapshot(path));
  TRY_VOID(check_snapshot_schema(database));
  return Snapshot(std::move(database));
}

std::optional<std::string> Snapshot::cpu() {
  auto find = m_database.prepare("SELECT value FROM setting WHERE name = 'cpu'");
  return next(find) ? std::optional(find->text(0)) : std::nullopt;
}

Standing Snapshot::standing(const FileIdentity& compiler) {
  const auto probes = probes_of(m_database, compiler.path);
  return judge(probes ? *probes : std::vector<Probe>(), compiler);
}

std::optional<Digest> Snapshot::slice(const SliceKey& key) {
  auto find = m_database.prepare(
      "SELECT digest, plans FROM published WHERE slice = (SELECT id FROM slice WHERE scope = ? "
      "AND cpu = ? AND llvm_major = ?) ORDER BY id DESC LIMIT 1");
  if (find) {
    find->bind(key.scope).bind(key.cpu).bind(std::int64_t{key.llvm_major});
  }
  if (!next(find) || find->number(1) == 0) {
    return std::nullopt;
  }
  return Digest::from_hex(find->text(0));
}

bool Snapshot::empty() {
  auto find = m_database.prepare("SELECT 1 FROM published_plan LIMIT 1");
  return !next(find);
}

std::vector<Digest> Snapshot::functions(const Digest& slice) {
  auto rows = m_database.prepare("SELECT DISTINCT fingerprint FROM published_plan WHERE published "
                                 "= (SELECT id FROM published WHERE digest = ?)");
  if (rows) {
    rows->bind(slice.hex());
  }
  std::vector<Digest> functions;
  while (next(rows)) {
    functions.push_back(Digest::from_hex(rows->text(0)).value_or(Digest{}));
  }
  return functions;
}

Result<std::optional<Plan>> Snapshot::find(const Digest& slice, const Digest& fingerprint,
                                           const Digest& context) {
  if (!m_find) {
    // Zero sorts before every other context, so the exact one comes first.
    auto statement = m_database.prepare(
        "SELECT plan FROM published_plan WHERE published = (SELECT id FROM published WHERE "
        "digest = ?) AND fingerprint = ? AND context IN (?, ?) ORDER BY context DESC LIMIT 1");
    if (!statement) {
      return fail(statement.error().what, {}, "snapshot-corrupt");
    }
    m_find.emplace(std::move(*statement));
  }
  m_find->bind(slice.hex()).bind(fingerprint.hex()).bind(context.hex()).bind(Digest{}.hex());
  const auto row = m_find->step();
  if (!row) {
    return fail(row.error().what, {}, "snapshot-corrupt");
  }
  if (!*row) {
    return std::nullopt;
  }
  auto plan = parse(m_find->text(0));
  m_find->rewind();
  if (!plan) {
    return fail(plan.error().what, {}, plan.error().reason);
  }
  return std::optional<Plan>(std::move(*plan));
}

bool Snapshot::holds_function(const Digest& slice, const Digest& fingerprint) {
  if (!m_holds) {
    auto statement = m_database.prepare("SELECT 1 FROM published_plan WHERE published = (SELECT id "
                                        "FROM published WHERE digest = ?) AND fingerprint = ?");
    if (!statement) {
      return false;
    }
    m_holds.emplace(std::move(*statement));
  }
  m_holds->bind(slice.hex()).bind(fingerprint.hex());
  const auto row = m_holds->step();
  m_holds->rewind();
  return row && *row;
}

} // namespace autopass
