// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/plan_text.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::string stage(const std::vector<StageText>& stages, const std::string& name) {
  for (const StageText& one : stages) {
    if (one.stage == name) {
      return one.what;
    }
  }
  return "not there";
}

} // namespace

TEST_CASE("each element has its own sentence, in the order of the plan's elements") {
  const auto plan = parse_by_hand(
      R"({"pipeline":{"skip":[{"pass":"SLPVectorizerPass"}],)"
      R"("insert":[{"at":"scalar-late","passes":[{"pass":"gvn"}]}],"simplification":[{"pass":"sroa"}]},)"
      R"("params":{"unroll-count":4},"codegen":{"machine-cse":false},"attrs":{"noinline":true},)"
      R"("loops":[{"loop":0,"interleave":2}],"calls":[{"call":1,"inline":true}],)"
      R"("profile":{"cfg":"00112233445566778899aabbccddeeff","entry":9,"weights":[[1,8]]}})");
  REQUIRE(plan);
  const auto texts = explain_elements(*plan);
  REQUIRE(texts.size() == elements(*plan).size());
  for (const ElementText& text : texts) {
    CHECK_MESSAGE(!text.what.empty(), text.element);
  }
  CHECK(texts[0].element == "skip SLPVectorizerPass");
  CHECK(texts[0].what == find_skippable("SLPVectorizerPass")->without);
  CHECK(texts[3].element == "params unroll-count=4");
  CHECK(texts[3].what.starts_with(find_entry(Kind::Params, "unroll-count")->what));
  CHECK(texts[7].what.starts_with(find_entry(Kind::Calls, "inline")->what));
}

TEST_CASE("the pipeline says what is the compiler's own and what is not") {
  const auto stages = effective_pipeline(
      *parse_by_hand(R"({"pipeline":{"optimization":[{"pass":"sroa"},{"pass":"gvn"}]}})"));
  CHECK(stage(stages, "simplification") == "the compiler's own");
  CHECK(stage(stages, "optimization") == "sroa,gvn");
  CHECK(stage(stages, "parameters") == "not there");
  const auto polly = effective_pipeline(*parse_by_hand(R"({"pipeline":{"polly":true}})"));
  CHECK(stage(polly, "simplification").starts_with("kept out of line; polly"));
}
