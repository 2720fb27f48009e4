// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/confirm.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

// Binaries that cannot be run: what the journal does not know cannot be measured.
class NoReplica : public Replica {
public:
  const Binary& baseline() const override { return m_binary; }
  const BuiltTarget& target() const override { return m_target; }
  const std::vector<std::string>& notes() const override { return m_notes; }
  void keep_to(int) override {}
  Result<std::vector<std::string>> collect_evidence() override { return fail("not here"); }
  Result<Binary> build_broken(const Digest&, const std::string&) override {
    return fail("not here");
  }
  Result<Binary> build(const Candidate&, Layout) override { return m_binary; }
  void discard(const Candidate&) override {}
  Result<void> check_unchanged(const Candidate&) override { return {}; }
  void set_unit_functions(std::vector<std::set<Digest>>) override {}

private:
  Binary m_binary{"/nonexistent", {}, 0, 0};
  BuiltTarget m_target;
  std::vector<std::string> m_notes;
};

// Of each layout, so many that the interval of the runs is narrower than what the layouts span.
constexpr std::size_t pairs = 8;

// One train and one holdout workload, and what the journal says of them in each layout.
struct Measured {
  TestFolder folder;
  BuildRecord record = BuildRecord::open(folder / "builds.db").value();
  Journal journal = Journal::open(record, Digest{1, 2}, false).value();
  Runner runner{"{target}", folder.scratch.path(), {}};
  Harness harness{std::make_unique<NoReplica>(), runner, {}, {}, {}, 0};
  Candidate candidate{{unroll(1, 4)}};

  Measured() {
    Workload echo;
    echo.command = "{target} something";
    echo.folder = folder.scratch.path();
    const Gate gate = Gate::create(runner, echo, "/bin/echo", 0).value();
    harness.train.push_back({"train 1", echo, gate, {}});
    harness.holdout.push_back({"holdout 1", echo, gate, {}});
  }
  void say(const std::string& workload, const std::vector<double>& ratios) {
    for (std::size_t layout = 0; layout < ratios.size(); ++layout) {
      Comparison comparison;
      for (std::size_t i = 0; i < pairs; ++i) {
        comparison.samples.pairs.push_back({ratios[layout] + 1e-6 * static_cast<double>(i), 1, true});
      }
      comparison.interval = interval(comparison.samples.log_ratios(), 0.95);
      const std::string about = "confirm " + digest(candidate).hex() + " layout " +
                                std::to_string(layout) + ", 8 pairs " + workload;
      REQUIRE(journal.add(about, comparison, 0.95));
    }
  }
  Result<Confirmation> confirmed() {
    return confirm(harness, journal, candidate, "confirm", 1, pairs, [](double) {});
  }
};

} // namespace

TEST_CASE("a gain in every layout and no loss on the holdout is confirmed, as wide as the layouts") {
  Measured measured;
  measured.say("train 1", {1.05, 1.03, 1.09, 1.06});
  measured.say("holdout 1", {1.02, 0.999, 1.01, 1.0});
  const auto confirmation = measured.confirmed().value();
  CHECK(confirmation.holds);
  CHECK(confirmation.train.low < 1.031);
  CHECK(confirmation.train.high >= 1.09);
  CHECK(confirmation.workloads.size() == 2);
}

TEST_CASE("the first train layout without a gain ends it: nothing after it is measured") {
  Measured measured;
  measured.say("train 1", {1.05, 0.99});
  const auto confirmation = measured.confirmed();
  REQUIRE(confirmation);
  CHECK_FALSE(confirmation->holds);
  CHECK(confirmation->why_not.starts_with("on fresh runs no gain in layout 1: 0.990"));
}

TEST_CASE("a gain that is certain and tiny is not worth a plan") {
  Measured measured;
  measured.say("train 1", {1.004, 1.004, 1.004, 1.004});
  CHECK(measured.confirmed().value().why_not.ends_with("is not worth a plan"));
}

TEST_CASE("a holdout that loses refuses what train has gained") {
  Measured measured;
  measured.say("train 1", {1.05, 1.05, 1.05, 1.05});
  measured.say("holdout 1", {0.98, 0.98, 0.98, 0.98});
  CHECK(measured.confirmed().value().why_not.starts_with("loses on holdout 1"));
}

TEST_CASE("a noisy machine gets more pairs, within limits") {
  const auto wanted = [](double spread_percent) {
    Noise noise;
    noise.spread_percent = spread_percent;
    return pairs_wanted(noise);
  };
  CHECK(wanted(0.2) == 3);
  CHECK(wanted(1.3) == 6); // 1.95 % a pair: 24 pairs for 0.4 %, six in each of four layouts
  CHECK(wanted(10) == 8);
}

TEST_CASE("a small loss that is certain refuses a candidate, although one layout gains") {
  const std::vector<double> small_loss = {-0.004, -0.0035, -0.003, -0.0025, -0.002};
  const std::vector<double> gain = {0.0005, 0.001, -0.0005, 0.0008, 0.0006};
  CHECK(loses_alone("holdout 1", {small_loss, small_loss, small_loss, gain})
            .starts_with("loses on holdout 1: 0.997 [0.997, "));
  CHECK(loses_alone("holdout 1", {gain, gain, gain, small_loss}).empty());
}

TEST_CASE("a loss that is uncertain but large refuses it too") {
  const std::vector<double> wide = {-0.03, 0.015, -0.01};
  CHECK(loses_alone("train 2", {wide, wide, wide, wide}).starts_with("loses on train 2"));
}
