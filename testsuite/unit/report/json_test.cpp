// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/samples.h"
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
  REQUIRE(back->samples.size() == 2);
  CHECK(back->samples[1].layout == 3);
  CHECK(back->samples[0].samples.pairs[1].candidate == 0.82);
  CHECK_FALSE(back->samples[0].samples.pairs[1].baseline_first);
  CHECK(back->trials[0].samples.pairs.at(0).candidate == 0.9);
  CHECK(back->confirmed_by == "confirm 0123");
}

TEST_CASE("the keys that others read are there") {
  const std::string json = to_json(sample_report());
  CHECK(json.find('\n') == std::string::npos);
  CHECK(json.starts_with(R"({"schema":1,"target":"/src/lz4/lz4","verdict":"faster","speedup":{)"
                         R"("ratio":1.112,"low":1.098,"high":1.126,)"));
  CHECK(json.find(R"("samples":[{"comparison":"confirm 0123","workload":"train 1","layout":0,"a":[0.9,0.91],"b":[0.8,0.82],)"
                  R"("a_first":[true,false]},{)") != std::string::npos);
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

TEST_CASE("of damaged samples the pairs before the damage are left") {
  const auto back = report_from_json(
      R"({"schema":1,"samples":[{"layout":-1,"a":[1,2],"b":[1,"x"],"a_first":[true,true]},{"a":7}]})");
  REQUIRE(back);
  REQUIRE(back->samples.size() == 2);
  CHECK(back->samples[0].samples.pairs.size() == 1);
  CHECK(back->samples[1].samples.pairs.empty());
}

TEST_CASE("samples are a table, a line for each pair") {
  CHECK(to_csv(sample_report().samples) == "comparison,workload,layout,pair,first,a_seconds,b_seconds\n"
                                           "confirm 0123,train 1,0,1,a,0.900000,0.800000\n"
                                           "confirm 0123,train 1,0,2,b,0.910000,0.820000\n"
                                           "confirm 0123,train 1,3,1,a,0.950000,0.850000\n");
  CHECK(to_csv(sample_report().samples[1].samples) == "pair,first,a_seconds,b_seconds\n1,a,0.950000,0.850000\n");
}

TEST_CASE("what is no report is refused") {
  CHECK_FALSE(report_from_json(""));
  CHECK_FALSE(report_from_json("[]"));
  CHECK_FALSE(report_from_json(R"({"schema":1,"functions":[7]})"));
  CHECK_FALSE(report_from_json(R"({"schema":2})"));
  CHECK_FALSE(report_from_json(R"({"schema":1,"samples":[7]})"));
  CHECK(report_from_json(R"({"schema":1,"target":7,"binaries":[],"rejected":"x"})"));
}
