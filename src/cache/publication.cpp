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
// The snapshot is without the first layer: no compile reads it, and evidence is most of the bytes. The deny
// list goes along: where a snapshot is all that a machine has of another's store, sessions there read it.
// Behind its database stands what compiles ask, as a map (snapshot_map.h).
//
// Invariant: a reader that got digest d1 from the old snapshot finds the same plans under d1 in the
// new one, so a compile that started before a publication ends with what it started with.
#include "plan_store.h"
#include "schema.h"
#include "snapshot_map.h"
#include "util/file.h"
#include "util/paths.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <unistd.h>

namespace autopass {
namespace {

// Of each slice the newest is kept, and of those before it as many as fit both bounds: a snapshot
// that grows past what readers open would be the loss of all plans.
constexpr std::int64_t generations_kept = 8;
constexpr std::int64_t old_plans_kept = 1'000'000;

using Address = std::pair<Digest, Digest>; // fingerprint, context

std::map<Address, const Plan*> by_function(const std::vector<StoredPlan>& plans) {
  std::map<Address, const Plan*> map;
  for (const auto& stored : plans) {
    map[{stored.fingerprint, stored.context}] = &stored.plan;
  }
  return map;
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
  {
    TRY(Database copy, Database::open_copy(temporary));
    TRY_VOID(copy.execute("PRAGMA journal_mode=DELETE; DELETE FROM plan; VACUUM"));
  }
  return append_map(temporary); // from here on SQLite does not write to it
}

} // namespace

Digest slice_digest(const SliceKey& key, const std::vector<StoredPlan>& plans) {
  Hasher hasher;
  hasher.text(key.scope).text(key.cpu).number(static_cast<std::uint64_t>(key.llvm_major));
  for (const auto& [address, plan] : by_function(plans)) {
    hasher.digest(address.first).digest(address.second).text(print(*plan));
  }
  return hasher.finish();
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
  TRY(Statement trim,
      m_database.prepare("DELETE FROM published WHERE id IN (SELECT id FROM (SELECT id, "
                         "row_number() OVER newer AS age, sum(plans) OVER newer AS total "
                         "FROM published WHERE slice = ?1 AND id <> ?2 WINDOW newer AS (ORDER BY id DESC)) "
                         "WHERE age >= ?3 OR total > ?4)"));
  return trim.bind(slice).bind(generation).bind(generations_kept).bind(old_plans_kept).run();
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
                              const std::vector<Probe>& probes) {
  TRY(Database database, Database::open_memory());
  TRY_VOID(prepare_plans(database));
  PlanStore store(std::move(database));
  TRY_VOID(store.set_cpu(key.cpu));
  TRY_VOID(store.replace(key, "", plans));
  for (const auto& probe : probes) {
    TRY_VOID(store.remember(probe));
  }
  TRY_VOID(store.publish_slices());
  TRY_VOID(store.copy_to(path, false));
  return slice_digest(key, plans);
}

} // namespace autopass
