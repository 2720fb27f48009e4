// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot.h"

#include "schema.h"

namespace autopass {
namespace {

Error as_damaged(const Error& error) {
  return {error.what, {}, "snapshot-corrupt"};
}

tl::unexpected<Error> damaged(const Error& error) {
  return tl::make_unexpected(as_damaged(error));
}

// Whether there is a row.
Result<bool> next(Result<Statement>& statement) {
  if (!statement) {
    return damaged(statement.error());
  }
  const auto row = statement->step();
  return row ? Result<bool>(*row) : damaged(row.error());
}

} // namespace

Result<Snapshot> Snapshot::open(const std::string& path) {
  TRY_VOID(check_snapshot_file(path));
  Snapshot snapshot(path);
  snapshot.m_index = SnapshotIndex::open(path);
  if (!snapshot.m_index) {
    TRY_VOID(snapshot.open_database());
  }
  return snapshot;
}

Result<void> Snapshot::open_database() {
  if (!m_database) {
    TRY(Database database, Database::open_snapshot(m_path));
    TRY_VOID(check_snapshot_schema(database));
    m_database.emplace(std::move(database));
  }
  return {};
}

Result<std::optional<std::string>> Snapshot::cpu() {
  if (m_index) {
    return m_index->cpu().map_error(as_damaged);
  }
  auto find = m_database->prepare("SELECT value FROM setting WHERE name = 'cpu'");
  TRY(const bool row, next(find));
  return row ? std::optional(find->text(0)) : std::nullopt;
}

Result<Standing> Snapshot::standing(const FileIdentity& compiler) {
  const auto probes =
      m_index ? m_index->probes(compiler.path) : probes_of(*m_database, compiler.path);
  return probes ? Result<Standing>(judge(*probes, compiler)) : damaged(probes.error());
}

Result<std::optional<Digest>> Snapshot::slice(const SliceKey& key) {
  if (m_index) {
    return m_index->slice(key).map_error(as_damaged);
  }
  auto find = m_database->prepare(
      "SELECT digest, plans FROM published WHERE slice = (SELECT id FROM slice WHERE scope = ? "
      "AND cpu = ? AND llvm_major = ?) ORDER BY id DESC LIMIT 1");
  if (find) {
    find->bind(key.scope).bind(key.cpu).bind(std::int64_t{key.llvm_major});
  }
  TRY(const bool row, next(find));
  return row && find->number(1) != 0 ? Digest::from_hex(find->text(0)) : std::nullopt;
}

Result<bool> Snapshot::empty() {
  if (m_index) {
    return m_index->empty().map_error(as_damaged);
  }
  auto find = m_database->prepare("SELECT 1 FROM published_plan LIMIT 1");
  TRY(const bool row, next(find));
  return !row;
}

Result<std::vector<Digest>> Snapshot::functions(const Digest& slice) {
  TRY_VOID(open_database());
  auto rows = m_database->prepare("SELECT DISTINCT fingerprint FROM published_plan WHERE published "
                                 "= (SELECT id FROM published WHERE digest = ?)");
  if (rows) {
    rows->bind(slice.hex());
  }
  std::vector<Digest> functions;
  while (true) {
    TRY(const bool row, next(rows));
    if (!row) {
      return functions;
    }
    functions.push_back(Digest::from_hex(rows->text(0)).value_or(Digest{}));
  }
}

Result<std::vector<Plan>> Snapshot::plans(const Digest& slice) {
  TRY_VOID(open_database());
  auto rows = m_database->prepare("SELECT DISTINCT plan FROM published_plan WHERE published = "
                                 "(SELECT id FROM published WHERE digest = ?)");
  if (rows) {
    rows->bind(slice.hex());
  }
  std::vector<Plan> plans;
  while (true) {
    TRY(const bool row, next(rows));
    if (!row) {
      return plans;
    }
    if (auto plan = parse(rows->text(0))) {
      plans.push_back(std::move(*plan));
    }
  }
}

Result<void> Snapshot::check() {
  TRY_VOID(open_database());
  m_database->take_time();
  auto check = m_database->prepare("PRAGMA quick_check(1)");
  TRY(const bool row, next(check));
  if (!row || check->text(0) != "ok") {
    return damaged({check->text(0), {}, {}});
  }
  return m_index ? m_index->check().map_error(as_damaged) : Result<void>();
}

Result<std::optional<std::string>> Snapshot::find_text(const Digest& slice, const Digest& fingerprint,
                                                       const Digest& context) {
  if (m_index) {
    TRY(const auto found, m_index->find(slice, fingerprint, context).map_error(as_damaged));
    return found.plan;
  }
  if (!m_find) {
    // Zero sorts before every other context, so the exact one comes first.
    auto statement = m_database->prepare(
        "SELECT plan FROM published_plan WHERE published = (SELECT id FROM published WHERE "
        "digest = ?) AND fingerprint = ? AND context IN (?, ?) ORDER BY context DESC LIMIT 1");
    if (!statement) {
      return damaged(statement.error());
    }
    m_find.emplace(std::move(*statement));
  }
  m_find->bind(slice.hex()).bind(fingerprint.hex()).bind(context.hex()).bind(Digest{}.hex());
  const auto row = m_find->step();
  if (!row) {
    return damaged(row.error());
  }
  const auto text = *row ? std::optional(m_find->text(0)) : std::nullopt;
  m_find->rewind();
  return text;
}

Result<std::optional<Plan>> Snapshot::find(const Digest& slice, const Digest& fingerprint,
                                           const Digest& context) {
  TRY(const auto text, find_text(slice, fingerprint, context));
  if (!text) {
    return std::nullopt;
  }
  auto plan = parse(*text);
  if (!plan) {
    return fail(plan.error().what, {}, plan.error().reason);
  }
  return std::optional<Plan>(std::move(*plan));
}

bool Snapshot::holds_function(const Digest& slice, const Digest& fingerprint) {
  if (m_index) {
    const auto found = m_index->find(slice, fingerprint, {});
    return found && found->function;
  }
  if (!m_holds) {
    auto statement = m_database->prepare("SELECT 1 FROM published_plan WHERE published = (SELECT id "
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
