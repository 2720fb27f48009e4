// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "search.h"

#include "screening.h"
#include "util/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <map>
#include <set>
#include <tuple>

namespace autopass {
namespace {

constexpr int model_rounds = 4; // of a model, before the expert goes on (FACTS 1: later rounds add little)

// False for one that would only start when it is asked for.
bool is_under_way(const std::future<Result<Binary>>& binary) {
  return binary.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
}

class Search {
public:
  Search(const Harness& harness, Journal& journal, const Inspection& inspection,
         Evaluation& evaluation, Budget& budget, SearchOptions options)
      : m_harness(harness), m_inspection(inspection), m_evaluation(evaluation),
        m_budget(budget), m_screening(harness, journal, budget), m_options(std::move(options)),
        m_counted(inspection.profiles) {
    if (m_options.incumbent) { // which was counted in a session before
      const auto& plans = m_options.incumbent->plans;
      m_counted.insert(m_counted.end(), plans.begin(), plans.end());
    }
  }

  Result<SearchOutcome> run() {
    if (m_options.incumbent) {
      TRY_VOID(try_batch({*m_options.incumbent}));
    }
    for (const auto& reasoner : m_options.reasoners) {
      TRY_VOID(follow(*reasoner));
    }
    TRY_VOID(choose_finalists());
    return std::move(m_outcome);
  }

private:
  struct Built {
    Proposal proposal;
    Candidate candidate;
    std::future<Result<Binary>> binary;
  };

  bool time_is_up() const { return m_budget.search_left() < trial_seconds(); }

  double trial_seconds() const {
    const double measured = std::max(1, m_outcome.binaries.measured);
    return m_outcome.binaries.measured == 0 ? 4 * m_harness.run_seconds : m_spent / measured;
  }

  SearchState state() const {
    return {m_inspection.subjects,  m_inspection.findings,  m_outcome.trials,
            m_harness.noise.spread_percent, m_budget.search_left(), trial_seconds(),
            m_options.cpu,          m_inspection.profiles};
  }

  // Asks one agent until it has no more to say, fails, or time is up.
  Result<void> follow(Reasoning& reasoner) {
    const bool is_model = &reasoner != m_options.reasoners.back().get();
    for (int round = 0; !(is_model && round >= model_rounds); ++round) {
      if (time_is_up()) {
        m_outcome.out_of_time = true;
        return {};
      }
      auto proposals = reasoner.propose(state());
      if (!proposals) {
        const Error& error = proposals.error();
        ++m_outcome.agents[reasoner.name() + " failed: " +
                           (error.reason.empty() ? error.what : error.reason)];
        m_outcome.notes.push_back(reasoner.name() + " is out (" + error.what +
                                  "); the embedded expert went on");
        return {};
      }
      if (proposals->empty()) {
        return {};
      }
      TRY_VOID(try_batch(*proposals));
    }
    return {};
  }

  // Repairs a batch, then builds one ahead of what is measured.
  Result<void> try_batch(const std::vector<Proposal>& proposals) {
    std::vector<Built> batch;
    for (const auto& proposal : proposals) {
      ++m_outcome.agents[proposal.agent];
      auto repaired = repair(proposal, m_inspection.subjects, m_counted);
      if (!repaired) {
        reject(proposal, Verdict::Invalid, repaired.error().what);
        continue;
      }
      auto candidate = to_candidate(repaired->proposal, m_inspection.functions, m_options.target,
                                    m_options.company);
      if (!m_tried.insert(digest(candidate)).second) {
        reject(repaired->proposal, Verdict::NoDifference, "proposed before");
        continue;
      }
      batch.push_back({std::move(repaired->proposal), std::move(candidate), {}});
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (i == 0) {
        start(batch[0]);
      }
      const double before = m_budget.spent();
      auto binary = batch[i].binary.get();
      if (time_is_up()) {
        m_outcome.out_of_time = true;
        return {};
      }
      Built* const next = i + 1 < batch.size() ? &batch[i + 1] : nullptr;
      if (next != nullptr) {
        start(*next);
      }
      m_waiting = [next] { return next != nullptr && is_under_way(next->binary); };
      auto tried = try_one(batch[i], binary);
      m_spent += m_budget.spent() - before;
      if (!tried) {
        if (next != nullptr) {
          next->binary.wait();
        }
        return tried;
      }
    }
    return {};
  }

  void start(Built& built) {
    // With a single core nothing may be built while something is measured.
    const auto when = m_options.build_ahead ? std::launch::async : std::launch::deferred;
    built.binary = std::async(when, [this, &built] {
      return m_harness.replica->build(built.candidate);
    });
  }

  void reject(const Proposal& proposal, Verdict verdict, const std::string& why) {
    m_outcome.trials.push_back({proposal, verdict, {}, why});
    ++m_outcome.rejected[std::string(verdict_name(verdict))];
  }

  Result<void> try_one(const Built& built, const Result<Binary>& binary) {
    if (!binary) {
      reject(built.proposal, Verdict::Failed, binary.error().what);
      return {};
    }
    ++m_outcome.binaries.built;
    if (binary->compile_ratio > 10) {
      reject(built.proposal, Verdict::Invalid,
             format("compiles %.0f times as long as without it", binary->compile_ratio));
      return {};
    }
    if (binary->code == m_harness.replica->baseline().code) {
      ++m_outcome.binaries.identical;
      reject(built.proposal, Verdict::NoDifference, "same machine code");
      return {};
    }
    if (const auto twin = m_by_code.find(binary->code); twin != m_by_code.end()) {
      ++m_outcome.binaries.identical;
      Trial trial = m_outcome.trials[twin->second];
      trial.proposal = built.proposal;
      trial.diagnosis = "same machine code as an earlier candidate";
      m_outcome.trials.push_back(trial);
      return {};
    }
    return measure(built, *binary);
  }

  Result<void> measure(const Built& built, const Binary& binary) {
    TRY(const Comparison comparison, m_screening.first_look(built.candidate, m_waiting));
    ++m_outcome.binaries.measured;

    Trial trial{built.proposal, m_evaluation.judge(comparison, m_harness.noise.spread_percent),
                comparison.interval, comparison.detail};
    if (trial.diagnosis.empty()) {
      trial.diagnosis = m_evaluation.diagnose(trial, state());
    }
    if (trial.verdict != Verdict::Faster) {
      ++m_outcome.rejected[std::string(verdict_name(trial.verdict))];
    }
    m_by_code[binary.code] = m_outcome.trials.size();
    const bool right = trial.verdict != Verdict::WrongOutput && trial.verdict != Verdict::Failed;
    if (right && trial.interval.ratio > 1) {
      m_promising.push_back({built.proposal, built.candidate, comparison.interval});
      m_samples[digest(built.candidate)] = comparison.samples.log_ratios();
      m_best = std::max(m_best, comparison.interval.ratio);
    } else {
      m_harness.replica->discard(built.candidate);
    }
    m_outcome.trials.push_back(std::move(trial));
    if (m_options.progress) {
      m_options.progress(m_outcome.trials.size(), m_best);
    }
    return {};
  }

  // As many as leave the time to confirm and publish one of them, and one at least.
  std::size_t second_looks() const {
    const double most = static_cast<double>(m_options.most_finalists + 1);
    const double fit = (m_budget.left() - m_options.settle_seconds) /
                       Screening::second_look_seconds(m_harness, 1);
    return static_cast<std::size_t>(std::clamp(fit, 1.0, most));
  }

  // The most promising by the lower end of their interval, measured again in other layouts.
  Result<void> choose_finalists() {
    const auto lower_end = [](const Finalist& a, const Finalist& b) {
      return a.interval.low > b.interval.low;
    };
    std::sort(m_promising.begin(), m_promising.end(), lower_end);
    m_promising.resize(std::min(m_promising.size(), second_looks()));
    if (m_promising.empty()) {
      return {};
    }
    for (auto& finalist : m_promising) {
      TRY(const Comparison comparison, m_screening.second_look(finalist.candidate));
      if (comparison.ended != Ended::Done) {
        finalist.interval = {};
        continue;
      }
      finalist.interval = interval_of_groups(
          {m_samples[digest(finalist.candidate)], comparison.samples.log_ratios()});
    }
    std::sort(m_promising.begin(), m_promising.end(), lower_end);
    for (const auto& finalist : m_promising) {
      if (finalist.interval.ratio > 1 && m_outcome.finalists.size() < m_options.most_finalists) {
        m_outcome.finalists.push_back(finalist);
      }
    }
    return {};
  }

  const Harness& m_harness;
  const Inspection& m_inspection;
  Evaluation& m_evaluation;
  Budget& m_budget;
  Screening m_screening;
  SearchOptions m_options;
  std::vector<FunctionPlan> m_counted; // what may have a profile
  SearchOutcome m_outcome;
  std::set<Digest> m_tried;
  std::map<Digest, std::size_t> m_by_code; // which trial measured this code
  std::vector<Finalist> m_promising;
  std::map<Digest, std::vector<double>> m_samples;
  double m_best = 1;
  double m_spent = 0; // seconds in trials, waiting for their builds included
  std::function<bool()> m_waiting; // for the build of the candidate after this one?
};

} // namespace

Candidate to_candidate(const Proposal& proposal, const std::vector<FunctionEvidence>& functions,
                       const std::string& target, const std::vector<StoredPlan>& company) {
  std::map<Digest, std::map<Digest, std::string>> places; // fingerprint -> context -> name
  for (const FunctionPlan& plan : proposal.plans) {
    places[plan.function];
  }
  for (const FunctionEvidence& function : functions) {
    if (const auto place = places.find(function.fingerprint); place != places.end()) {
      place->second.try_emplace(function.context, function.function);
    }
  }
  Candidate candidate;
  for (const auto& [function, plan] : proposal.plans) {
    for (const auto& [context, name] : places[function]) {
      StoredPlan stored;
      stored.fingerprint = function;
      stored.context = context;
      stored.function = name;
      stored.plan = plan;
      stored.target = target;
      candidate.plans.push_back(std::move(stored));
    }
  }
  for (const auto& other : company) {
    const bool ours = std::any_of(
        candidate.plans.begin(), candidate.plans.end(),
        [&](const StoredPlan& plan) {
          return plan.fingerprint == other.fingerprint && plan.context == other.context;
        });
    if (!ours) {
      candidate.plans.push_back(other);
    }
  }
  std::sort(candidate.plans.begin(), candidate.plans.end(),
            [](const auto& a, const auto& b) {
              return std::tie(a.fingerprint, a.context) < std::tie(b.fingerprint, b.context);
            });
  return candidate;
}

Result<SearchOutcome> search(const Harness& harness, Journal& journal, const Inspection& inspection,
                             Evaluation& evaluation, Budget& budget, SearchOptions options) {
  return Search(harness, journal, inspection, evaluation, budget, std::move(options)).run();
}

} // namespace autopass
