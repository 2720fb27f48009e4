// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   target rebuilt, noise known, functions found, as in a session
//   plans that act in it        none: nothing to verify
//   still right?                it builds, prints what it should, and the project allows the plans;
//                               else what is to blame is looked for, and left out from here on
//   still anything?             the code with them is not the code without them
//   still faster?               confirm(), twice at most
//
// A gain of 1 % is not seen every time: one bad minute shall not cost a plan, so what was not confirmed
// is tried once more. Two tries give a plan that does nothing two chances to stay; the level of each is
// corrected for that. What prints something else, or is slower on a workload of its own, is not tried again.
#include "verify.h"

#include "agents/roles.h"
#include "basis.h"
#include "cache/clock.h"
#include "cleared.h"
#include "confirm.h"
#include "host_lock.h"
#include "in_force.h"
#include "others.h"
#include "publish.h"
#include "subjects.h"
#include "summary.h"
#include "talk.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr std::size_t most_tries = 2;
constexpr std::size_t no_subjects = 0; // nothing is searched for

constexpr int most_culprits = 4;

struct Verified {
  bool holds = false;
  bool reduced = false; // something was to blame, and left out
  std::string why_not;
  Confirmation confirmation;
};

Result<Confirmation> confirm_again(const Harness& harness, Journal& journal,
                                   const PlansInForce& in_force, const Talk& talk) {
  Confirmation confirmation;
  std::vector<LayoutSamples> samples; // of each try
  for (std::size_t number = 1; number <= most_tries; ++number) {
    const std::size_t pairs = pairs_for_one(harness, talk.budget.left(), double(most_tries - number + 2));
    if (number > 1 && confirm_seconds(harness, pairs) > talk.budget.left()) {
      break;
    }
    const std::string name = format("verify %zu", number);
    TRY(confirmation, confirm(harness, journal, {in_force.published, in_force.others, name, most_tries, pairs},
                              [&](double done) { talk.progress(name, done); }));
    samples.insert(samples.end(), confirmation.samples.begin(), confirmation.samples.end());
    if (confirmation.holds || confirmation.loses || (confirmation.wrong && !confirmation.failed)) {
      break;
    }
    talk.say("not confirmed: " + confirmation.why_not);
  }
  confirmation.samples = std::move(samples);
  return confirmation;
}

Result<bool> changes_nothing(const Harness& harness, const PlansInForce& in_force) {
  TRY(const Binary with_plans, harness.replica->build(in_force.published));
  TRY(const Binary without_plans, harness.replica->build(in_force.others));
  return with_plans.code == without_plans.code;
}

// Leaves out of `in_force` what is to blame, if something is. False: they fail, and nothing else is known, or
// nothing of ours is left.
Result<bool> leave_out_culprits(const Harness& harness, PlansInForce& in_force, Blame& blame,
                                const Project& project, const Talk& talk, Verified& found) {
  for (int number = 0; number <= most_culprits; ++number) {
    TRY(const Refutation refutation, refuted(harness, in_force, project, blame.denied()));
    if (refutation.why.empty()) {
      return true;
    }
    found.why_not = found.why_not.empty() ? refutation.why : found.why_not;
    if (refutation.failure) {
      TRY(const auto denial, blame.find(in_force.published, *refutation.failure,
                                        refutation.workloads, talk.budget.left() / 2));
      if (!denial) {
        return false;
      }
    } else if (!refutation.is_denied) {
      return false;
    }
    found.reduced = true;
    const auto taken = blame.denied().strip(in_force.ours->plans, in_force.others);
    static_cast<void>(blame.denied().strip(in_force.published, harness.replica->target().path));
    if (taken.empty() || in_force.ours->plans.empty()) {
      return false;
    }
  }
  return false;
}

Result<Verified> look_again(const Harness& harness, Journal& journal, PlansInForce& in_force,
                            Blame& blame, const VerifyOptions& options, const Project& project,
                            const Talk& talk) {
  Verified found;
  talk.progress("compare outputs", 0);
  TRY(const bool right,
      leave_out_culprits(harness, in_force, blame, project, talk, found));
  const bool enough = options.by_hand || (options.bisect && !found.reduced) ||
                      (options.keep && found.reduced);
  if (!right || enough) {
    return found;
  }
  TRY(const bool nothing, changes_nothing(harness, in_force));
  if (nothing) {
    found.why_not = "with them the program has the same code as without them";
    return found;
  }
  TRY(found.confirmation, confirm_again(harness, journal, in_force, talk));
  found.holds = found.confirmation.holds;
  if (!found.holds) {
    found.why_not = found.confirmation.why_not;
  }
  return found;
}

double share_of(const Profile& profile, const std::string& function) {
  double share = 0;
  for (const auto& measured : profile.functions) {
    share += measured.symbol == function ? measured.share : 0;
  }
  return share;
}

Report describe(const Basis& basis, const Harness& harness, const Inspection& inspection,
                const PlansInForce& in_force) {
  Report report = report_about(basis, harness, inspection);
  for (const auto& plan : in_force.published.plans) {
    if (plan.target == basis.target.path) {
      report.functions.push_back({plan.function, share_of(inspection.profile, plan.function),
                                  print_briefly(plan.plan), in_force.ours->hypothesis,
                                  in_force.ours->agent, elements(plan.plan), {}});
    }
  }
  return report;
}

Result<void> publish_rest(const Verified& found, const Harness& harness, const Basis& basis,
                          const PlansInForce& in_force) {
  TRY(const Binary binary, harness.replica->build(in_force.published));
  return publish({basis.key, basis.target.path, in_force.published, found.confirmation,
                  *in_force.ours, binary.code},
                 basis.toolchain);
}

Result<void> conclude(const Verified& found, const Harness& harness, const Basis& basis,
                      const PlansInForce& in_force, const VerifyOptions& options,
                      Report& report) {
  report.workloads = found.confirmation.workloads;
  report_samples(found.confirmation.samples, report);
  if (!found.why_not.empty()) {
    report.notes.push_back(found.why_not);
  }
  if (options.by_hand) {
    report.verdict = found.why_not.empty() ? verdict_nothing_wrong : verdict_wrong;
    return {};
  }
  report.published = found.holds || options.keep;
  if (found.holds) {
    report.verdict = found.reduced ? verdict_holds_in_part : verdict_holds;
    report.speedup = found.confirmation.train;
    report.confirmed_by = found.confirmation.name;
    return found.reduced ? publish_rest(found, harness, basis, in_force) : Result<void>();
  }
  if (found.why_not.empty()) { // not measured
    report.verdict = verdict_nothing_wrong;
    report.published = true;
    return {};
  }
  report.verdict = verdict_holds_no_longer;
  return options.keep ? Result<void>() : withdraw(basis.key, basis.target.path);
}

// What a person may leave out, because it then means whatever is there, is what is there: a stored plan says which
// loop and callee it is about.
Result<Plan> spelt_out(Plan plan, const FunctionEvidence& function) {
  for (LoopHint& hint : plan.loops) {
    const auto place = std::find_if(function.loops.begin(), function.loops.end(),
                                    [&](const LoopEvidence& loop) { return loop.loop == hint.loop; });
    if (place == function.loops.end()) {
      return fail(format("there is no loop %ld in ", static_cast<long>(hint.loop)) + function.function,
                  format("it has %zu, from 0, outer before inner", function.loops.size()), "no-such-loop");
    }
    hint.hash = hint.hash == Digest() ? place->hash : hint.hash;
  }
  for (CallDecision& decision : plan.calls) {
    const auto place = std::find_if(function.call_sites.begin(), function.call_sites.end(),
                                    [&](const CallEvidence& call) { return call.call == decision.call; });
    if (place != function.call_sites.end() && decision.callee == Digest()) {
      decision.callee = place->fingerprint;
    }
  }
  return plan;
}

// Plans by hand as if they had been published.
Result<PlansInForce> in_hand(const VerifyOptions& options, const Basis& basis,
                     const Inspection& inspection) {
  Proposal proposal;
  for (const FunctionEvidence& function : inspection.functions) {
    const Plan* plan = options.by_hand(function.function);
    const bool known = std::any_of(
        proposal.plans.begin(), proposal.plans.end(),
        [&](const FunctionPlan& other) { return other.function == function.fingerprint; });
    if (plan != nullptr && !known) {
      TRY(Plan whole, spelt_out(*plan, function));
      proposal.plans.push_back({function.fingerprint, std::move(whole)});
    }
  }
  PlansInForce found;
  if (!proposal.plans.empty()) {
    found.published = to_candidate(proposal, inspection.functions, basis.target.path, {});
    found.ours = std::move(proposal);
  }
  return found;
}

} // namespace

Result<Report> verify(const VerifyOptions& options, const Project& project, const Config& config) {
  const std::string started = utc_now();
  const TuneOptions& session = options.session;
  Budget budget(session.budget_seconds);
  const Talk talk{session, budget};
  TRY(BuildRecord record, open_everything());
  talk.progress("resolve", 0);
  TRY(const Basis basis, find_basis(record, session, project, config));
  TRY(const HostLock lock, HostLock::acquire());
  const Cleared scratch(parent(basis.scratch));
  TRY(const Harness harness, rebuild_and_calibrate(basis, session, talk));

  // A name of its own, and nothing kept: what counts is what is measured now.
  Hasher name;
  name.text("verify").digest(session_name(basis, harness, session));
  TRY(Journal journal, Journal::open(record, name.finish(), true));

  talk.progress("profile", 0);
  const auto score = make_expert_score();
  const auto analysis = make_expert_analysis();
  TRY(const Inspection inspection, inspect(harness, *score, *analysis, basis.scratch, no_subjects));
  TRY(Denied denied, Denied::open(plans_path(), snapshot_path(), basis.key.llvm_major));
  Blame blame(harness, denied, [&](const std::string& line) { talk.say(line); });
  PlansInForce in_force;
  std::vector<std::string> others_withdrawn;
  if (options.by_hand) {
    TRY(in_force, in_hand(options, basis, inspection));
  } else {
    TRY(in_force, plans_in_force(basis, inspection));
    if (!options.keep) {
      TRY(others_withdrawn, withdraw_wrong_others(harness, basis, inspection, blame, in_force, talk));
    }
  }

  Report report = describe(basis, harness, inspection, in_force);
  report.started_at = started;
  report.verdict = verdict_nothing_to_verify;
  report.notes.insert(report.notes.end(), others_withdrawn.begin(), others_withdrawn.end());
  if (!inspection.why_no_profile.empty()) {
    report.notes.push_back("shares are not known: " + inspection.why_no_profile);
  }
  if (in_force.ours) {
    TRY(const Verified found,
        look_again(harness, journal, in_force, blame, options, project, talk));
    report_denials(blame, report);
    TRY_VOID(conclude(found, harness, basis, in_force, options, report));
  } else {
    report_denials(blame, report);
    report.notes.emplace_back("no plan of this program acts in what is built now (autopass show)");
  }
  note_runs_left(harness, report.notes);
  report.session_seconds = budget.spent();
  TRY_VOID(journal.clear());
  return report;
}

} // namespace autopass
