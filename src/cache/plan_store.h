// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// plans.db: the tuner's side of the plans, and the publication of the snapshot that compiles read.
#pragma once

#include "database.h"
#include "deny_list.h"
#include "plan/plan.h"
#include "probe.h"
#include "slice_key.h"
#include "util/hash.h"

#include <string>
#include <vector>

namespace autopass {

struct StoredPlan {
  Digest fingerprint;
  Digest context;
  Plan plan;
  std::string function;   // its (mangled) name when it was tuned, for people
  std::string target;     // absolute path of the binary on which it was confirmed
  std::string evidence;   // JSON: ratio, interval, layouts, pairs, why, agent
  std::string created_at; // ISO 8601, UTC
};

// Names a slice by its content: the key and every (fingerprint, context, plan), in that order.
// Where two targets hold a plan for the same function, the later one in `plans` stays.
Digest slice_digest(const SliceKey& key, const std::vector<StoredPlan>& plans);

class PlanStore {
public:
  static Result<PlanStore> open(const std::string& path); // plans_path() for the user's own
  // One transaction: the plans of `target` in this slice are replaced by these.
  Result<void> replace(const SliceKey& key, const std::string& target,
                       const std::vector<StoredPlan>& plans);
  Result<std::vector<StoredPlan>> plans(const SliceKey& key);
  Result<std::vector<SliceKey>> slices(); // those that hold a plan
  Result<void> remember(const Probe& probe);
  Result<std::vector<Probe>> probes(const std::string& compiler);
  Result<std::vector<std::string>> compilers(); // those that were ever tried
  Result<void> deny(const Denial& denial); // the same again changes nothing
  Result<std::vector<Denial>> denials();   // of every LLVM major, the newest last
  // Takes what was found for this target off the list; how many entries that were.
  Result<std::size_t> allow(const std::string& target);
  // The cpu of this machine's plans: written once, by `init` or the first `tune`.
  Result<std::string> cpu();
  Result<void> set_cpu(const std::string& cpu);
  // VACUUM INTO a temporary beside `snapshot`, journal_mode=DELETE, fsync, rename, fsync of the
  // folder. Slices published before stay readable by their digest (the newest 8 of each key, as
  // long as the old ones hold at most a million plans).
  Result<void> publish(const std::string& snapshot);

private:
  friend Result<Digest> write_snapshot(const std::string&, const SliceKey&,
                                       const std::vector<StoredPlan>&,
                                       const std::vector<Probe>&);
  explicit PlanStore(Database database) : m_database(std::move(database)) {}
  Result<std::int64_t> slice_id(const SliceKey& key);
  Result<void> publish_slice(std::int64_t slice, const SliceKey& key);
  Result<void> publish_slices();
  Result<void> copy_to(const std::string& snapshot, bool durable);
  Database m_database;
};

// A snapshot made from nothing but these plans: how a session hands a candidate to the plugin.
// Returns the slice's digest. An empty list gives a snapshot with an empty slice.
Result<Digest> write_snapshot(const std::string& path, const SliceKey& key,
                              const std::vector<StoredPlan>& plans,
                              const std::vector<Probe>& probes);

} // namespace autopass
