// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/search.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

FunctionEvidence function(std::uint64_t number, std::uint64_t context = 0) {
  FunctionEvidence evidence;
  evidence.fingerprint = {1, number};
  evidence.context = {9, context > 0 ? context : number};
  evidence.function = "f" + std::to_string(number);
  return evidence;
}

} // namespace

TEST_CASE("a proposal becomes plans with their function's context, in one order") {
  Proposal proposal;
  proposal.plans = {{{1, 2}, unroll(2, 4).plan}, {{1, 1}, unroll(1, 8).plan}};
  const Candidate candidate = to_candidate(proposal, {function(1), function(2)}, "/bin/x", {});
  REQUIRE(candidate.plans.size() == 2);
  CHECK(candidate.plans[0].fingerprint == Digest{1, 1});
  CHECK(candidate.plans[0].context == Digest{9, 1});
  CHECK(candidate.plans[1].function == "f2");
  CHECK(candidate.plans[1].target == "/bin/x");
}

TEST_CASE("plans of other targets come along, but not where the candidate has its own") {
  Proposal proposal;
  proposal.plans = {{{1, 1}, unroll(1, 8).plan}};
  StoredPlan same = unroll(1, 2), other = unroll(3, 2);
  same.target = other.target = "/bin/y";
  same.context = function(1).context;
  const Candidate candidate = to_candidate(proposal, {function(1)}, "/bin/x", {{same, other}});
  REQUIRE(candidate.plans.size() == 2);
  CHECK(candidate.plans[0].target == "/bin/x");
  CHECK(candidate.plans[1].target == "/bin/y");
  CHECK(candidate.plans[1].fingerprint == other.fingerprint);
  CHECK(digest(candidate) != digest(to_candidate(proposal, {function(1)}, "/bin/x", {})));
}

TEST_CASE("a plan of another target for the same function in another context comes along") {
  Proposal proposal;
  proposal.plans = {{{1, 1}, unroll(1, 8).plan}};
  StoredPlan elsewhere = unroll(1, 2);
  elsewhere.target = "/bin/y";
  elsewhere.context = {7, 7};
  CHECK(to_candidate(proposal, {function(1)}, "/bin/x", {{elsewhere}}).plans.size() == 2);
}

TEST_CASE("a function that is compiled in two contexts has its plan in both, one of nobody's in none") {
  Proposal proposal;
  proposal.plans = {{{1, 1}, unroll(1, 8).plan}, {{1, 5}, unroll(1, 8).plan}};
  const Candidate candidate =
      to_candidate(proposal, {function(1, 3), function(2), function(1, 2), function(1, 3)}, "/bin/x", {});
  REQUIRE(candidate.plans.size() == 2);
  CHECK(candidate.plans[0].context == Digest{9, 2});
  CHECK(candidate.plans[1].context == Digest{9, 3});
}
