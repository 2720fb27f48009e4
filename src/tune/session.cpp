// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The session as an outline: tune() names the ten steps of docs/architecture.md in order. What is
// fixed from then on is said where a step ends.
#include "session.h"

#include "agents/roles.h"
#include "basis.h"
#include "build/unit_functions.h"
#include "cache/clock.h"
#include "cache/report_log.h"
#include "blame.h"
#include "cleared.h"
#include "counting.h"
#include "host_lock.h"
#include "in_force.h"
#include "kept_time.h"
#include "others.h"
#include "publish.h"
#include "search.h"
#include "self_test.h"
#include "settle.h"
#include "subjects.h"
#include "summary.h"
#include "talk.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>

namespace autopass {
namespace {

constexpr std::size_t most_subjects = 6;
constexpr std::size_t most_profiles = 200; // functions; the hundred hottest hold sqlite3's whole gain
// Breaking a function costs a compile of each file that defines it. Where one takes longer than
// this, or once the tests have taken this part of the budget, only the functions of a finalist are
// tested, before it is confirmed.
constexpr double eager_self_test_seconds = 4;
constexpr double eager_self_test_part = 0.125;

// Functions that the project wants left alone leave the search; they are reported.
void drop_forbidden(const Project& project, Inspection& inspection) {
  for (std::size_t i = inspection.subjects.size(); i-- > 0;) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    if (project.forbids(inspection.subjects[i].evidence.function)) {
      inspection.forbidden.push_back(inspection.subjects[i]);
      inspection.subjects.erase(inspection.subjects.begin() + at);
      inspection.findings.erase(inspection.findings.begin() + at);
    }
  }
}

// Of step 5, too: which way branches go. Functions that the project wants left alone get no profile.
void profile_branches(const Harness& harness, const Project& project, Inspection& inspection,
                      const Talk& talk) {
  talk.progress("count", 0);
  Counted counted = count_branches(harness, talk.budget);
  std::erase_if(counted.functions, [&](const BranchCounts& counts) {
    return std::any_of(counts.functions.begin(), counts.functions.end(),
                       [&](const std::string& name) { return project.forbids(name); });
  });
  inspection.profiles = profile_plans(counted.functions, most_profiles);
  inspection.no_profiles = counted.why_not;
  talk.say(counted.why_not.empty()
               ? format("  branches counted in %zu functions", counted.functions.size())
               : "  branches not counted: " + counted.why_not);
}

// What the gate does not see of the functions that it sees, as far as the time goes.
Result<void> look_further(SelfTest& self_test, const std::vector<Subject>& subjects, double until, const Talk& talk) {
  for (const Subject& subject : subjects) {
    if (self_test.sight(subject.evidence.fingerprint) && talk.budget.spent() < until) {
      TRY_VOID(self_test.look_further(subject.evidence.fingerprint));
    }
  }
  return {};
}

// Step 4: functions that the gate cannot see leave the search, unless the user trusts them.
Result<void> test_gate(SelfTest& self_test, Inspection& inspection, const Talk& talk) {
  const double until = talk.budget.spent() + eager_self_test_part * talk.budget.total();
  std::vector<Subject> subjects;
  std::vector<std::vector<Finding>> findings;
  for (std::size_t i = 0; i < inspection.subjects.size(); ++i) {
    talk.progress("gate",
                  static_cast<double>(i) / static_cast<double>(inspection.subjects.size()));
    const Subject& subject = inspection.subjects[i];
    // What was inlined elsewhere is tested when a finalist has a plan for it.
    if (subject.share <= 0 || talk.budget.spent() > until) {
      subjects.push_back(subject);
      findings.push_back(inspection.findings[i]);
      continue;
    }
    TRY(const auto sight, self_test.check(subject.evidence.fingerprint));
    const bool seen = sight == SelfTest::Sight::Seen, trusted = talk.options.trust_unseen;
    talk.say(format("  %5.1f %%  %s%s", subject.share * 100, subject.evidence.function.c_str(),
                    seen ? "" : trusted ? "  (unseen-by-gate)" : "  (not tuned: unseen-by-gate)"));
    if (seen || trusted) {
      subjects.push_back(subject);
      findings.push_back(inspection.findings[i]);
    } else {
      inspection.unseen.push_back(subject);
    }
  }
  inspection.subjects = std::move(subjects);
  inspection.findings = std::move(findings);
  return look_further(self_test, inspection.subjects, until, talk);
}

std::vector<std::unique_ptr<Reasoning>> choose_reasoners(const TuneOptions& options,
                                                         const Config& config) {
  std::vector<std::unique_ptr<Reasoning>> reasoners;
  if (options.agent == "llm") {
    reasoners.push_back(make_profile_reasoning());
    ModelOptions model;
    model.endpoint = config.get("llm-endpoint");
    model.model = config.get("llm-model");
    model.show_prompts = options.show_prompts;
    const char* key = std::getenv("AUTOPASS_LLM_KEY");
    model.key = key != nullptr ? key : "";
    reasoners.push_back(make_model_reasoning(model));
  }
  reasoners.push_back(make_expert_reasoning());
  return reasoners;
}

std::size_t untested(const SelfTest& self_test, const Inspection& inspection) {
  return static_cast<std::size_t>(std::count_if(
      inspection.subjects.begin(), inspection.subjects.end(), [&](const Subject& subject) {
        return !self_test.sight(subject.evidence.fingerprint);
      }));
}

Result<SearchOutcome> search_plans(const Harness& harness, Journal& journal,
                                   const Inspection& inspection, const SelfTest& self_test,
                                   const Basis& basis, const PlansInForce& in_force,
                                   std::vector<std::unique_ptr<Reasoning>> reasoners,
                                   Blame& blame, Budget& budget, const Talk& talk) {
  SearchOptions search_options;
  search_options.reasoners = std::move(reasoners);
  search_options.target = basis.target.path;
  search_options.incumbent = in_force.ours;
  if (in_force.ours && !in_force.is_withdrawn) {
    search_options.published = in_force.published;
  }
  search_options.others = in_force.others;
  search_options.cpu = basis.key.cpu;
  search_options.build_ahead = basis.build_core != basis.measure_core;
  AfterSearch after;
  after.finalists = search_options.most_finalists;
  after.late_self_tests = talk.options.trust_unseen ? 0 : untested(self_test, inspection);
  after.has_published = in_force.ours && !in_force.is_withdrawn;
  const KeptTime kept = kept_time(harness, after, budget.left());
  search_options.settle_seconds = kept.by_second_looks;
  budget.reserve(kept.by_search);
  harness.replica->keep_to(basis.build_core);
  const double whole = std::max(1.0, budget.search_left());
  search_options.progress = [&](std::size_t trials, double best) {
    talk.progress(format("search: %zu tried, best %.3f", trials, best),
                  1 - budget.search_left() / whole);
  };
  const auto evaluation = make_expert_evaluation();
  return search(harness, journal, inspection, *evaluation, blame, budget,
                std::move(search_options));
}

// What is published and must not stay is withdrawn; why, or nothing. Where it is known which part is to
// blame, the rest is the first that the search tries.
Result<std::string> withdraw_refuted(const Harness& harness, const Project& project,
                                     const Basis& basis, Blame& blame, PlansInForce& in_force,
                                     const Talk& talk) {
  TRY(const Refutation refutation, refuted(harness, in_force, project, blame.denied()));
  if (refutation.why.empty()) {
    return std::string();
  }
  TRY_VOID(withdraw(basis.key, basis.target.path));
  talk.say("the plans of an earlier session are withdrawn: " + refutation.why);
  bool has_culprit = refutation.is_denied;
  if (refutation.failure) {
    TRY(const auto denial, blame.find(in_force.published, *refutation.failure,
                                      refutation.workloads, talk.budget.left() / 4));
    has_culprit = denial.has_value();
  }
  if (has_culprit) {
    in_force.is_withdrawn = true;
  } else {
    in_force.ours.reset();
  }
  return refutation.why;
}

} // namespace

Result<Report> tune(const TuneOptions& options, const Project& project, const Config& config) {
  const std::string started = utc_now();
  Budget budget(options.budget_seconds);
  const Talk talk{options, budget};
  if (options.agent == "llm" && config.get("llm-endpoint").empty()) {
    return fail("no model endpoint is configured",
                "autopass config llm-endpoint=http://127.0.0.1:8080/v1", "llm-not-configured");
  }
  TRY(BuildRecord record, open_everything());

  // 1 resolve: the target is its link and the compiles behind it
  talk.progress("resolve", 0);
  TRY(const Basis basis, find_basis(record, options, project, config));
  talk.say(format("%s: %zu object%s, %s, scope %s, cpu %s", basis.target.path.c_str(),
                  basis.target.units.size(), basis.target.units.size() == 1 ? "" : "s",
                  basis.toolchain.compiler.path.c_str(),
                  basis.key.scope.empty() ? "common" : basis.key.scope.c_str(),
                  basis.key.cpu.c_str()));
  if (options.holdout.empty()) {
    talk.say("no --holdout: what is found will be known for this input alone");
  }
  if (options.dry_run) {
    return summarise_dry_run(basis, talk);
  }
  TRY(const HostLock lock, HostLock::acquire());
  const Cleared scratch(parent(basis.scratch)); // with what killed sessions left

  // 2 rebuild, 3 calibrate: the baseline is what the user built, and its noise is known
  TRY(const Harness harness, rebuild_and_calibrate(basis, options, talk));
  TRY(Journal journal, Journal::open(record, session_name(basis, harness, options), options.fresh));
  if (journal.resumed() > 0) {
    talk.say(format("resuming: %zu measurements of an interrupted session are reused",
                    journal.resumed()));
  }

  // 5 profile, 6 evidence: which functions hold the time, and what the compiler did there
  talk.progress("profile", 0);
  const auto score = make_expert_score();
  const auto analysis = make_expert_analysis();
  TRY(Inspection inspection, inspect(harness, *score, *analysis, basis.scratch, most_subjects));
  if (!inspection.profiled_here.empty()) {
    talk.say("the profile is of this machine, without the prefix (" + inspection.profiled_here + ")");
  }
  TRY_VOID(remember_functions(record, basis.target, inspection.by_unit));
  drop_forbidden(project, inspection);
  profile_branches(harness, project, inspection, talk);

  // 4 gate: tested on the functions that the profile names
  SelfTest self_test(harness);
  if (harness.replica->slowest_compile() < eager_self_test_seconds) {
    TRY_VOID(test_gate(self_test, inspection, talk));
  }

  // 7 search: after this the finalists are fixed, and only they are looked at again
  TRY(PlansInForce in_force, plans_in_force(basis, inspection));
  TRY(Denied denied, Denied::open(plans_path(), snapshot_path(), basis.key.llvm_major));
  Blame blame(harness, denied, [&](const std::string& line) { talk.say(line); });
  TRY(const auto others_withdrawn, withdraw_wrong_others(harness, basis, inspection, blame, in_force, talk));
  TRY(std::string withdrawn, withdraw_refuted(harness, project, basis, blame, in_force, talk));
  TRY(SearchOutcome outcome, search_plans(harness, journal, inspection, self_test, basis, in_force,
                                          choose_reasoners(options, config), blame, budget, talk));
  outcome.notes.insert(outcome.notes.end(), others_withdrawn.begin(), others_withdrawn.end());
  if (withdrawn.empty() && !outcome.published_is_wrong.empty()) { // in one of the search's layouts
    withdrawn = outcome.published_is_wrong;
    in_force.is_withdrawn = true;
    TRY_VOID(withdraw(basis.key, basis.target.path));
  }
  if (!withdrawn.empty()) {
    ++outcome.rejected["withdrawn"];
    outcome.notes.push_back("the plans of an earlier session were withdrawn: " + withdrawn);
  }

  // 8 confirm, 9 minimise, 10 publish
  TRY(const Settled settled,
      settle(harness, journal, self_test, blame, basis, outcome.finalists, in_force, talk));

  Report report = summarise(basis, harness, inspection, self_test, outcome, settled, options);
  report_denials(blame, report);
  note_runs_left(harness, report.notes);
  report.started_at = started;
  report.session_seconds = budget.spent();
  TRY_VOID(journal.clear());
  ReportLog log(record.database());
  TRY_VOID(log.add(report.target, to_json(report)));
  return report;
}

} // namespace autopass
