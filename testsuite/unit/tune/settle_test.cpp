// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/settle.h"

#include "measured.h"
#include "tune/candidate.h"
#include "util/paths.h"

using namespace autopass;

namespace {

const std::vector<double> gain(4, 1.05), small_gain(4, 1.02), nothing(4, 1.0);

// A candidate of one plan for the target of NoReplica.
Candidate unrolled_by(std::int64_t count) {
  Candidate candidate{{unroll(1, count)}};
  candidate.plans[0].target = "/bin/x";
  return candidate;
}

// What the search found, and the store that is published to.
struct Found : Measured {
  TestVariable data{"XDG_DATA_HOME", folder.scratch.path().c_str()};
  Basis basis;
  TuneOptions options;
  Budget budget{300};
  std::vector<Finalist> finalists;
  PlansInForce in_force;

  Found() {
    basis.key = test_key;
    basis.target.path = "/bin/x";
    options.trust_unseen = true; // nothing can be broken here
  }
  void add(const Candidate& candidate) {
    finalists.push_back({{}, candidate, {}});
  }
  void publish_before(const Candidate& candidate) {
    in_force.ours.emplace();
    in_force.published = candidate;
    auto store = PlanStore::open(plans_path()).value();
    REQUIRE(store.replace(basis.key, basis.target.path, candidate.plans));
  }
  void measured(const Claim& claim, const std::vector<double>& ratios) {
    say(claim, "train 1", ratios);
    say(claim, "holdout 1", ratios);
  }
  Settled settled() {
    SelfTest self_test(harness);
    Denied denied;
    Blame blame(harness, denied);
    return settle(harness, journal, self_test, blame, basis, finalists, in_force, {options, budget}).value();
  }
  std::vector<StoredPlan> published() const {
    return exists(plans_path()) ? PlanStore::open(plans_path()).value().plans(basis.key).value()
                                : std::vector<StoredPlan>();
  }
};

} // namespace

TEST_CASE("the first finalist that is confirmed is published, and no other is looked at") {
  Found found;
  found.add(unrolled_by(2));
  found.add(unrolled_by(4));
  found.add(unrolled_by(8));
  found.measured({unrolled_by(2), {}, "confirm", 3, 3}, nothing);
  found.measured({unrolled_by(4), {}, "confirm", 3, 3}, gain);
  const auto settled = found.settled();
  REQUIRE(settled.winner);
  CHECK(settled.not_confirmed == 1);
  REQUIRE(settled.samples.size() == 12); // the first was refused on train, the second has all of both workloads
  CHECK(settled.samples[0].comparison != settled.confirmation.name);
  CHECK(settled.samples[4].comparison == settled.confirmation.name);
  REQUIRE(found.published().size() == 1);
  CHECK(found.published()[0].plan == unroll(1, 4).plan);
}

TEST_CASE("what is published is replaced by what is faster than it") {
  Found found;
  found.publish_before(unrolled_by(4));
  found.add(unrolled_by(8));
  found.measured({unrolled_by(8), {}, "confirm", 1, 3}, gain);
  found.measured({unrolled_by(8), unrolled_by(4), "challenge", 1, 3}, small_gain);
  CHECK(found.settled().winner);
  CHECK(found.published().at(0).plan == unroll(1, 8).plan);
}

TEST_CASE("what is published stays when a challenger beats stock code alone") {
  Found found;
  found.publish_before(unrolled_by(4));
  found.add(unrolled_by(8));
  found.measured({unrolled_by(8), {}, "confirm", 1, 3}, gain);
  found.measured({unrolled_by(8), unrolled_by(4), "challenge", 1, 3}, nothing);
  const auto settled = found.settled();
  CHECK_FALSE(settled.winner);
  CHECK(found.published().at(0).plan == unroll(1, 4).plan);
  REQUIRE(settled.notes.size() == 2);
  CHECK(settled.notes[0].find("not better than what is published") != std::string::npos);
  CHECK(settled.notes[1].starts_with("what an earlier session has published stays"));
}

TEST_CASE("what is published is confirmed against stock code, not against itself") {
  Found found;
  found.publish_before(unrolled_by(4));
  found.add(unrolled_by(4));
  found.measured({unrolled_by(4), {}, "confirm", 1, 3}, gain);
  CHECK(found.settled().winner);
  CHECK(found.published().size() == 1);
}

TEST_CASE("what is published and is not confirmed again still has to be beaten") {
  for (const bool beaten : {true, false}) {
    Found found;
    found.publish_before(unrolled_by(4));
    found.add(unrolled_by(4));
    found.add(unrolled_by(8));
    found.measured({unrolled_by(4), {}, "confirm", 2, 3}, nothing);
    found.measured({unrolled_by(8), {}, "confirm", 2, 3}, gain);
    found.measured({unrolled_by(8), unrolled_by(4), "challenge", 2, 3}, beaten ? gain : nothing);
    CHECK(found.settled().winner.has_value() == beaten);
    CHECK(found.published().at(0).plan == unroll(1, beaten ? 8 : 4).plan);
  }
}

TEST_CASE("the gain of another target's plan is not ours to claim") {
  StoredPlan other = unroll(3, 2);
  other.target = "/bin/y";
  for (const double own : {1.05, 0.96}) {
    Found found;
    found.in_force.others = {{other}};
    const Candidate both = with_others(unrolled_by(4), found.in_force.others);
    found.add(both);
    found.measured({both, {}, "confirm", 1, 3}, gain); // nobody asks
    found.measured({both, {{other}}, "confirm", 1, 3}, std::vector<double>(4, own));
    CHECK(found.settled().winner.has_value() == (own > 1));
    CHECK(found.published().size() == (own > 1 ? 1 : 0));
  }
}

TEST_CASE("what is published and turns out to be wrong is withdrawn") {
  Found found;
  found.publish_before(unrolled_by(4));
  found.add(unrolled_by(4));
  found.say({unrolled_by(4), {}, "confirm", 1, 3}, "train 1", gain, Ended::WrongOutput);
  CHECK_FALSE(found.settled().winner);
  CHECK(found.published().empty());
}
