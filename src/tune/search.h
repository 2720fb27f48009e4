// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The search: agents propose, repair makes valid, the replica builds, the harness measures,
// evaluation says what was learnt; until nobody proposes more or the search's time is spent.
//
//   - a candidate with the baseline's machine code, or with that of an earlier candidate, is not
//     measured (about 40 % of single settings change nothing: FACTS 7)
//   - what is on the deny list is taken out of a proposal; where a candidate kills the compiler or is wrong,
//     what is to blame is put there, and the rest of the candidate tried next
//   - the next candidate is built on the other core while this one is measured
//   - the best few are measured again in another layout before anybody calls one of them the best:
//     the best of forty short series is mostly the luckiest
//
// Invariant: only the train workloads are ever run here.
#pragma once

#include "agents/roles.h"
#include "blame.h"
#include "budget.h"
#include "candidate.h"
#include "harness.h"
#include "journal.h"
#include "report/report.h"
#include "subjects.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct Finalist {
  Proposal proposal;
  Candidate candidate;
  Interval interval; // over both series
};

struct SearchOutcome {
  bool out_of_time = false;        // there was more to try
  std::vector<Finalist> finalists; // the best first
  std::vector<Trial> trials;
  Report::Binaries binaries;
  std::map<std::string, int> rejected; // by verdict or reason
  std::map<std::string, int> agents;   // proposals and failures by agent
  std::vector<std::string> notes;
  std::string published_is_wrong; // how, in one of the layouts that were tried; empty: it was not seen to be

  void reject(const Proposal& proposal, Verdict verdict, const std::string& why) {
    trials.push_back({proposal, verdict, {}, why});
    ++rejected[std::string(screened_name(verdict))];
  }
};

struct SearchOptions {
  std::vector<std::unique_ptr<Reasoning>> reasoners; // asked in this order, each until it has no more
  std::optional<Proposal> incumbent; // what is published for this target now: tried first
  Candidate published = {}; // as builds have it, which is in fewer contexts perhaps; empty: nothing to withdraw
  Candidate others = {}; // what builds have anyway: in every candidate, and what each is compared with
  std::string target, cpu;
  std::size_t most_finalists = 3;
  double settle_seconds = 0; // that the second looks leave: of the shortest way to a published plan
  bool build_ahead = true; // while the candidate before is measured on another core
  std::function<void(std::size_t trials, double best)> progress;
};

Result<SearchOutcome> search(const Harness& harness, Journal& journal, const Inspection& inspection,
                             Evaluation& evaluation, Blame& blame, Budget& budget,
                             SearchOptions options);

} // namespace autopass
