// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan_file.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("plans by name; version, loop's hash and callee may be left out") {
  const auto file = parse_plan_file(R"json( {"functions": {
    "f": {"params": {"unroll-count": 4}},
    "ns::g(int)": {"v": 2, "loops": [{"loop": 0, "unroll": 2}], "calls": [{"call": 1, "inline": true}]}}})json");
  REQUIRE(file);
  REQUIRE(file->functions.size() == 2);
  CHECK(print(*file->functions.at("f")) == R"({"v":2,"params":{"unroll-count":4}})");
  const Plan& open = *file->functions.at("ns::g(int)");
  CHECK(open.loops[0].hash == Digest{});
  CHECK(open.calls[0].callee == Digest{});
  CHECK_FALSE(parse(print(open))); // no store takes what leaves open which loop it means
}

TEST_CASE("a bad plan hides no other") {
  const auto file = parse_plan_file(
      R"({"functions":{"f":{"params":{"unroll-count":400}},"g":{"v":1},"h":[],"i":{}}})");
  REQUIRE(file);
  CHECK(file->functions.at("f").error().reason == "invalid-plan");
  CHECK(file->functions.at("g").error().reason == "vocabulary-version");
  CHECK(file->functions.at("h").error().reason == "invalid-plan");
  CHECK(file->functions.at("i")->empty());
}

TEST_CASE("what is no file of plans") {
  for (const char* text :
       {"", "{", "[]", "{}", R"({"functions":[]})", R"({"functions":{},"more":1})",
        R"({"functions":{"f":{},"f":{}}})", R"({"functions":{"f":{"params":{"unroll-count":1,"unroll-count":2}}}})",
        R"({"v":2,"params":{}})"}) {
    CAPTURE(text);
    const auto file = parse_plan_file(text);
    REQUIRE_FALSE(file);
    CHECK(file.error().reason == "plan-file-invalid");
  }
}

TEST_CASE("an error says what was meant") {
  CHECK(parse_by_hand(R"({"params":{"unrol-count":4}})").error().next.find("'unroll-count'") !=
        std::string::npos);
  CHECK(parse_by_hand(R"({"pipeline":{"skip":[{"pass":"GVN"}]}})").error().next.find("vocabulary") !=
        std::string::npos);
  CHECK(parse_by_hand(R"({"pipeline":{"optimization":[{"pass":"loop-unrol"}]}})").error().next.find(
            "'loop-unroll'") != std::string::npos);
}
