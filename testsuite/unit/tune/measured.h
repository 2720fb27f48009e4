// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A harness that has measured already: all that it can tell of speed is in its journal.
#pragma once

#include "fixture.h"
#include "tune/confirm.h"

#include <doctest/doctest.h>
#include <utility>

namespace autopass {

inline constexpr const char* measured_binary = "/bin/echo"; // what the gate expects

// Each candidate is the same program; its code is its digest.
class NoReplica : public Replica {
public:
  explicit NoReplica(const std::string& program) : m_baseline{program, digest(Candidate{}), 0, 0} {}
  const Binary& baseline() const override { return m_baseline; }
  const BuiltTarget& target() const override { return m_target; }
  double slowest_compile() const override { return compile_seconds; }
  double compile_seconds = 0;
  const std::vector<std::string>& notes() const override { return m_notes; }
  void keep_to(int) override {}
  Result<std::vector<std::string>> collect_evidence() override { return fail("not here"); }
  Result<Binary> build_broken(const Digest&, const std::string&) override {
    return fail("not here");
  }
  Result<CountingBinary> build_counting() override { return fail("not here", {}, "no-counters"); }
  // Of a plan that unrolls so often the compiler crashes.
  static constexpr std::int64_t crashing = 7;
  static Error crash() { return {"signal 11", {}, "plan-crashed"}; }
  int builds = 0;
  Result<Binary> build(const Candidate& candidate, Layout) override {
    ++builds;
    for (const StoredPlan& plan : candidate.plans) {
      if (plan.plan.params == std::vector<Setting>{{"unroll-count", crashing}}) {
        return tl::make_unexpected(crash());
      }
    }
    return Binary{m_baseline.path, digest(candidate), 0, 0};
  }
  Result<Binary> build_variant(const Variant& variant, Layout) override { return build(variant.candidate, {}); }
  Result<std::string> words_about(const Variant&) override { return fail("not here"); }
  void discard(const Candidate&) override {}
  Result<void> check_unchanged(const Candidate&) override { return {}; }
  void set_unit_functions(std::vector<std::set<Digest>>) override {}

private:
  Binary m_baseline;
  BuiltTarget m_target = [] {
    BuiltTarget target;
    target.path = "/bin/x";
    return target;
  }();
  std::vector<std::string> m_notes;
};

// One train and one holdout workload.
struct Measured {
  TestFolder folder;
  BuildRecord record = BuildRecord::open(folder / "builds.db").value();
  Journal journal = Journal::open(record, Digest{1, 2}, false).value();
  Runner runner{"{target}", folder.scratch.path(), {}};
  Harness harness;

  // Measuring what the journal does not know fails: there is no such program.
  explicit Measured(const std::string& program = "/nonexistent")
      : harness{std::make_unique<NoReplica>(program), runner, {}, {}, {}, {}, {}, 0} {
    Workload echo;
    echo.command = "{target} something";
    echo.folder = folder.scratch.path();
    const Gate gate = Gate::create(runner, echo, measured_binary, 0).value();
    harness.train.push_back({"train 1", echo, gate, {}});
    harness.holdout.push_back({"holdout 1", echo, gate, {}});
  }

  // What was measured for a claim, layout by layout.
  void say(const Claim& claim, const std::string& workload, const std::vector<double>& ratios,
           Ended ended = Ended::Done) {
    std::string about = claim.name + " " + digest(claim.candidate).hex();
    if (!claim.against.plans.empty()) {
      about += " against " + digest(claim.against).hex();
    }
    for (std::size_t layout = 0; layout < ratios.size(); ++layout) {
      Comparison comparison;
      comparison.ended = ended;
      for (std::size_t i = 0; i < claim.pairs; ++i) {
        comparison.samples.pairs.push_back({ratios[layout] + 1e-6 * static_cast<double>(i), 1, true});
      }
      comparison.interval = interval(comparison.samples.log_ratios(), 0.95);
      REQUIRE(journal.add(about + " layout " + std::to_string(layout) + ", " + digest(claim.against).hex() + " " +
                              digest(claim.candidate).hex() + " " + workload,
                          comparison, 0.95));
    }
  }
};

} // namespace autopass
