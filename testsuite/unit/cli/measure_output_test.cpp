// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/measure_output.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace autopass;

namespace {

Measured measured() {
  Measured one;
  one.commands = {"./a", "./b"};
  one.samples.pairs = {{2, 1, true}, {4, 2, false}};
  one.finding.interval.ratio = 2;
  one.finding.interval.pairs = 2;
  return one;
}

} // namespace

TEST_CASE("counters are told by name and side, and one that is missing with its reason") {
  Measured one = measured();
  one.counts = {Counts{{1000.0, 500.0, {}, 8.0}, "counters-busy"}, Counts{{2000.0, 400.0, {}, 8.0}, ""}};
  const auto json = to_json(one);
  CHECK(json["a"]["counters"]["cycles"] == 1000);
  CHECK(json["b"]["counters"]["instructions"] == 400);
  CHECK(json["b"]["counters"]["branch-misses"].is_null());
  CHECK(json["b"]["counters"]["cache-misses"] == 8);
  CHECK(json["counters_missing"] == "counters-busy");
  const std::string text = to_text(one);
  CHECK(text.find("cycles 1000 to 2000 (+100.0 %)") != std::string::npos);
  CHECK(text.find("branch-misses") == std::string::npos);
  CHECK(text.find("counters-busy") != std::string::npos);
}

TEST_CASE("each side tells how many runs printed something else") {
  Measured one = measured();
  one.other_output = {0, 2};
  CHECK(to_json(one)["a"]["other_output"] == 0);
  CHECK(to_json(one)["b"]["other_output"] == 2);
}

TEST_CASE("without counters there is null, and a reason; without a prefix null") {
  Measured one = measured();
  one.counts = {Counts{{{}, {}, {}, {}}, "no-pmu"}, Counts{{{}, {}, {}, {}}, "no-pmu"}};
  const auto json = to_json(one);
  CHECK(json["a"]["counters"].is_null());
  CHECK(json["counters_missing"] == "no-pmu");
  CHECK(json["prefix"].is_null());
  CHECK(json["a"]["seconds"] == 3);
  CHECK(to_text(one).find("not counted: no-pmu (the processor's counters are not there") != std::string::npos);
  one.counts = {Counts{{}, "prefix-waits"}, Counts{{}, "prefix-waits"}};
  one.prefix = "ssh board";
  CHECK(to_json(one)["prefix"] == "ssh board");
  CHECK(to_json(one)["b"]["counters"].is_null());
  CHECK(to_text(one).find("through ssh board") != std::string::npos);
}
