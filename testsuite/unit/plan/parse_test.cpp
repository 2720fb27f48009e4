// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/plan.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {
constexpr const char* hash = "00112233445566778899aabbccddeeff";
}

TEST_CASE("the canonical text is read back to the same text") {
  const std::string text =
      std::string(R"({"v":1,"params":{"slp-threshold":-5,"unroll-count":4},)") +
      R"("codegen":{"x86-cmov-converter":false},)" +
      R"("skip":[{"pass":"InstCombinePass","run":3},{"pass":"SLPVectorizerPass"}],)" +
      R"("attrs":{"noinline":true,"tune-cpu":"znver3"},)" + R"("loops":[{"loop":0,"hash":")" + hash +
      R"(","interleave":2,"width":"8"}]})";
  const auto plan = parse(text);
  REQUIRE(plan);
  CHECK(print(*plan) == text);
  CHECK(plan->skip[0].run == 3);
  CHECK(plan->loops[0].hash.hex() == hash);
}

TEST_CASE("order and blanks do not matter") {
  const auto plan = parse(R"( {"params" : {"unroll-count": 4, "enable-pre": false}, "v": 1} )");
  REQUIRE(plan);
  CHECK(print(*plan) == R"({"v":1,"params":{"enable-pre":false,"unroll-count":4}})");
}

TEST_CASE("the empty plan") {
  const auto plan = parse(R"({"v":1})");
  REQUIRE(plan);
  CHECK(plan->empty());
  CHECK(print(*plan) == R"({"v":1})");
}

TEST_CASE("another version has a reason of its own") {
  for (const char* text : {R"({"v":2})", R"({})", R"({"v":"1"})"}) {
    const auto plan = parse(text);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().reason == "vocabulary-version");
  }
}

TEST_CASE("what is no plan is refused") {
  const std::string loop = std::string(R"({"loop":0,"hash":")") + hash + '"';
  for (const std::string& text : {
           std::string(), std::string("null"), std::string("[]"), std::string("{"),
           std::string(R"({"v":1}x)"), std::string("{\"v\":1,\"params\":{\"\xff\":1}}"),
           std::string(R"({"v":1,"v":1})"),
           std::string(R"({"v":1,"params":{"unroll-count":4,"unroll-count":8}})"),
           std::string(R"({"v":1,"extra":{}})"), std::string(R"({"v":1,"params":[]})"),
           std::string(R"({"v":1,"params":{"unroll-count":4.0}})"),
           std::string(R"({"v":1,"params":{"unroll-count":"4"}})"),
           std::string(R"({"v":1,"params":{"unroll-count":18446744073709551620}})"),
           std::string(R"({"v":1,"params":{"unroll-count":18446744073709551615}})"),
           std::string(R"({"v":1,"params":{"unroll-count":null}})"),
           std::string(R"({"v":1,"params":{"unroll-count":{"a":[[[[1]]]]}}})"),
           std::string(R"({"v":1,"params":{"made-up":true}})"),
           std::string(R"({"v":1,"codegen":{"unroll-count":4}})"),
           std::string(R"({"v":1,"skip":{}})"), std::string(R"({"v":1,"skip":["GVNPass"]})"),
           std::string(R"({"v":1,"skip":[{"pass":"GVNPass","run":0}]})"),
           std::string(R"({"v":1,"skip":[{"pass":"GVNPass","run":65}]})"),
           std::string(R"({"v":1,"skip":[{"pass":"GVNPass","times":1}]})"),
           std::string(R"({"v":1,"skip":[{"pass":"GVNPass"},{"pass":"GVNPass"}]})"),
           std::string(R"({"v":1,"skip":[{"pass":"VerifierPass"}]})"),
           std::string(R"({"v":1,"attrs":{"noinline":false}})"),
           std::string(R"({"v":1,"attrs":{"tune-cpu":"znver3,+avx"}})"),
           R"({"v":1,"loops":[)" + loop + "}]}", R"({"v":1,"loops":[)" + loop + R"(,"width":3}]})",
           R"({"v":1,"loops":[)" + loop + R"(,"width":"3"}]})",
           R"({"v":1,"loops":[)" + loop + R"(,"unroll":2},)" + loop + R"(,"unroll":2}]})",
           std::string(R"({"v":1,"loops":[{"loop":0,"hash":"12","unroll":2}]})"),
           std::string(R"({"v":1,"loops":[{"loop":-1,"hash":"00112233445566778899aabbccddeeff","unroll":2}]})"),
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
  std::string text = R"({"v":1})";
  text.append(70'000, ' ');
  CHECK_FALSE(parse(text));
  std::string deep(60'000, '[');
  CHECK_FALSE(parse(deep));
}
