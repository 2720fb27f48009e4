// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/minimise.h"

#include "measured.h"

using namespace autopass;

namespace {

constexpr double not_missed = 1, missed = 0.95; // time with what went over time without it

StoredPlan counted(std::uint64_t function, std::uint64_t entry) {
  StoredPlan plan;
  plan.fingerprint = {1, function};
  plan.target = "/bin/x";
  plan.plan.profile = PlanProfile{{1, 2}, entry, {{3, 4}}};
  return plan;
}

StoredPlan unrolled(StoredPlan plan) {
  plan.plan.params = {{"unroll-count", std::int64_t{4}}};
  return plan;
}

// A candidate, and what each try to make it smaller is measured to be.
struct Minimised : Measured {
  Candidate whole;

  explicit Minimised(std::vector<StoredPlan> plans) { whole.plans = std::move(plans); }
  void measured(const Candidate& with, const std::vector<StoredPlan>& left, double ratio) {
    Candidate reduced;
    reduced.plans = left;
    Hasher name;
    name.digest(digest(with)).digest(digest(reduced));
    Comparison comparison;
    comparison.samples.pairs.assign(5, {ratio, 1, true});
    comparison.interval = interval(comparison.samples.log_ratios(), 0.75);
    REQUIRE(journal.add("minimise " + name.finish().hex() + " train 1", comparison, 0.75));
  }
  bool leaves(const std::vector<StoredPlan>& plans, double seconds = 600) {
    return digest(minimise(harness, journal, whole, {}, Budget(seconds), 300).value()) == digest({plans});
  }
};

const StoredPlan warm = counted(1, 10), hot = counted(2, 1000), mild = counted(3, 100),
                 cold = counted(4, 1);

} // namespace

TEST_CASE("the colder half of the profiles goes, until it is missed") {
  Minimised all({warm, hot, mild, cold});
  all.measured(all.whole, {hot, mild}, not_missed);
  all.measured(all.whole, {hot}, missed);
  CHECK(all.leaves({hot, mild}));
  CHECK(all.leaves(all.whole.plans, 200)); // no time
}

TEST_CASE("a profile alone is not taken away, and beside something else it is when it does not pay") {
  CHECK(Minimised({hot}).leaves({hot}));
  StoredPlan left = unrolled(hot);
  left.plan.profile.reset();
  Minimised both({unrolled(hot)});
  both.measured(both.whole, {left}, not_missed);
  CHECK(both.leaves({left}));
  Minimised kept({unrolled(hot)});
  kept.measured(kept.whole, {left}, missed);
  kept.measured(kept.whole, {hot}, missed);
  CHECK(kept.leaves(kept.whole.plans));
}
