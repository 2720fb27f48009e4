// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Builds a target again from its record, in a scratch folder, from the same working folder and with
// nothing redirected but outputs (side outputs too): the baseline, and candidates that differ from
// it in the plan snapshot that the compiles see.
//
//   Replica::create(target, ...)   compiles every unit once, without the plugin, links, and
//   compares
//                                  with what the user built: must be equal in loadable segments
//   build(candidate)               recompiles only the units that hold a planned function (with the
//                                  plugin and the candidate's snapshot), swaps archive members in a
//                                  scratch copy, relinks
//
// Invariant: nothing outside the scratch folder is written. Objects are kept by (unit, plans), so a
// plan tried before costs a link only.
#pragma once

#include "cache/plan_store.h"
#include "target.h"
#include "util/hash.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace autopass {

// Which plans, for which functions: the whole difference to the baseline.
struct Candidate {
  std::vector<StoredPlan> plans; // sorted by fingerprint; context may be left zero: any
};
Digest digest(const Candidate& candidate);

struct Binary {
  std::string path;
  Digest code; // loadable_digest: equal code need not be measured
  double build_seconds = 0;
  double compile_ratio = 0; // slowest unit's compile time against its baseline
};

// The target compiled in another way than its build's.
struct Variant {
  std::vector<std::string> arguments = {}; // behind each compile's own; assembly is left as it is
  Candidate candidate = {};
  std::vector<std::string> link_arguments = {}; // behind the link's own
  // When there are any, these units alone are compiled in another way, each with words of its own and without plans.
  std::map<std::size_t, std::vector<std::string>> by_unit = {};
};

struct CountingBinary {
  std::string path;
  std::vector<std::string> files; // FILE says which counter is what, FILE.counts holds them
  std::string folder = {};        // that they are in: the program has to write there
};

// What the linked program needs to be laid out differently: a block of padding in front of the
// text, link by link. Layout 0 is the build's own.
struct Layout {
  int number = 0;
};

struct ReplayOptions {
  std::string plugin; // path of the pass plugin
  SliceKey key;
  int jobs = 1; // parallel compiles
  double compile_timeout = 600;
};

// build() and discard() may be called while another thread builds: what is known does not wait for its compile.
class Replica {
public:
  // Errors carry a reason: replay-differs (with the first differing section or unit),
  // replay-failed (with the compiler's own words), side-outputs (options that write files which
  // cannot be redirected). build() and its kin: compile-failed, compile-timeout, link-failed,
  // evidence-changed-object, no-such-function.
  static Result<std::unique_ptr<Replica>>
  create(const BuiltTarget& target, const std::string& scratch, const ReplayOptions& options);
  virtual ~Replica() = default;

  virtual const Binary& baseline() const = 0;
  virtual const BuiltTarget& target() const = 0;
  // CPU seconds of the slowest compile: what one candidate costs where a single file holds it all.
  virtual double slowest_compile() const = 0;
  // What people should know though it did not stop the replay ("main.c uses __DATE__ ...").
  virtual const std::vector<std::string>& notes() const = 0;
  // From now on builds run on this core alone, one compile at a time: another core measures.
  virtual void keep_to(int core) = 0;
  // One evidence file (JSON Lines, see agents/evidence.h) for each unit: compiled with the plugin's
  // evidence mode; the objects must equal the baseline's.
  virtual Result<std::vector<std::string>> collect_evidence() = 0;
  // The plugin breaks the function with this fingerprint on purpose, in the way that `mutation`
  // names: for the gate's self-test only.
  virtual Result<Binary> build_broken(const Digest& function, const std::string& mutation) = 0;
  // The target with counters at its branches (src/pass/counters.h): what its runs count is left in files
  // that agents/counts.h reads. Reasons: as for build(), and no-counters.
  virtual Result<CountingBinary> build_counting() = 0;
  virtual Result<Binary> build(const Candidate& candidate, Layout layout = {}) = 0;
  // Of its objects nothing is kept.
  virtual Result<Binary> build_variant(const Variant& variant, Layout layout = {}) = 0;
  // What the compiler prints about what it compiles for it, unit after unit.
  virtual Result<std::string> words_about(const Variant& variant) = 0;
  // The files of this candidate may go; its code is known. Costs nothing now: the next build()
  // removes them.
  virtual void discard(const Candidate& candidate) = 0;
  // Compiles the units that the candidate changes once more, with and without its plans: what was
  // built before must come out again. Reason: source-changed.
  virtual Result<void> check_unchanged(const Candidate& candidate) = 0;
  // Which units define a function with this fingerprint (from the evidence), prevailing or not.
  virtual void set_unit_functions(std::vector<std::set<Digest>> by_unit) = 0;
};

} // namespace autopass
