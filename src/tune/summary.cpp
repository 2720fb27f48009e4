// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "summary.h"

#include "measure/health.h"
#include "steering.h"
#include "util/text.h"

#include <algorithm>
#include <set>

namespace autopass {
namespace {

constexpr const char* forbidden = "forbidden: .autopass.toml names it in `never`";
constexpr const char* unseen = "unseen-by-gate: it was broken on purpose, and no output changed";
constexpr const char* untestable = "unseen-by-gate: it has no place that could be broken on purpose";

// Why nothing is promised about the function; empty: the gate sees it, or was not asked.
std::string hidden(const SelfTest& self_test, const Digest& function) {
  const auto sight = self_test.sight(function);
  return !sight || *sight == SelfTest::Sight::Seen ? "" : *sight == SelfTest::Sight::Unseen ? unseen : untestable;
}

ReportedFunction describe(const Subject& subject, const SelfTest& self_test, const Settled& settled) {
  const Digest& fingerprint = subject.evidence.fingerprint;
  const std::string why_hidden = hidden(self_test, fingerprint);
  ReportedFunction function{subject.evidence.function, subject.share, "",
                            why_hidden.empty() ? "no plan was confirmed for it" : why_hidden,
                            "", {}, self_test.unnoticed(fingerprint)};
  if (!settled.winner) {
    return function;
  }
  for (const auto& plan : settled.winner->candidate.plans) {
    if (plan.fingerprint == fingerprint) {
      function.plan = print_briefly(plan.plan);
      function.elements = elements(plan.plan);
      function.why = settled.winner->proposal.hypothesis;
      if (!why_hidden.empty() && without_steering(plan.plan).empty()) {
        function.why += "; no more than its profile is used: " + why_hidden;
      }
      function.agent = settled.winner->proposal.agent;
    }
  }
  return function;
}

// A gain on the input that the search saw, and no loss elsewhere, is less than most will read into it.
std::string no_gain_elsewhere(const Confirmation& confirmation) {
  std::vector<std::string> found;
  for (const auto& workload : confirmation.workloads) {
    const bool is_holdout = workload.role == "holdout";
    if (is_holdout && workload.interval.low > 1) {
      return {};
    }
    if (is_holdout) {
      found.push_back(format("%.3f [%.3f, %.3f]", workload.interval.ratio, workload.interval.low, workload.interval.high));
    }
  }
  return found.empty() ? std::string()
                       : "the gain is that of the train input: none was shown on an input that the search had not "
                         "seen (holdout " + join(found, ", ") + "), nor a loss";
}

// How many functions of the target have a profile in what was published; most are no subjects.
std::size_t functions_with_profile(const Basis& basis, const Settled& settled) {
  std::set<Digest> functions;
  for (const auto& plan : settled.winner ? settled.winner->candidate.plans : std::vector<StoredPlan>()) {
    if (plan.target == basis.target.path && plan.plan.profile) {
      functions.insert(plan.fingerprint);
    }
  }
  return functions.size();
}

// Why no function can be tuned.
std::string nothing_hot(const Profile& profile) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < profile.functions.size() && i < 3; ++i) {
    names.push_back(profile.functions[i].symbol);
  }
  return "no function that holds time can be tuned" +
         (names.empty() ? std::string() : " (the hottest: " + join(names, ", ") + ")") +
         ": compiled without optimisation, in a library, or by another compiler; autopass explain "
         "OBJECT says which";
}

} // namespace

std::string low_level(const BuiltTarget& target) {
  std::size_t low = 0;
  for (const Unit& unit : target.units) {
    std::string level;
    for (const auto& word : unit.compile.argv) {
      level = word.rfind("-O", 0) == 0 ? word : level;
    }
    low += level == "-O" || level == "-O1" || level == "-Og" ? 1 : 0;
  }
  return 2 * low <= target.units.size()
             ? std::string()
             : format("%zu of %zu files are compiled at -O1 or -Og; -O2 may give more than any plan "
                      "(autopass verify --matrix measures the levels)",
                      low, target.units.size());
}

Report report_about(const Basis& basis, const Harness& harness, const Inspection& inspection) {
  Report report;
  report.target = basis.target.path;
  report.cpu = basis.key.cpu;
  report.compiler = basis.toolchain.compiler.path;
  report.sandbox = harness.sandbox;
  report.prefix = harness.runner.options().prefix.text();
  report.clock = harness.clock;
  report.noise_percent = harness.noise.spread_percent;
  report.run_seconds = harness.run_seconds;
  report.notes = harness.replica->notes();
  for (const auto* workloads : {&harness.train, &harness.holdout}) {
    for (const auto& workload : *workloads) {
      if (workload.gate.waits() && harness.clock == "cpu") {
        report.notes.push_back(workload.name + " takes more than twice its CPU time, which is what was compared: it waits, "
                                               "and the wall clock changes less, or the machine was busy");
      }
    }
  }
  if (!report.prefix.empty()) {
    report.notes.push_back("measured through a prefix, for builds for " + report.cpu +
                           ": cpu in .autopass.toml names another processor, if the prefix leads to one");
  }
  if (!inspection.profiled_here.empty()) {
    report.notes.push_back("the functions' shares are of this machine, without the prefix: " +
                           inspection.profiled_here);
  }
  return report;
}

void report_samples(const std::vector<LayoutSamples>& samples, Report& report) {
  report.samples = samples;
  for (auto& sentence : oddities(samples)) {
    report.notes.push_back(std::move(sentence));
  }
}

void report_denials(const Blame& blame, Report& report) {
  for (const Denial& denial : blame.found()) {
    ReportedDenial reported{describe(denial), {}, {}, denial.reason, denial.detail};
    for (const DeniedPlan& denied : denial.plans) {
      reported.functions.push_back(denied.function);
      const auto all = elements(denied.plan);
      reported.elements.insert(reported.elements.end(), all.begin(), all.end());
    }
    report.denied.push_back(std::move(reported));
  }
}

Report summarise(const Basis& basis, const Harness& harness, const Inspection& inspection,
                 const SelfTest& self_test, const SearchOutcome& outcome, const Settled& settled,
                 const TuneOptions& options) {
  Report report = report_about(basis, harness, inspection);
  report.binaries = outcome.binaries;
  report.agents = outcome.agents;
  report.rejected = outcome.rejected;
  report.notes.insert(report.notes.end(), outcome.notes.begin(), outcome.notes.end());
  report.notes.insert(report.notes.end(), settled.notes.begin(), settled.notes.end());
  if (std::string note = low_level(basis.target); !note.empty()) {
    report.notes.push_back(std::move(note));
  }
  if (!inspection.no_profiles.empty()) {
    report.notes.push_back("no branch profile could be tried: " + inspection.no_profiles);
  }
  if (settled.not_confirmed > 0) {
    report.rejected["not confirmed"] = settled.not_confirmed;
  }

  const bool something_hot =
      !inspection.subjects.empty() || !inspection.unseen.empty() || !inspection.forbidden.empty();
  const bool tried = outcome.binaries.built > 0 || !outcome.out_of_time;
  report.verdict = something_hot && tried ? "no gain found" : "nothing tried";
  if (!something_hot) {
    report.notes.push_back(nothing_hot(inspection.profile));
  } else if (outcome.out_of_time) {
    report.notes.push_back(format("the budget ended the search after %d measured candidate%s; a "
                                  "larger --budget tries more",
                                  outcome.binaries.measured,
                                  outcome.binaries.measured == 1 ? "" : "s"));
  }
  report_samples(settled.samples, report);
  report.published = settled.winner.has_value();
  if (report.published) {
    report.verdict = std::string(verdict_name(Verdict::Faster));
    report.speedup = settled.confirmation.train;
    report.workloads = settled.confirmation.workloads;
    report.confirmed_by = settled.confirmation.name;
    report.code = settled.code.hex();
    if (options.holdout.empty()) {
      report.notes.emplace_back("measured on one input: the result is known for that input alone "
                                "(--holdout names another)");
    }
    if (std::string note = no_gain_elsewhere(settled.confirmation); !note.empty()) {
      report.notes.push_back(std::move(note));
    }
  }

  if (const auto counted = functions_with_profile(basis, settled); counted > 0) {
    report.notes.push_back(format("%zu function%s the profile of %s branches in the plan (autopass show)",
                                  counted, counted == 1 ? " has" : "s have",
                                  counted == 1 ? "its" : "their"));
  }
  for (const auto& subject : inspection.subjects) {
    report.functions.push_back(describe(subject, self_test, settled));
  }
  for (const auto& subject : inspection.unseen) {
    report.functions.push_back(describe(subject, self_test, settled));
  }
  for (const auto& subject : inspection.forbidden) {
    report.functions.push_back({subject.evidence.function, subject.share, "", forbidden, "", {}, {}});
  }
  if (!inspection.forbidden.empty()) {
    report.rejected["forbidden"] = static_cast<int>(inspection.forbidden.size());
  }
  if (const auto hidden = inspection.unseen.size() + settled.unseen.size(); hidden > 0) {
    report.rejected["unseen-by-gate"] = static_cast<int>(hidden);
  }
  std::sort(report.functions.begin(), report.functions.end(),
            [](const auto& a, const auto& b) { return a.share > b.share; });
  for (const auto& trial : outcome.trials) {
    report.trials.push_back({trial.proposal.agent, trial.proposal.hypothesis,
                             std::string(screened_name(trial.verdict)), trial.diagnosis,
                             trial.interval, trial.proposal.predicted_ratio, trial.samples});
  }
  return report;
}

Report summarise_dry_run(const Basis& basis, const Talk& talk) {
  talk.say(format("would rebuild %zu object%s in %s and compare with what you built",
                  basis.target.units.size(), basis.target.units.size() == 1 ? "" : "s", basis.scratch.c_str()));
  for (const auto& workload : talk.options.train) {
    talk.say("would measure with: " + workload.command);
  }
  for (const auto& workload : talk.options.holdout) {
    talk.say("would check on:     " + workload.command);
  }
  talk.say(format("would search for at most %.0f s, measuring on core %d, building on core %d, "
                  "agent %s",
                  talk.budget.total(), basis.measure_core, basis.build_core,
                  talk.options.agent.c_str()));
  Report report;
  report.target = basis.target.path;
  report.verdict = "dry run";
  report.cpu = basis.key.cpu;
  report.compiler = basis.toolchain.compiler.path;
  return report;
}

} // namespace autopass
