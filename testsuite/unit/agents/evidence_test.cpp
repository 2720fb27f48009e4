// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "agents/evidence.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

const std::string hex = "00000000000000010000000000000002";
const std::string good =
    R"({"v":1,"function":"f","fingerprint":")" + hex + R"(","context":")" + hex +
    R"(","linkage":"external","instructions":120,"blocks":14,"calls":2,"branches":6,"selects":3,)"
    R"("switches":0,"optimised_instructions":260,"call_sites":[{"call":3,"callee":"g","fingerprint":")" +
    hex +
    R"(","can_inline":true,"inlined":0,"kept":1,"cost":260,"threshold":250}],"loops":[{"loop":0,"parent":-1,"hash":")" +
    hex +
    R"(","depth":1,"blocks":1,"instructions":12,"loads":2,"stores":1,"branches":1,"selects":0,)"
    R"("calls":0,"float":true,"trip_count":8,"trip_multiple":8,"innermost":true,"element_bits":32,)"
    R"("vector":{"width":4,"interleave":2,"widest":8,"limit":"cost"}}],)"
    R"("remarks":[{"pass":"loop-unroll","kind":"passed","name":"PartialUnrolled","message":"m","count":2,)"
    R"("loop":3,"line":7,"fields":{"UnrollCount":4,"Reason":"why\n","odd":[1],"Always":"always"}}],)"
    R"("inlining":[{"callee":"g","inlined":false,"cost":250,"threshold":225,"reason":"TooCostly","count":2},)"
    R"({"callee":"h","inlined":true,"cost":"always"}],)"
    R"("bytes":512,"stack_bytes":40,"spills":3,"reloads":5,"hot_blocks":[{"block":2,"depth":1,)"
    R"("instructions":9,"frequency":31.5,"share":0.9}],"ir":[{"at":"start","text":"define\nx"}],)"
    R"("changes":[{"pass":"SROAPass","run":2,"instructions":-12,"blocks":1}],)"
    R"("passes":[{"pass":"SLPVectorizerPass","runs":1,"changed":0}]})";

} // namespace

TEST_CASE("evidence is read field by field") {
  const auto functions = parse_evidence(good + "\n\n" + good + "\n");
  REQUIRE(functions);
  REQUIRE(functions->size() == 2);
  const FunctionEvidence& f = functions->front();
  CHECK(f.function == "f");
  CHECK(f.fingerprint == Digest{1, 2});
  CHECK(f.optimised_instructions == 260);
  REQUIRE(f.loops.size() == 1);
  CHECK(f.loops[0].floating);
  CHECK(f.loops[0].innermost);
  CHECK(f.loops[0].parent == -1);
  CHECK(f.loops[0].trip_count == 8);
  CHECK(f.loops[0].hash == Digest{1, 2});
  REQUIRE(f.call_sites.size() == 1);
  CHECK(f.call_sites[0].call == 3);
  CHECK(f.call_sites[0].callee == "g");
  CHECK(f.call_sites[0].fingerprint == Digest{1, 2});
  CHECK(f.call_sites[0].can_inline);
  CHECK(f.call_sites[0].kept == 1);
  CHECK(f.call_sites[0].cost == 260);
  CHECK(f.call_sites[0].threshold == 250);
  REQUIRE(f.remarks.size() == 1);
  CHECK(f.remarks[0].name == "PartialUnrolled");
  CHECK(f.remarks[0].count == 2);
  REQUIRE(f.passes.size() == 1);
  CHECK(f.passes[0].changed == 0);
}

TEST_CASE("numbers and reasons are fields") {
  const auto functions = parse_evidence(good);
  REQUIRE(functions);
  const FunctionEvidence& f = functions->front();
  CHECK(f.loops[0].vector.width == 4);
  CHECK(f.loops[0].vector.limit == "cost");
  const Remark& remark = f.remarks[0];
  CHECK(remark.loop == 3);
  CHECK(remark.line == 7);
  CHECK(number_in(remark, "UnrollCount") == 4);
  CHECK_FALSE(number_in(remark, "Always"));
  CHECK_FALSE(number_in(remark, "odd"));
  CHECK(remark.fields.at("Reason") == "why ");
  REQUIRE(f.inlining.size() == 2);
  CHECK(f.inlining[0].cost == 250);
  CHECK(f.inlining[0].reason == "TooCostly");
  CHECK(f.inlining[1].inlined);
  CHECK_FALSE(f.inlining[1].cost);
  CHECK(f.bytes == 512);
  CHECK(f.stack_bytes == 40);
  CHECK_FALSE(f.machine_instructions);
  CHECK(f.spills == 3);
  REQUIRE(f.changes.size() == 1);
  CHECK(f.changes[0].instructions == -12);
  REQUIRE(f.hot_blocks.size() == 1);
  CHECK(f.hot_blocks[0].frequency == doctest::Approx(31.5));
  REQUIRE(f.ir.size() == 1);
  CHECK(f.ir[0].text == "define\nx");
}

TEST_CASE("a line that is no record is an error that names it") {
  for (const std::string& bad : {std::string("garbage"), std::string("[]"), std::string("{}"),
                                 std::string("\xff\xfe\x00", 3), good.substr(0, good.size() / 2),
                                 R"({"v":2)" + good.substr(6),
                                 std::string(R"({"v":1,"function":"f","fingerprint":"12"})")}) {
    const auto functions = parse_evidence(good + "\n" + bad);
    REQUIRE_FALSE(functions);
    CHECK(functions.error().reason == "evidence-malformed");
    CHECK(functions.error().what.find("line 2") != std::string::npos);
  }
}

TEST_CASE("odd fields are lost, nothing else is") {
  const auto functions = parse_evidence(
      R"({"v":1,"function":"f","fingerprint":")" + hex +
      R"(","instructions":-5,"blocks":1e300,"calls":"many","loops":{"a":1},"remarks":[7,)"
      R"({"pass":"p\u0007\n","message":3}],"unknown":[[[]]]})");
  REQUIRE(functions);
  const FunctionEvidence& f = functions->front();
  CHECK(f.instructions == 0);
  CHECK(f.blocks == 1 << 30);
  CHECK(f.calls == 0);
  CHECK(f.loops.empty());
  REQUIRE(f.remarks.size() == 1);
  CHECK(f.remarks[0].pass == "p  ");
}

TEST_CASE("what grows is bounded") {
  std::string loops = "{}";
  for (int i = 0; i < 3000; ++i) {
    loops += ",{}";
  }
  const auto functions = parse_evidence(R"({"v":1,"function":"f","fingerprint":")" + hex +
                                        R"(","loops":[)" + loops + "]}");
  REQUIRE(functions);
  CHECK(functions->front().loops.size() == 1024);
  // Deep nesting must neither recurse nor throw.
  CHECK_FALSE(parse_evidence(std::string(1'000'000, '[')));
  // Nor is a line read that is longer than any function's, whatever else is right with it.
  CHECK_FALSE(parse_evidence(R"({"v":1,"function":"f","fingerprint":")" + hex + R"(","x":")" +
                             std::string(17'000'000, ' ') + "\"}"));
}
