// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "example.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::vector<Subject> rank(std::vector<HotFunction> hot,
                          const std::vector<FunctionEvidence>& evidence, std::size_t most = 10) {
  Profile profile;
  profile.functions = std::move(hot);
  return make_expert_score()->rank(profile, evidence, most);
}

HotFunction hot(const std::string& symbol, double share) {
  HotFunction function;
  function.symbol = symbol;
  function.share = share;
  return function;
}

} // namespace

TEST_CASE("time and structure decide, what is cold is left out") {
  const auto subjects =
      rank({hot("flat", 0.3), hot("loopy", 0.28), hot("cold", 0.01)},
           {example::function("flat", 1),
            example::function("loopy", 2, {example::loop(0, 1, 0), example::loop(1, 2, 0)}),
            example::function("cold", 3)});
  REQUIRE(subjects.size() == 2);
  CHECK(subjects[0].evidence.function == "loopy");
  CHECK(subjects[0].share == doctest::Approx(0.28));
  CHECK(rank({hot("flat", 0.3)}, {example::function("flat", 1)}, 0).empty());
}

TEST_CASE("suffixes that the compiler adds are seen through") {
  const std::vector<FunctionEvidence> evidence = {example::function("f", 1),
                                                  example::function("g.x", 2)};
  CHECK(rank({hot("f.llvm.123", 0.5)}, evidence).size() == 1);
  CHECK(rank({hot("f.constprop.0.part.1", 0.5)}, evidence).size() == 1);
  CHECK(rank({hot("g.x", 0.5)}, evidence).at(0).evidence.function == "g.x");
  CHECK(rank({hot("g.x.part.0", 0.5)}, evidence).at(0).evidence.function == "g.x");
  CHECK(rank({hot("f@@V1", 0.5)}, evidence).size() == 1);
  CHECK(rank({hot("ff", 0.5), hot(".f", 0.5), hot("", 0.5)}, evidence).empty());
}

TEST_CASE("one fingerprint is one subject, its shares added up") {
  const auto subjects = rank({hot("less<int>", 0.1), hot("less<long>", 0.2)},
                             {example::function("less<int>", 1), example::function("less<int>", 1),
                              example::function("less<long>", 1)});
  REQUIRE(subjects.size() == 1);
  CHECK(subjects[0].share == doctest::Approx(0.3));
  CHECK(subjects[0].evidence.function == "less<long>");
}

TEST_CASE("a kernel that was inlined into a hot driver is a subject without time of its own") {
  FunctionEvidence driver = example::function("main", 1, {example::loop(0, 1, 0)});
  driver.inlining = {{"kernel", true, 1, 225, "", 1},
                     {"tiny", true, 1, 225, "", 1},
                     {"big", false, 900, 225, "TooCostly", 1}};
  FunctionEvidence tiny = example::function("tiny", 3);
  tiny.blocks = 1;
  const auto subjects = rank({hot("main", 0.9)}, {driver, example::function("kernel", 2), tiny,
                                                  example::function("big", 4)});
  REQUIRE(subjects.size() == 2);
  CHECK(subjects[1].evidence.function == "kernel");
  CHECK(subjects[1].share == 0);
}
