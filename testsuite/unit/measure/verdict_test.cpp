// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/verdict.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("each verdict has its one name") {
  CHECK(verdict_name(Verdict::Faster) == "faster");
  CHECK(verdict_name(Verdict::Slower) == "slower");
  CHECK(verdict_name(Verdict::NoDifference) == "no difference found");
  CHECK(verdict_name(Verdict::WrongOutput) == "wrong output");
  CHECK(verdict_name(Verdict::Invalid) == "invalid");
  CHECK(verdict_name(Verdict::Failed) == "failed");
  CHECK(screened_name(Verdict::Faster) == "looks faster");
  CHECK(screened_name(Verdict::Slower) == "looks slower");
  CHECK(screened_name(Verdict::WrongOutput) == "wrong output");
}
