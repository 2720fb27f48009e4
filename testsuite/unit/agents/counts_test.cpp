// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "agents/counts.h"

#include "util/text.h"

#include <cstring>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::string bytes(const std::vector<std::uint64_t>& counters) {
  std::string text(counters.size() * sizeof(std::uint64_t), '\0');
  std::memcpy(text.data(), counters.data(), text.size());
  return text;
}

std::string line(unsigned print, const std::string& rest) {
  return format(R"({"function":"f","fingerprint":"%032x","context":"%032x","cfg":"%032x",)", print, 9, 7) +
         rest + "}\n";
}

const std::string branchy = R"("entry":1,"points":[[2,3],[4,4,5]],"calls":[])";

} // namespace

TEST_CASE("counters become counts, and ways to one block share what arrived there") {
  const auto counts = parse_counts(line(1, branchy), bytes({99, 10, 7, 3, 8, 1}));
  REQUIRE(counts);
  REQUIRE(counts->size() == 1);
  const BranchCounts& f = counts->front();
  CHECK(f.entry == 10);
  CHECK(f.points == std::vector<std::vector<std::uint64_t>>{{7, 3}, {4, 4, 1}});
  CHECK(f.total() == 29);
}

TEST_CASE("what nobody entered is left out, and what the plugin does not write is an error") {
  CHECK(combine_counts(*parse_counts(line(1, branchy), bytes({99, 0, 0, 0, 0, 0}))).empty());
  CHECK(parse_counts("", "")->empty());
  for (const std::string& odd :
       {line(1, branchy).substr(5), std::string("[]\n"), line(1, R"("entry":1,"points":{},"calls":[])"),
        line(1, R"("entry":6,"points":[],"calls":[])"), line(1, R"("entry":1,"points":[[2,-3]],"calls":[])"),
        line(1, R"("entry":1,"points":[2],"calls":[])"), line(1, R"("entry":"1","points":[],"calls":[])"),
        line(1, R"("entry":1,"points":[])"), line(1, R"("entry":1,"points":[],"calls":[[0,1,"x",3]])"),
        line(1, R"("entry":1,"points":[],"calls":[[0,6,"00000000000000000000000000000001",3]])")}) {
    const auto read = parse_counts(odd, bytes({0, 1, 1, 1, 1, 1}));
    REQUIRE_MESSAGE(!read, odd);
    CHECK(read.error().reason == "counts-malformed");
  }
}

TEST_CASE("a function in several files is counted as one, and the hottest comes first") {
  const std::string straight = R"("entry":1,"points":[],"calls":[])";
  auto all = *parse_counts(line(1, branchy) + line(2, straight), bytes({0, 20, 1, 1, 1, 1}));
  const auto more = *parse_counts(line(1, branchy), bytes({0, 2, 1, 1, 1, 1}));
  all.insert(all.end(), more.begin(), more.end());
  const auto combined = combine_counts(all);
  REQUIRE(combined.size() == 2);
  CHECK(combined[0].fingerprint == Digest{0, 1});
  CHECK(combined[0].entry == 22);
  CHECK(combined[0].points[0] == std::vector<std::uint64_t>{2, 2});

  const auto plans = profile_plans(combined, 9); // without branches there is nothing to say
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].plan.profile->cfg == Digest{0, 7});
  CHECK(validate(plans[0].plan));
  CHECK(profile_plans(combined, 0).empty());
}

TEST_CASE("functions of one fingerprint keep all their names, and one that is constant-time speaks for all") {
  BranchCounts one, other;
  one.fingerprint = other.fingerprint = {0, 1};
  one.functions = {"choose"};
  one.entry = 9;
  one.points = {{1, 2}};
  other.functions = {"ct_select"}; // never entered
  CHECK(profile_plans(combine_counts({one}), 9).size() == 1);
  const auto both = combine_counts({one, other});
  REQUIRE(both.size() == 1);
  CHECK(both[0].functions == std::set<std::string>{"choose", "ct_select"});
  CHECK(profile_plans(both, 9).empty());
}

TEST_CASE("a profile that no plan can hold is nobody's") {
  BranchCounts small, large;
  small.fingerprint = {0, 1};
  large.fingerprint = {0, 2};
  small.points = {{1, 2}};
  large.points.assign(20'000, {4'000'000'000, 4'000'000'001});
  const auto plans = profile_plans({large, small}, 9);
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].function == small.fingerprint);
}

TEST_CASE("weights keep zero apart from little, and say nothing about what was not reached") {
  BranchCounts counts;
  counts.points = {{1ull << 40, 1, 0}, {0, 0}, {5, 6}};
  const PlanProfile profile = profile_of(counts);
  CHECK(profile.weights.size() == 3);
  CHECK(profile.weights[0][0] > 1u << 31);
  CHECK(profile.weights[0][1] == 1);
  CHECK(profile.weights[0][2] == 0);
  CHECK(profile.weights[1].empty());
  CHECK(profile.weights[2] == std::vector<std::uint32_t>{5, 6});
}

TEST_CASE("hot calls of callees that are not too large are inlined, cold ones are left to the compiler") {
  BranchCounts hot, cold;
  hot.fingerprint = {0, 1};
  hot.entry = 10;
  hot.points = {{100'000, 1}};
  cold.fingerprint = {0, 2};
  cold.entry = 3;
  cold.points = {{2, 1}};
  const Digest callee{0, 9};
  hot.calls = {{5, callee, 40, 100'000}, {4, callee, 40, 3}, {2, callee, 40, 99'000}, {7, callee, 9000, 100'000}};
  cold.calls = {{0, callee, 40, 3}};
  CHECK(hot_count({hot, cold}) == 100'000);
  hot.points.push_back({99'000, 0});
  CHECK(hot_count({hot, cold}) == 99'000);
  const auto plans = profile_plans({hot, cold}, 9);
  REQUIRE(plans.size() == 2);
  CHECK(plans[0].plan.calls == std::vector<CallDecision>{{2, callee, true}, {5, callee, true}});
  CHECK(plans[1].plan.calls.empty());
  CHECK(validate(plans[0].plan));
}

TEST_CASE("calls of one function in several files are added up, by number") {
  const std::string callee(31, '0');
  const auto in_one = parse_counts(line(1, R"("entry":1,"points":[[2,3]],"calls":[[0,4,")" + callee + R"(9",30]])"), bytes({0, 1, 1, 1, 7}));
  const auto in_other = parse_counts(line(1, R"("entry":1,"points":[[2,3]],"calls":[[0,4,")" + callee + R"(9",30],[3,4,")" + callee + R"(8",2]])"), bytes({0, 1, 1, 1, 5}));
  REQUIRE(in_one);
  REQUIRE(in_other);
  const auto all = combine_counts({in_one->front(), in_other->front()});
  REQUIRE(all.front().calls.size() == 2);
  CHECK(all.front().calls[0].count == 12);
  CHECK(all.front().calls[1].call == 3);
}
