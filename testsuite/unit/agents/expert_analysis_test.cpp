// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "agents/expert/findings.h"
#include "example.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::vector<Finding> analyse(const FunctionEvidence& evidence) {
  return make_expert_analysis()->analyse(example::subject(evidence, 0.5));
}

std::string detail(const std::vector<Finding>& findings, std::string_view name) {
  for (const Finding& finding : findings) {
    if (finding.name == name) {
      return finding.detail;
    }
  }
  return "none";
}

} // namespace

TEST_CASE("remarks become findings with the numbers that rules start from") {
  FunctionEvidence evidence = example::function("f", 1, {example::loop(0, 1, 0)});
  evidence.remarks = {
      {"loop-vectorize", "passed", "Vectorized", "vectorized loop", 1,
       {{"VectorizationFactor", "4"}, {"InterleaveCount", "2"}}},
      {"loop-unroll", "passed", "PartialUnrolled", "unrolled loop", 1, {{"UnrollCount", "8"}}},
      {"loop-unroll", "passed", "FullyUnrolled", "unrolled", 1, {{"UnrollCount", "10"}}},
      {"loop-vectorize", "analysis", "UnsafeDep", "loop not vectorized: unsafe dependent ...", 1},
      {"size-info", "analysis", "FunctionMISizeChange", "noise", 1}};
  evidence.inlining = {{"g", true, -30, 225, "", 1},
                       {"h", false, 300, 225, "TooCostly", 1},
                       {"i", false, {}, {}, "NeverInline", 1}};
  const auto findings = analyse(evidence);
  CHECK(detail(findings, "vectorised") == "width 4, interleave 2");
  CHECK(detail(findings, "unrolled") == "by 8");
  CHECK(detail(findings, "fully-unrolled") == "10 iterations");
  CHECK(detail(findings, "not-vectorised") == "unsafe dependence between memory accesses");
  CHECK(detail(findings, "inlined") == "g");
  CHECK(detail(findings, "not-inlined") == "h: cost 300, threshold 225");
  CHECK_FALSE(has_finding(findings, "spills"));
  evidence.spills = 2;
  CHECK(has_finding(analyse(evidence), "spills"));
}

TEST_CASE("loop shapes become findings that name their loop") {
  const auto findings =
      analyse(example::function("f", 1, {example::loop(0, 1, 0), example::loop(3, 2, 8, 5)}));
  CHECK(detail(findings, "branchy-loop") == "loop 3: 5 branches in 70 instructions");
  CHECK(detail(findings, "short-trip-count") == "loop 3: 8 iterations");
  CHECK(detail(findings, "unknown-trip-count") == "loop 0: known at run time only");
  CHECK(detail(findings, "nested-loop") == "loop 3: depth 2");
}

TEST_CASE("the list of names is closed, and the same thing is said once") {
  FunctionEvidence evidence = example::function("constant_time_eq", 1);
  for (int i = 0; i < 100; ++i) {
    evidence.loops.push_back(example::loop(i, 1 + i % 3, i % 20, i % 6));
    evidence.remarks.push_back({"slp-vectorizer", "passed", "StoresVectorized", "same", 1});
  }
  const auto findings = analyse(evidence);
  CHECK(has_finding(findings, "constant-time"));
  CHECK(findings.size() <= 64);
  CHECK(std::count_if(findings.begin(), findings.end(),
                      [](const Finding& f) { return f.name == "slp-vectorised"; }) == 1);
  for (const Finding& finding : findings) {
    const auto names = finding_names();
    CHECK(std::any_of(names.begin(), names.end(),
                      [&](const FindingName& known) { return known.name == finding.name; }));
  }
}
