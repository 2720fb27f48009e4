// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/pipeline_text.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a pass is written with its options in LLVM's words") {
  CHECK(pass_text({"gvn", {}}) == "gvn");
  CHECK(pass_text({"licm", {{"allowspeculation", false}}}) == "licm<no-allowspeculation>");
  CHECK(pass_text({"sroa", {{"mode", std::string("modify-cfg")}}}) == "sroa<modify-cfg>");
  CHECK(pass_text({"loop-unroll", {{"full-unroll-max", std::int64_t(4)}, {"runtime", false}}}) ==
        "loop-unroll<full-unroll-max=4;no-runtime>");
  CHECK(pass_text({"lower-atomic", {}}).empty());
}

TEST_CASE("the fixed point of instcombine is never verified") {
  CHECK(pass_text({"instcombine", {}}) == "instcombine<no-verify-fixpoint>");
}

TEST_CASE("what LLVM has no words for is not written") {
  CHECK(pass_text({"vector-combine", {{"early-only", true}}}) == "vector-combine");
  CHECK(pass_text({"loop-unroll-full", {{"level", std::string("O3")}}}) == "loop-unroll-full");
}

TEST_CASE("loop passes that follow one another share a manager") {
  CHECK(pipeline_text({}).empty());
  const std::vector<PassUse> plain = {{"sroa", {}}, {"indvars", {}}, {"loop-deletion", {}}};
  CHECK(pipeline_text(plain) == "sroa,loop(indvars,loop-deletion)");
  const std::vector<PassUse> graph = {
      {"loop-rotate", {}}, {"licm", {}}, {"gvn", {}}, {"loop-idiom", {}}};
  CHECK(pipeline_text(graph) == "loop-mssa(loop-rotate,licm),gvn,loop(loop-idiom)");
  const std::vector<PassUse> first = {
      {"loop-instsimplify", {}}, {"loop-simplifycfg", {}}, {"licm", {}}, {"simple-loop-unswitch", {}}};
  CHECK(pipeline_text(first) == "loop-mssa(loop-instsimplify,loop-simplifycfg,licm,simple-loop-unswitch)");
  // Not every pass keeps the memory graph.
  const std::vector<PassUse> mixed = {
      {"loop-rotate", {}}, {"loop-unroll-full", {}}, {"licm", {}}, {"loop-rotate", {}}, {"indvars", {}}};
  CHECK(pipeline_text(mixed) ==
        "loop(loop-rotate,loop-unroll-full),loop-mssa(licm,loop-rotate),loop(indvars)");
}
