// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The plan reader: the input is the text of a plan. What it takes has one meaning: it validates, is
// printed in one way, and reads the same when it is read again; each element can be taken away.
#include "fuzz.h"
#include "plan/plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace autopass;
  const auto plan = parse(text(data, size));
  if (!plan) {
    check(plan.error().reason == "invalid-plan" || plan.error().reason == "vocabulary-version");
    return 0;
  }
  must(validate(*plan));
  const std::string printed = print(*plan);
  const auto again = parse(printed);
  check(again && *again == *plan && print(*again) == printed && digest(*again) == digest(*plan));
  const std::size_t count = elements(*plan).size();
  check((count == 0) == plan->empty());
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 8); ++i) {
    const Plan less = without(*plan, i);
    must(validate(less));
    check(elements(less).size() == count - 1);
    check(merge(less, *plan) == *plan);
  }
  return 0;
}
