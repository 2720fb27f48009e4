// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/others.h"

#include "measured.h"
#include "published.h"

using namespace autopass;

namespace {

struct Others : Published {
  TuneOptions options;
  Budget budget{100};

  std::vector<std::string> withdrawn(const Harness& harness, PlansInForce& in_force) {
    in_force = plans_in_force(basis, inspection).value();
    Denied denied = Denied::open(plans_path(), snapshot_path(), basis.key.llvm_major).value();
    Blame blame(harness, denied);
    return withdraw_wrong_others(harness, basis, inspection, blame, in_force, {options, budget}).value();
  }
};

} // namespace

TEST_CASE("another target's plan that does not compile here is withdrawn, and what is innocent stays") {
  Others setup;
  setup.publish("/bin/guilty", {unroll(1, NoReplica::crashing)});
  setup.publish("/bin/innocent", {unroll(2, 4)});
  const Measured measured(measured_binary);
  PlansInForce in_force;
  const auto notes = setup.withdrawn(measured.harness, in_force);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].find("/bin/guilty were withdrawn") != std::string::npos);
  REQUIRE(in_force.others.plans.size() == 1);
  CHECK(in_force.others.plans[0].target == "/bin/innocent");
  CHECK(setup.withdrawn(measured.harness, in_force).empty()); // nothing is left to be withdrawn
}

TEST_CASE("a target whose same plan was hidden behind another's is withdrawn with it, and a denial of before accuses nobody") {
  Others setup;
  setup.publish("/bin/first", {unroll(1, NoReplica::crashing)});
  setup.publish("/bin/later", {unroll(1, NoReplica::crashing)});
  setup.publish("/bin/innocent", {unroll(2, 4)});
  Denied denied = Denied::open(plans_path(), snapshot_path(), setup.basis.key.llvm_major).value();
  REQUIRE(denied.add({setup.basis.key.llvm_major, {{unroll(2, 4).fingerprint, unroll(2, 4).plan, "f2"}}, "/bin/z", "wrong-output", "of before"}));
  const Measured measured(measured_binary);
  PlansInForce in_force;
  CHECK(setup.withdrawn(measured.harness, in_force).size() == 2);
  REQUIRE(in_force.others.plans.size() == 1);
  CHECK(in_force.others.plans[0].target == "/bin/innocent");
}

TEST_CASE("a program that is wrong with other targets' plans, and nothing else is known, is not tuned") {
  Others setup;
  setup.publish("/bin/other", {unroll(1, 4)});
  const Measured wrong("/bin/true"); // whatever is built, stock code too
  PlansInForce in_force = plans_in_force(setup.basis, setup.inspection).value();
  Denied denied;
  Blame blame(wrong.harness, denied);
  const auto found = withdraw_wrong_others(wrong.harness, setup.basis, setup.inspection, blame, in_force, {setup.options, setup.budget});
  REQUIRE_FALSE(found);
  CHECK(found.error().reason == wrong_output_reason);
  CHECK(found.error().next == "autopass undo /bin/other");
  CHECK(in_force.others.plans.size() == 1); // nothing was withdrawn
}

TEST_CASE("other targets' plans that are right here stay") {
  Others setup;
  setup.publish("/bin/other", {unroll(1, 4)});
  const Measured measured(measured_binary);
  PlansInForce in_force;
  CHECK(setup.withdrawn(measured.harness, in_force).empty());
  CHECK(in_force.others.plans.size() == 1);
}

TEST_CASE("a denial of two functions speaks against plans that say both") {
  const auto plans = [](std::uint64_t function, std::int64_t count) {
    return FunctionPlan{unroll(function, count).fingerprint, unroll(function, count).plan};
  };
  Denial both;
  both.plans = {{unroll(1, 4).fingerprint, unroll(1, 4).plan, "f1"}, {unroll(2, 4).fingerprint, unroll(2, 4).plan, "f2"}};
  CHECK(speaks_against(both, {plans(1, 4), plans(2, 4)}));
  CHECK_FALSE(speaks_against(both, {plans(1, 4)}));
  CHECK_FALSE(speaks_against(both, {plans(1, 4), plans(2, 8)}));
}
