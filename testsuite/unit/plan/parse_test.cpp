// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {
constexpr const char* hash = "00112233445566778899aabbccddeeff";

std::string pipeline(const char* content) {
  return std::string(R"({"v":2,"pipeline":{)") + content + "}}";
}

std::string calls(const char* content) {
  return std::string(R"({"v":2,"calls":[{"call":1,"callee":")") + hash + "\"," + content + "}]}";
}

std::string profile(const char* content) {
  return std::string(R"({"v":2,"profile":{"cfg":")") + hash + "\"," + content + "}}";
}

}

TEST_CASE("the canonical text is read back to the same text") {
  const std::string text =
      std::string(R"({"v":2,"pipeline":{"skip":[{"pass":"InstCombinePass","run":3},)") +
      R"({"pass":"SLPVectorizerPass"}],"insert":[{"at":"cgscc-late","passes":[{"pass":"dse"}]},)" +
      R"({"at":"scalar-late","passes":[{"pass":"gvn"},)" +
      R"({"pass":"licm","options":{"allowspeculation":false}}]}],)" +
      R"("simplification":[{"pass":"sroa"},{"pass":"simplifycfg"}],)" +
      R"("optimization":[{"pass":"loop-unroll","options":{"full-unroll-max":8,"level":"O3"}}],)" +
      R"("polly":true},"params":{"slp-threshold":-5,"unroll-count":4},)" +
      R"("codegen":{"machine-cse":false,"x86-cmov-converter":false},)" +
      R"("attrs":{"noinline":true,"tune-cpu":"znver3"},)" + R"("loops":[{"loop":0,"hash":")" + hash +
      R"(","interleave":2,"width":"8"}],"calls":[{"call":3,"callee":")" + hash +
      R"(","inline":true}],"profile":{"cfg":")" + hash +
      R"(","entry":1000,"weights":[[10,90],[],[1,2,4294967295]]}})";
  const auto plan = parse(text);
  REQUIRE(plan);
  CHECK(print(*plan) == text);
  CHECK(plan->pipeline.skip[0].run == 3);
  CHECK(plan->loops[0].hash.hex() == hash);
  CHECK(plan->calls[0].inline_it);
  CHECK(plan->profile->weights[2][2] == 4294967295);
}

TEST_CASE("order and blanks do not matter") {
  const auto plan = parse(R"( {"params" : {"unroll-count": 4, "enable-load-pre": false}, "v": 2} )");
  REQUIRE(plan);
  CHECK(print(*plan) == R"({"v":2,"params":{"enable-load-pre":false,"unroll-count":4}})");
}

TEST_CASE("the empty plan") {
  const auto plan = parse(R"({"v":2})");
  REQUIRE(plan);
  CHECK(plan->empty());
  CHECK(print(*plan) == R"({"v":2})");
}

TEST_CASE("another version has a reason of its own") {
  for (const char* text : {R"({"v":1})", R"({"v":3})", R"({})", R"({"v":"1"})"}) {
    const auto plan = parse(text);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().reason == "vocabulary-version");
  }
}

TEST_CASE("what is no plan is refused") {
  const std::string loop = std::string(R"({"loop":0,"hash":")") + hash + '"';
  for (const std::string& text : {
           std::string(), std::string("null"), std::string("[]"), std::string("{"),
           std::string(R"({"v":2}x)"), std::string("{\"v\":2,\"params\":{\"\xff\":1}}"),
           std::string(R"({"v":2,"v":2})"),
           std::string(R"({"v":2,"params":{"unroll-count":4,"unroll-count":8}})"),
           std::string(R"({"v":2,"extra":{}})"), std::string(R"({"v":2,"params":[]})"),
           std::string(R"({"v":2,"params":{"unroll-count":4.0}})"),
           std::string(R"({"v":2,"params":{"unroll-count":"4"}})"),
           std::string(R"({"v":2,"params":{"unroll-count":18446744073709551620}})"),
           std::string(R"({"v":2,"params":{"unroll-count":18446744073709551615}})"),
           std::string(R"({"v":2,"params":{"unroll-count":null}})"),
           std::string(R"({"v":2,"params":{"unroll-count":{"a":[[[[1]]]]}}})"),
           std::string(R"({"v":2,"params":{"made-up":true}})"),
           std::string(R"({"v":2,"codegen":{"unroll-count":4}})"),
           std::string(R"({"v":2,"codegen":{"machine-cse":true}})"),
           std::string(R"({"v":2,"skip":[{"pass":"GVNPass"}]})"),
           pipeline(R"("skip":{})"), pipeline(R"("skip":["GVNPass"])"),
           pipeline(R"("skip":[{"pass":"GVNPass","run":0}])"),
           pipeline(R"("skip":[{"pass":"GVNPass","run":65}])"),
           pipeline(R"("skip":[{"pass":"GVNPass","times":1}])"),
           pipeline(R"("skip":[{"pass":"GVNPass"},{"pass":"GVNPass"}])"),
           pipeline(R"("skip":[{"pass":"VerifierPass"}])"),
           pipeline(R"("skip":[{"pass":"machine-cse"}])"), pipeline(R"("skip":[{"pass":"gvn"}])"),
           pipeline(R"("polly":false)"), pipeline(R"("polly":1)"), pipeline(R"("magic":[])"),
           pipeline(R"("simplification":[{"pass":"GVNPass"}])"),
           pipeline(R"("simplification":[{"pass":"inline"}])"),
           pipeline(R"("simplification":[{"pass":"gvn),lower-atomic"}])"),
           pipeline(R"("simplification":[{"pass":"lower-atomic"}])"),
           pipeline(R"("simplification":[{"pass":"gvn","options":{"load-pre":1}}])"),
           pipeline(R"("simplification":[{"pass":"gvn","options":{"no-pre":true}}])"),
           pipeline(R"("simplification":[{"pass":"early-cse","options":{"memssa":false}}])"),
           pipeline(R"("optimization":[{"pass":"gvn","times":2}])"),
           pipeline(R"("optimization":[{"options":{}}])"), pipeline(R"("optimization":"gvn")"),
           pipeline(R"("insert":[{"at":"nowhere","passes":[{"pass":"gvn"}]}])"),
           pipeline(R"("insert":[{"at":"loop-end","passes":[{"pass":"gvn"}]}])"),
           pipeline(R"("insert":[{"at":"loop-end","passes":[{"pass":"licm"}]}])"),
           pipeline(R"("insert":[{"at":"scalar-late","passes":[]}])"),
           pipeline(R"("insert":[{"passes":[{"pass":"gvn"}]}])"),
           pipeline(R"("insert":[{"at":"scalar-late","passes":[{"pass":"gvn"}]},)"
                    R"({"at":"scalar-late","passes":[{"pass":"dse"}]}])"),
           calls(R"("inline":1)"), calls(R"("inline":true,"why":1)"), calls(R"("hint":true)"),
           calls(R"("inline":true},{"call":1,"callee":"00112233445566778899aabbccddeeff","inline":true)"),
           profile(R"("entry":-1,"weights":[])"), profile(R"("entry":1)"),
           profile(R"("entry":1,"weights":[[1]])"), profile(R"("entry":1,"weights":[[0,0]])"),
           profile(R"("entry":1,"weights":[[1,4294967296]])"),
           profile(R"("entry":1,"weights":[[1,-1]])"), profile(R"("entry":1,"weights":[1,2])"),
           profile(R"("entry":1.5,"weights":[])"), profile(R"("entry":1,"weights":[],"x":1)"),
           std::string(R"({"v":2,"attrs":{"noinline":false}})"),
           std::string(R"({"v":2,"attrs":{"tune-cpu":"znver3,+avx"}})"),
           R"({"v":2,"loops":[)" + loop + "}]}", R"({"v":2,"loops":[)" + loop + R"(,"width":3}]})",
           R"({"v":2,"loops":[)" + loop + R"(,"width":"3"}]})",
           R"({"v":2,"loops":[)" + loop + R"(,"unroll":2},)" + loop + R"(,"unroll":2}]})",
           std::string(R"({"v":2,"loops":[{"loop":0,"hash":"12","unroll":2}]})"),
           std::string(R"({"v":2,"loops":[{"loop":-1,"hash":"00112233445566778899aabbccddeeff","unroll":2}]})"),
       }) {
    CAPTURE(text);
    const auto plan = parse(text);
    CHECK_FALSE(plan);
    if (!plan) {
      CHECK(plan.error().reason == (text == "{}" ? "vocabulary-version" : "invalid-plan"));
    }
  }
}

TEST_CASE("size is bounded before anything is read") {
  std::string text = R"({"v":2})";
  text.append(300'000, ' ');
  CHECK_FALSE(parse(text));
  std::string deep(250'000, '[');
  CHECK_FALSE(parse(deep));
}
