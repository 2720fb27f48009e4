// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "matrix.h"

#include "agents/roles.h"
#include "cache/clock.h"
#include "table.h"
#include "tune/basis.h"
#include "tune/cleared.h"
#include "tune/host_lock.h"
#include "tune/in_force.h"
#include "tune/subjects.h"
#include "util/paths.h"
#include "ways.h"

#include <algorithm>

namespace autopass {
namespace {

Candidate in_any_context(Candidate candidate) {
  for (auto& plan : candidate.plans) {
    plan.context = Digest();
  }
  return candidate;
}

} // namespace

Result<Matrix> matrix(const TuneOptions& asked, const Project& project, const Config& config) {
  TuneOptions options = asked;
  options.outputs_will_do = true;
  Matrix found;
  found.started_at = utc_now();
  Budget budget(options.budget_seconds);
  const Talk talk{options, budget};
  TRY(BuildRecord record, open_everything());
  talk.progress("resolve", 0);
  TRY(const Basis basis, find_basis(record, options, project, config));
  TRY(const HostLock lock, HostLock::acquire());
  const Cleared scratch(parent(basis.scratch));
  TRY(Harness harness, rebuild_and_calibrate(basis, options, talk));
  harness.runner.set_timeout(60 + 100 * harness.run_seconds);

  Hasher name;
  name.text("matrix").digest(session_name(basis, harness, options));
  TRY(Journal journal, Journal::open(record, name.finish(), true));
  talk.progress("profile", 0);
  const auto score = make_expert_score();
  const auto analysis = make_expert_analysis();
  constexpr std::size_t nobody = 0; // nothing is searched for
  TRY(const Inspection inspection, inspect(harness, *score, *analysis, basis.scratch, nobody));
  TRY(const PlansInForce in_force, plans_in_force(basis, inspection));

  found.target = basis.target.path;
  found.compiler = basis.toolchain.compiler.path;
  found.sandbox = harness.sandbox;
  if (!options.prefix.empty()) {
    found.notes.push_back("measured through " + options.prefix.text() + ", clock " + harness.clock);
  }
  const auto ways = all_ways(basis.target, in_any_context(in_force.published), options.prefix, found.notes);
  const auto comparisons = std::count_if(ways.begin(), ways.end(),
                                         [](const Way& way) { return !way.below.empty(); });
  const Comparer comparer{harness, journal, 1 - 0.05 / double(comparisons), budget}; // Bonferroni
  TRY_VOID(fill_table(ways, comparer, talk, found));
  note_runs_left(harness, found.notes);
  found.session_seconds = budget.spent();
  TRY_VOID(journal.clear());
  return found;
}

} // namespace autopass
