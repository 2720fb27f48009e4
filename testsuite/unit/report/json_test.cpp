// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sample.h"

#include <cmath>
#include <doctest/doctest.h>
#include <limits>

using namespace autopass;

TEST_CASE("a report survives the way through JSON") {
  const std::string json = to_json(sample_report());
  const auto back = report_from_json(json);
  REQUIRE(back);
  CHECK(to_json(*back) == json);
  CHECK(back->functions[0].plan == R"({"v":2,"params":{"unroll-count":4}})");
  CHECK(back->functions[1].plan.empty());
  CHECK(back->speedup->high == 1.126);
  CHECK(back->rejected.at("looks slower") == 4);
  CHECK(back->trials[0].interval.pairs == 9);
  CHECK(back->published);
}

TEST_CASE("the keys that others read are there") {
  const std::string json = to_json(sample_report());
  CHECK(json.find('\n') == std::string::npos);
  CHECK(json.starts_with(R"({"schema":1,"target":"/src/lz4/lz4","verdict":"faster","speedup":{)"
                         R"("ratio":1.112,"low":1.098,"high":1.126,)"));
  CHECK(json.find(R"("binaries":{"built":41,"identical":17,"measured":24})") != std::string::npos);
  CHECK(json.find(R"("plan":{"v":2,"params":{"unroll-count":4}})") != std::string::npos);
}

TEST_CASE("no gain is null, an open interval ends in null, and both come back") {
  Report report = sample_report();
  report.speedup.reset();
  report.workloads[0].interval.high = std::numeric_limits<double>::infinity();
  const auto back = report_from_json(to_json(report));
  REQUIRE(back);
  CHECK(to_json(report).find(R"("speedup":null)") != std::string::npos);
  CHECK_FALSE(back->speedup);
  CHECK(std::isinf(back->workloads[0].interval.high));
}

TEST_CASE("names that are not UTF-8 do not stop a report") {
  Report report = sample_report();
  report.target = "/src/b\xff";
  CHECK(report_from_json(to_json(report)));
}

TEST_CASE("what is no report is refused") {
  CHECK_FALSE(report_from_json(""));
  CHECK_FALSE(report_from_json("[]"));
  CHECK_FALSE(report_from_json(R"({"schema":1,"functions":[7]})"));
  CHECK_FALSE(report_from_json(R"({"schema":2})"));
  CHECK(report_from_json(R"({"schema":1,"target":7,"binaries":[],"rejected":"x"})"));
}
