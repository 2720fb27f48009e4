// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two layers in one database. `plan` holds what is confirmed, with its evidence, and is edited
// target by target. `published` holds slices as compiles see them: whole, content-addressed and
// never edited. Publishing turns the first into the second, slice by slice, and then copies the
// database to the snapshot:
//
//   replace(K, "lz4", {f -> p})    plan: f -> p
//   publish(S)                     published: slice d1 = {f -> p}, in force for K;  S holds d1
//   replace(K, "lz4", {f -> q})    plan: f -> q                                     S holds d1
//   publish(S)                     slice d2 = {f -> q} in force;                    S holds d1, d2
//
// Invariant: a reader that got digest d1 from the old snapshot finds the same plans under d1 in the
// new one, so a compile that started before a publication ends with what it started with.
#include "plan_store.h"

#include "clock.h"
#include "schema.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int generations_kept = 8;

using Address = std::pair<Digest, Digest>; // fingerprint, context

std::map<Address, const Plan*> by_function(const std::vector<StoredPlan>& plans) {
  std::map<Address, const Plan*> map;
  for (const auto& stored : plans) {
    map[{stored.fingerprint, stored.context}] = &stored.plan;
  }
  return map;
}

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

Result<void> sync(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0 || ::fsync(fd) != 0) {
    auto error = fail_errno("cannot write " + path + " to the disk");
    ::close(fd);
    return error;
  }
  ::close(fd);
  return {};
}

// Temporaries of publishers that were killed. Their name ends in the publisher's process id.
void remove_leftovers(const std::string& snapshot) {
  const std::string prefix = base_name(snapshot) + ".publish.";
  std::error_code ignored; // a leftover that stays costs disk space only
  for (const auto& entry : std::filesystem::directory_iterator(parent(snapshot), ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.compare(0, prefix.size(), prefix) != 0) {
      continue;
    }
    const int owner = std::atoi(name.c_str() + prefix.size());
    if (owner == ::getpid() || (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH)) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

Result<void> copy_into(Database& database, const std::string& temporary) {
  TRY(Statement vacuum, database.prepare("VACUUM INTO ?"));
  vacuum.bind(temporary);
  TRY_VOID(vacuum.run());
  TRY(Database copy, Database::open_copy(temporary));
  return copy.execute("PRAGMA journal_mode=DELETE");
}

} // namespace

Result<CompilerIdentity> identify_compiler(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) {
    return fail_errno("cannot find the compiler " + path);
  }
  CompilerIdentity compiler;
  compiler.path = resolved;
  std::free(resolved);
  // A compiler cache's links lead from every compiler's name to one program: what was seen behind
  // the link clang-22 says nothing about what answers to the link clang-19.
  if (base_name(compiler.path).find("clang") == std::string::npos) {
    return fail(path + " leads to " + compiler.path + ", which is no clang",
                "name clang's own file: autopass config clang=/usr/bin/clang-22",
                "compiler-unknown");
  }
  struct stat status {};
  if (::stat(compiler.path.c_str(), &status) != 0) {
    return fail_errno("cannot find the compiler " + compiler.path);
  }
  compiler.size = status.st_size;
  compiler.modified_ns = status.st_mtim.tv_sec * 1'000'000'000ll + status.st_mtim.tv_nsec;
  return compiler;
}

Digest slice_digest(const SliceKey& key, const std::vector<StoredPlan>& plans) {
  Hasher hasher;
  hasher.text(key.scope).text(key.cpu).number(static_cast<std::uint64_t>(key.llvm_major));
  for (const auto& [address, plan] : by_function(plans)) {
    hasher.digest(address.first).digest(address.second).text(print(*plan));
  }
  return hasher.finish();
}

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

Result<void> PlanStore::remember_compiler(const CompilerIdentity& compiler) {
  TRY(Statement insert,
      m_database.prepare("INSERT OR REPLACE INTO compiler(path, size, modified_ns, "
                         "llvm_major, plugin) VALUES(?, ?, ?, ?, ?)"));
  insert.bind(compiler.path).bind(compiler.size).bind(compiler.modified_ns);
  insert.bind(std::int64_t{compiler.llvm_major}).bind(compiler.plugin);
  return insert.run();
}

Result<std::vector<CompilerIdentity>> PlanStore::compilers() {
  TRY(Statement rows, m_database.prepare("SELECT path, size, modified_ns, llvm_major, plugin "
                                         "FROM compiler ORDER BY path"));
  std::vector<CompilerIdentity> compilers;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return compilers;
    }
    compilers.push_back({rows.text(0), rows.number(1), rows.number(2),
                         static_cast<int>(rows.number(3)), rows.text(4)});
  }
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

Result<void> PlanStore::publish_slice(std::int64_t slice, const SliceKey& key) {
  TRY(const std::vector<StoredPlan> plans, this->plans(key));
  const std::string digest = slice_digest(key, plans).hex();
  TRY(Statement newest, m_database.prepare("SELECT digest FROM published WHERE slice = ? "
                                           "ORDER BY id DESC LIMIT 1"));
  newest.bind(slice);
  TRY(const bool published, newest.step());
  if (published && newest.text(0) == digest) {
    return {};
  }
  newest.rewind();
  // A slice that comes back to what it once was is moved to the front.
  TRY(Statement forget, m_database.prepare("DELETE FROM published WHERE digest = ?"));
  TRY_VOID(forget.bind(digest).run());
  const auto functions = by_function(plans);
  TRY(Statement insert, m_database.prepare("INSERT INTO published(slice, digest, plans) "
                                           "VALUES(?, ?, ?)"));
  insert.bind(slice).bind(digest).bind(static_cast<std::int64_t>(functions.size()));
  TRY_VOID(insert.run());
  const std::int64_t generation = m_database.last_row();
  TRY(Statement add, m_database.prepare("INSERT INTO published_plan VALUES(?, ?, ?, ?)"));
  for (const auto& [address, plan] : functions) {
    add.bind(generation).bind(address.first.hex()).bind(address.second.hex()).bind(print(*plan));
    TRY_VOID(add.run());
  }
  TRY(Statement trim, m_database.prepare("DELETE FROM published WHERE slice = ?1 AND id NOT IN "
                                         "(SELECT id FROM published WHERE slice = ?1 "
                                         "ORDER BY id DESC LIMIT " +
                                         std::to_string(generations_kept) + ")"));
  return trim.bind(slice).run();
}

Result<void> PlanStore::publish_slices() {
  return m_database.transaction([&]() -> Result<void> {
    TRY(Statement rows, m_database.prepare("SELECT id, scope, cpu, llvm_major FROM slice"));
    std::vector<std::pair<std::int64_t, SliceKey>> slices;
    while (true) {
      TRY(const bool row, rows.step());
      if (!row) {
        break;
      }
      slices.push_back(
          {rows.number(0), {rows.text(1), rows.text(2), static_cast<int>(rows.number(3))}});
    }
    for (const auto& [id, key] : slices) {
      TRY_VOID(publish_slice(id, key));
    }
    return {};
  });
}

// A scratch snapshot need not outlive a power cut, so it is not waited for.
Result<void> PlanStore::copy_to(const std::string& snapshot, bool durable) {
  if (snapshot.empty()) {
    return fail("there is no folder for the plan snapshot", "set HOME or XDG_DATA_HOME");
  }
  TRY_VOID(make_folders(parent(snapshot)));
  remove_leftovers(snapshot);
  const std::string temporary = snapshot + ".publish." + std::to_string(::getpid());
  Result<void> done = copy_into(m_database, temporary);
  if (done && durable) {
    done = sync(temporary, O_RDONLY);
  }
  if (done && ::rename(temporary.c_str(), snapshot.c_str()) != 0) {
    done = fail_errno("cannot replace " + snapshot);
  }
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return durable ? sync(parent(snapshot), O_RDONLY | O_DIRECTORY) : Result<void>();
}

Result<void> PlanStore::publish(const std::string& snapshot) {
  TRY_VOID(publish_slices());
  return copy_to(snapshot, true);
}

Result<Digest> write_snapshot(const std::string& path, const SliceKey& key,
                              const std::vector<StoredPlan>& plans,
                              const std::vector<CompilerIdentity>& compilers) {
  TRY(Database database, Database::open_memory());
  TRY_VOID(prepare_plans(database));
  PlanStore store(std::move(database));
  TRY_VOID(store.set_cpu(key.cpu));
  TRY_VOID(store.replace(key, "", plans));
  for (const auto& compiler : compilers) {
    TRY_VOID(store.remember_compiler(compiler));
  }
  TRY_VOID(store.publish_slices());
  TRY_VOID(store.copy_to(path, false));
  return slice_digest(key, plans);
}

} // namespace autopass
