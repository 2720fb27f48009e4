// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "search.h"

#include "intake.h"
#include "screening.h"
#include "util/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <map>
#include <memory>

namespace autopass {
namespace {

constexpr int model_rounds = 4; // of a model, before the expert goes on (FACTS 1: later rounds add little)

// False for one that would only start when it is asked for.
bool is_under_way(const std::future<Result<Binary>>& binary) {
  return binary.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
}

// Halfway, whatever their numbers of pairs: the first look has chosen them, so it flatters, the more the more there were
// to choose from; the second does not.
Interval between(const Interval& first, const Interval& second) {
  const auto middle = [](double a, double b) { return std::sqrt(a * b); };
  return {middle(first.ratio, second.ratio), middle(first.low, second.low), middle(first.high, second.high),
          first.pairs + second.pairs};
}

class Search {
public:
  Search(const Harness& harness, Journal& journal, const Inspection& inspection,
         Evaluation& evaluation, Blame& blame, Budget& budget, SearchOptions options)
      : m_harness(harness), m_inspection(inspection), m_evaluation(evaluation), m_blame(blame),
        m_budget(budget), m_screening(harness, journal, budget, options.others), m_options(std::move(options)),
        m_intake(inspection, blame.denied(), m_options, m_outcome) {}

  Result<SearchOutcome> run() {
    TRY(const Binary nothing_new, m_harness.replica->build(m_options.others));
    m_known_code = nothing_new.code;
    if (!m_options.published.plans.empty()) {
      TRY(const Binary published, m_harness.replica->build(m_options.published));
      m_published_code = published.code;
    }
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

  // One is built ahead of what is measured.
  Result<void> try_batch(const std::vector<Proposal>& proposals) {
    m_intake.add(proposals);
    std::unique_ptr<Built> built = start_next();
    while (built != nullptr) {
      const double before = m_budget.spent();
      auto binary = built->binary.get();
      if (time_is_up()) {
        m_outcome.out_of_time = true;
        return {};
      }
      std::unique_ptr<Built> next = start_next();
      m_waiting = [&next] { return next != nullptr && is_under_way(next->binary); };
      auto tried = try_one(*built, binary);
      m_spent += m_budget.spent() - before;
      if (!tried) {
        if (next != nullptr) {
          next->binary.wait();
        }
        return tried;
      }
      if (next != nullptr && m_intake.is_denied(next->proposal)) { // since a moment ago
        m_intake.add_first(next->proposal);
        next.reset();
      }
      built = next != nullptr ? std::move(next) : start_next();
    }
    return {};
  }

  // The rest of the candidate comes next. Whether something was to blame.
  Result<bool> blame(const Built& built, const Error& failure, const Workloads& workloads) {
    TRY(const auto denial,
        m_blame.find(built.candidate, failure, workloads, m_budget.search_left()));
    Proposal rest = built.proposal;
    if (denial && !m_blame.denied().strip(rest.plans, m_options.others).empty() && !rest.plans.empty()) {
      rest.hypothesis += " (without what was to blame)";
      m_intake.add_first(std::move(rest));
    }
    return denial.has_value();
  }

  // Null: there is none left.
  std::unique_ptr<Built> start_next() {
    auto ready = m_intake.next();
    if (!ready) {
      return nullptr;
    }
    auto built = std::make_unique<Built>(
        Built{std::move(ready->proposal), std::move(ready->candidate), {}});
    // With a single core nothing may be built while something is measured.
    const auto when = m_options.build_ahead ? std::launch::async : std::launch::deferred;
    built->binary = std::async(when, [this, &candidate = built->candidate] {
      return m_harness.replica->build(candidate);
    });
    return built;
  }

  Result<void> try_one(const Built& built, const Result<Binary>& binary) {
    if (!binary) {
      m_outcome.reject(built.proposal, Verdict::Failed, binary.error().what);
      if (is_plan_failure(binary.error().reason)) {
        TRY_VOID(blame(built, binary.error(), {}));
      }
      return {};
    }
    ++m_outcome.binaries.built;
    if (const auto slow = too_slow_to_compile(*binary)) {
      m_outcome.reject(built.proposal, Verdict::Invalid, slow->what);
      TRY_VOID(blame(built, *slow, {}));
      return {};
    }
    if (binary->code == m_known_code) {
      ++m_outcome.binaries.identical;
      m_outcome.reject(built.proposal, Verdict::NoDifference, "same machine code");
      return {};
    }
    if (const auto twin = m_by_code.find(binary->code); twin != m_by_code.end()) {
      ++m_outcome.binaries.identical;
      Trial trial = m_outcome.trials[twin->second];
      trial.proposal = built.proposal;
      trial.samples = {};
      trial.diagnosis = "same machine code as an earlier candidate";
      m_outcome.trials.push_back(trial);
      return {};
    }
    return measure(built, *binary);
  }

  Result<void> measure(const Built& built, const Binary& binary) {
    TRY(const Comparison comparison, m_screening.first_look(built.candidate, m_best, m_waiting));
    ++m_outcome.binaries.measured;

    Trial trial{built.proposal, m_evaluation.judge(comparison, m_harness.noise.spread_percent),
                comparison.interval, comparison.detail, comparison.samples};
    if (trial.diagnosis.empty()) {
      trial.diagnosis = m_evaluation.diagnose(trial, state());
    }
    if (trial.verdict != Verdict::Faster) {
      ++m_outcome.rejected[std::string(screened_name(trial.verdict))];
    }
    m_by_code[binary.code] = m_outcome.trials.size();
    const bool right = trial.verdict != Verdict::WrongOutput && trial.verdict != Verdict::Failed;
    if (right && trial.interval.ratio > 1) {
      m_promising.push_back({built.proposal, built.candidate, comparison.interval});
      m_best = std::max(m_best, comparison.interval.ratio);
    } else {
      m_harness.replica->discard(built.candidate);
    }
    m_outcome.trials.push_back(std::move(trial));
    if (m_options.progress) {
      m_options.progress(m_outcome.trials.size(), m_best);
    }
    if (!right) {
      TRY(const bool denied, blame(built, {comparison.detail, {}, wrong_output_reason}, workloads_of(m_harness, false)));
      if (binary.code == m_published_code && (denied || comparison.ended == Ended::WrongOutput)) {
        m_outcome.published_is_wrong = comparison.detail;
      }
      return {};
    }
    m_blame.trust(built.candidate);
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
        TRY(const Binary binary, m_harness.replica->build(finalist.candidate));
        if (binary.code == m_published_code && comparison.ended == Ended::WrongOutput) {
          m_outcome.published_is_wrong = comparison.detail;
        }
        finalist.interval = {};
        continue;
      }
      finalist.interval = between(finalist.interval, comparison.interval);
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
  Blame& m_blame;
  Budget& m_budget;
  Screening m_screening;
  SearchOptions m_options;
  SearchOutcome m_outcome;
  Intake m_intake;
  Digest m_known_code; // of what builds have anyway
  std::optional<Digest> m_published_code; // and of what they have with what is published for this target
  std::map<Digest, std::size_t> m_by_code; // which trial measured this code
  std::vector<Finalist> m_promising;
  double m_best = 1;
  double m_spent = 0; // seconds in trials, waiting for their builds included
  std::function<bool()> m_waiting; // for the build of the candidate after this one?
};

} // namespace

Result<SearchOutcome> search(const Harness& harness, Journal& journal, const Inspection& inspection,
                             Evaluation& evaluation, Blame& blame, Budget& budget,
                             SearchOptions options) {
  return Search(harness, journal, inspection, evaluation, blame, budget, std::move(options)).run();
}

} // namespace autopass
