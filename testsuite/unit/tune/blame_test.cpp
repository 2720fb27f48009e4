// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/blame.h"

#include "measured.h"

using namespace autopass;

namespace {

FunctionPlan both(std::uint64_t function) {
  FunctionPlan plan{{1, function}, unroll(function, NoReplica::crashing).plan};
  plan.plan.codegen = {{"x86-cmov-converter", false}};
  return plan;
}

Candidate candidate_of(const std::vector<FunctionPlan>& plans) {
  Candidate candidate;
  for (const FunctionPlan& plan : plans) {
    for (const Digest context : {Digest{1, 1}, Digest{2, 2}}) {
      StoredPlan stored;
      stored.fingerprint = plan.function;
      stored.context = context;
      stored.plan = plan.plan;
      stored.function = "f";
      candidate.plans.push_back(stored);
    }
  }
  return candidate;
}

} // namespace

TEST_CASE("of several plans the one element under which the compiler crashes is denied, and the rest stays") {
  const Measured measured;
  const TestFolder folder;
  const std::string store = folder / "plans.db";
  Denied denied = Denied::open(store, "", 22).value();
  Blame blame(measured.harness, denied);
  FunctionPlan good = both(2);
  good.plan.params.clear();
  std::vector<FunctionPlan> plans = {both(1), good};
  const auto found = blame.find(candidate_of(plans), NoReplica::crash(), {}, 60).value();
  REQUIRE(found);
  REQUIRE(found->plans.size() == 1);
  CHECK(found->plans[0].plan == unroll(1, NoReplica::crashing).plan);
  CHECK(found->reason == "plan-crashed");
  CHECK(found->llvm_major == 22);

  // Another session, the same elements in other company.
  for (const auto& [major, taken] : {std::pair{22, 1}, std::pair{19, 0}}) {
    auto proposed = plans;
    CHECK(Denied::open(store, "", major)->strip(proposed).size() == static_cast<std::size_t>(taken));
    CHECK((proposed[0].plan == good.plan) == (taken == 1));
    CHECK(proposed[1].plan == good.plan);
  }
  Candidate candidate = candidate_of({both(1)});
  CHECK(denied.strip(candidate, "").size() == 1);
  CHECK(digest(candidate) == digest(candidate_of({{{1, 1}, good.plan}})));
}

TEST_CASE("what was right before is suspected last") {
  const Measured measured;
  Denied denied;
  std::vector<std::string> said;
  Blame blame(measured.harness, denied, [&](const std::string& line) { said.push_back(line); });
  std::vector<FunctionPlan> plans;
  for (std::uint64_t n = 2; n < 40; ++n) {
    FunctionPlan good = both(n);
    good.plan.params.clear();
    plans.push_back(std::move(good));
  }
  blame.trust(candidate_of(plans));
  plans.insert(plans.begin(), both(1));
  const auto found = blame.find(candidate_of(plans), NoReplica::crash(), {}, 60).value();
  REQUIRE(found);
  CHECK(found->plans[0].plan == unroll(1, NoReplica::crashing).plan);
  REQUIRE(said.size() == 1);
  CHECK(said[0].find("; 2 builds)") != std::string::npos);
}

TEST_CASE("of what failed together no part is denied alone") {
  const TestFolder folder;
  Denied denied = Denied::open(folder / "plans.db", "", 22).value();
  FunctionPlan good = both(2);
  good.plan.params.clear();
  REQUIRE(denied.add({0, {{{1, 1}, unroll(1, 4).plan, "f"}, {{1, 2}, good.plan, "g"}}, "", "wrong-output", ""}));
  std::vector<FunctionPlan> one = {{{1, 1}, unroll(1, 4).plan}}, two = {one[0], good};
  CHECK(denied.strip(one).empty());
  CHECK(denied.strip(two).size() == 1);
  REQUIRE(two.size() == 1);
  CHECK(two[0].function == Digest{1, 1});
}

TEST_CASE("a wrong output that does not come again is nobody's fault, and one that stock code has, too") {
  const TestFolder folder;
  const Error wrong{"stdout differs", {}, wrong_output_reason};
  for (const char* program : {measured_binary, "/bin/true"}) {
    const Measured measured(program);
    Denied denied = Denied::open(folder / "plans.db", "", 22).value();
    Blame blame(measured.harness, denied);
    CHECK_FALSE(blame.find(candidate_of({{{1, 9}, unroll(9, 4).plan}}), wrong, workloads_of(measured.harness, true), 60).value());
    CHECK(blame.found().empty());
  }
}

TEST_CASE("of what failed together with another target's plan the own part is left out") {
  const TestFolder folder;
  Denied denied = Denied::open(folder / "plans.db", "", 22).value();
  FunctionPlan good = both(2);
  good.plan.params.clear();
  REQUIRE(denied.add({0, {{{1, 1}, unroll(1, 4).plan, "f"}, {{1, 2}, good.plan, "g"}}, "", "wrong-output", ""}));
  Candidate others = candidate_of({good});
  std::vector<FunctionPlan> ours = {{{1, 1}, unroll(1, 4).plan}};
  Candidate all = candidate_of({ours[0], good});
  for (Candidate* candidate : {&others, &all}) {
    for (StoredPlan& plan : candidate->plans) {
      plan.target = plan.fingerprint == good.function ? "/other" : "/ours";
    }
  }
  CHECK(denied.strip(ours).empty()); // alone it is right
  CHECK(denied.strip(ours, others).size() == 1);
  CHECK(ours.empty());
  CHECK(denied.strip(all, "/ours").size() == 1);
  CHECK(digest(all) == digest(others));
  CHECK(denied.strip(others, "/ours").empty());
}
