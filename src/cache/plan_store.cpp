// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan_store.h"

#include "clock.h"
#include "probe_store.h"
#include "schema.h"

namespace autopass {
namespace {

Result<Digest> digest_column(const Statement& row, int column) {
  const auto digest = Digest::from_hex(row.text(column));
  if (!digest) {
    return fail("a digest in the plan store is malformed: " + row.text(column), {}, "corrupt");
  }
  return *digest;
}

Result<StoredPlan> stored_plan(const Statement& row) {
  StoredPlan stored;
  TRY(stored.fingerprint, digest_column(row, 0));
  TRY(stored.context, digest_column(row, 1));
  TRY(stored.plan, parse(row.text(2)));
  stored.function = row.text(3);
  stored.target = row.text(4);
  stored.evidence = row.text(5);
  stored.created_at = row.text(6);
  return stored;
}

} // namespace

Result<PlanStore> PlanStore::open(const std::string& path) {
  TRY(Database database, Database::open_writable(path));
  TRY_VOID(prepare_plans(database));
  return PlanStore(std::move(database));
}

Result<std::int64_t> PlanStore::slice_id(const SliceKey& key) {
  TRY(Statement insert, m_database.prepare("INSERT OR IGNORE INTO slice(scope, cpu, llvm_major) "
                                           "VALUES(?, ?, ?)"));
  insert.bind(key.scope).bind(key.cpu).bind(std::int64_t{key.llvm_major});
  TRY_VOID(insert.run());
  TRY(Statement find, m_database.prepare("SELECT id FROM slice WHERE scope = ? AND cpu = ? "
                                         "AND llvm_major = ?"));
  find.bind(key.scope).bind(key.cpu).bind(std::int64_t{key.llvm_major});
  TRY_VOID(find.step());
  return find.number(0);
}

Result<void> PlanStore::replace(const SliceKey& key, const std::string& target,
                                const std::vector<StoredPlan>& plans) {
  return m_database.transaction([&]() -> Result<void> {
    TRY(const std::int64_t slice, slice_id(key));
    TRY(Statement remove, m_database.prepare("DELETE FROM plan WHERE slice = ? AND target = ?"));
    remove.bind(slice).bind(target);
    TRY_VOID(remove.run());
    TRY(Statement insert,
        m_database.prepare(
            "INSERT OR REPLACE INTO plan(slice, fingerprint, context, plan, "
            "function, target, evidence, created_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& stored : plans) {
      TRY_VOID(validate(stored.plan));
      insert.bind(slice).bind(stored.fingerprint.hex()).bind(stored.context.hex());
      insert.bind(print(stored.plan)).bind(stored.function).bind(target).bind(stored.evidence);
      insert.bind(stored.created_at.empty() ? utc_now() : stored.created_at);
      TRY_VOID(insert.run());
    }
    return {};
  });
}

Result<std::vector<StoredPlan>> PlanStore::plans(const SliceKey& key) {
  TRY(Statement rows,
      m_database.prepare(
          "SELECT fingerprint, context, plan, function, target, evidence, created_at "
          "FROM plan WHERE slice = (SELECT id FROM slice WHERE scope = ? AND cpu = ? "
          "AND llvm_major = ?) ORDER BY id"));
  rows.bind(key.scope).bind(key.cpu).bind(std::int64_t{key.llvm_major});
  std::vector<StoredPlan> plans;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return plans;
    }
    // A plan that no longer validates is nobody's gain and must not hide the others.
    if (auto stored = stored_plan(rows)) {
      plans.push_back(std::move(*stored));
    }
  }
}

Result<std::vector<SliceKey>> PlanStore::slices() {
  TRY(Statement rows,
      m_database.prepare("SELECT scope, cpu, llvm_major FROM slice WHERE id IN "
                         "(SELECT slice FROM plan) ORDER BY scope, cpu, llvm_major"));
  std::vector<SliceKey> keys;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return keys;
    }
    keys.push_back({rows.text(0), rows.text(1), static_cast<int>(rows.number(2))});
  }
}

Result<void> PlanStore::remember(const Probe& probe) { return remember_probe(m_database, probe); }

Result<std::vector<Probe>> PlanStore::probes(const std::string& compiler) {
  return probes_of(m_database, compiler);
}

Result<std::vector<std::string>> PlanStore::compilers() {
  TRY(Statement rows, m_database.prepare("SELECT DISTINCT compiler FROM probe ORDER BY compiler"));
  std::vector<std::string> paths;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return paths;
    }
    paths.push_back(rows.text(0));
  }
}

Result<void> PlanStore::deny(const Denial& denial) {
  return m_database.transaction([&] { return remember_denial(m_database, denial); });
}

Result<std::vector<Denial>> PlanStore::denials() { return denials_in(m_database); }

Result<std::size_t> PlanStore::allow(const std::string& target) {
  std::size_t forgotten = 0;
  TRY_VOID(m_database.transaction([&]() -> Result<void> {
    TRY(forgotten, forget_denials(m_database, target));
    return {};
  }));
  return forgotten;
}

Result<std::string> PlanStore::cpu() {
  TRY(Statement find, m_database.prepare("SELECT value FROM setting WHERE name = 'cpu'"));
  TRY(const bool row, find.step());
  return row ? find.text(0) : std::string();
}

Result<void> PlanStore::set_cpu(const std::string& cpu) {
  TRY(Statement insert, m_database.prepare("INSERT OR REPLACE INTO setting VALUES('cpu', ?)"));
  insert.bind(cpu);
  return insert.run();
}

} // namespace autopass
