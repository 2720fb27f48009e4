// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "harness.h"

#include "util/text.h"

#include <random>

namespace autopass {

std::string journal_entry(const std::string& about, const std::string& workload) { return about + " " + workload; }

Result<Comparison> Harness::compare(Journal& journal, const std::string& about,
                                    const CheckedWorkload& workload, const std::string& baseline,
                                    const std::string& candidate,
                                    const CompareOptions& options) const {
  const std::string entry = journal_entry(about, workload.name);
  if (auto known = journal.find(entry)) {
    return *known;
  }
  CompareOptions paired = options;
  paired.pairing = workload.pairing.pairing;
  static const std::uint64_t session = std::random_device()(); // other coins tomorrow
  paired.seed ^= session;
  TRY(const Comparison comparison, autopass::compare(runner, workload.workload, baseline,
                                                     candidate, workload.judge(), paired));
  // What the budget cut short may be measured to its end by a later session; and a crash may be the machine's.
  if (comparison.ended != Ended::OutOfBudget && comparison.ended != Ended::Failed) {
    TRY_VOID(journal.add(entry, comparison, options.level));
  }
  return comparison;
}

Result<Comparison> Harness::compare_train(Journal& journal, const std::string& about,
                                          const std::string& baseline,
                                          const std::string& candidate,
                                          const CompareOptions& options) const {
  Comparison all;
  for (const auto& workload : train) {
    CompareOptions own = options;
    own.seed ^= hash_text(workload.name).low; // coins of its own
    TRY(const Comparison one, compare(journal, about, workload, baseline, candidate, own));
    all.samples.pairs.insert(all.samples.pairs.end(), one.samples.pairs.begin(),
                             one.samples.pairs.end());
    all.ended = one.ended;
    all.detail = one.detail;
    if (one.ended != Ended::Done) {
      break;
    }
  }
  all.interval = interval(all.samples.log_ratios(), options.level);
  return all;
}

void note_runs_left(const Harness& harness, std::vector<std::string>& notes) {
  if (const int left = harness.runner.left_running(); left > 0) {
    notes.push_back(format("%d run%s ended here by the time limit, and what the prefix had started elsewhere may have "
                           "gone on beside what was measured after; ssh board 'ulimit -t 60; {command}' ends it there",
                           left, left == 1 ? " was" : "s were"));
  }
}

Workloads workloads_of(const Harness& harness, bool with_holdout) {
  Workloads all;
  for (const CheckedWorkload& workload : harness.train) {
    all.push_back(&workload);
  }
  for (const CheckedWorkload& workload : harness.holdout) {
    if (with_holdout) {
      all.push_back(&workload);
    }
  }
  return all;
}

double run_seconds(const CheckedWorkload& workload) {
  return workload.gate.waits() ? workload.gate.wall_seconds() : workload.gate.seconds();
}

double short_patience(const CheckedWorkload& workload) { return 2 + 4 * workload.gate.wall_seconds(); }

Result<Complaint> first_complaint(Runner runner, const std::string& binary, const Workloads& workloads,
                                  const Patience& patience) {
  for (const CheckedWorkload* workload : workloads) {
    runner.set_timeout(patience(*workload));
    TRY(const Run run, runner.run(workload->workload, binary));
    if (const std::string wrong = workload->gate.judge(run); !wrong.empty()) {
      return Complaint{workload->name + ": " + wrong, run.ended_by_itself()};
    }
  }
  return Complaint{};
}

Result<std::vector<CheckedWorkload>> check_workloads(const Runner& runner,
                                                     const std::vector<Workload>& workloads,
                                                     const std::string& role,
                                                     const std::string& baseline, double least_seconds) {
  std::vector<CheckedWorkload> checked;
  for (const auto& workload : workloads) {
    TRY(Gate gate, Gate::create(runner, workload, baseline, least_seconds));
    CheckedWorkload one{role + " " + std::to_string(checked.size() + 1), workload, std::move(gate), {}};
    TRY(one.pairing, choose_pairing(runner, workload, baseline, one.judge()));
    checked.push_back(std::move(one));
  }
  return checked;
}

} // namespace autopass
