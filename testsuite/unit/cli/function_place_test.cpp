// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/function_place.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a function is called by its symbol, by its C++ name, and by that without parameters") {
  CHECK(is_called("main", "main"));
  CHECK_FALSE(is_called("main", "mai"));
  CHECK(is_called("_ZN2ns4sortEPii", "_ZN2ns4sortEPii"));
  CHECK(is_called("_ZN2ns4sortEPii", "ns::sort(int*, int)"));
  CHECK(is_called("_ZN2ns4sortEPii", "ns::sort"));
  CHECK_FALSE(is_called("_ZN2ns4sortEPii", "sort"));
  CHECK(is_called("_ZNSt8functionIFviEEclEi", "std::function<void (int)>::operator()"));
  CHECK(is_called("_Z4halfIiET_S0_", "half<int>")); // int half<int>(int)
  CHECK_FALSE(is_called("_Z4halfIiET_S0_", "alf<int>"));
  CHECK_FALSE(is_called("i", "int")); // no C++ name: what demanglers make of it is not meant
  CHECK(readable("_Z1fv") == "f()");
  CHECK(readable("f") == "f");
}

TEST_CASE("plans are found by the name of their function") {
  PublishedPlan one;
  one.plan.function = "_Z1fv";
  PublishedPlan other;
  other.plan.function = "g";
  CHECK(plans_called({one, other}, "f").size() == 1);
  CHECK(plans_called({one, other}, "g").front().plan.function == "g");
  CHECK(plans_called({one, other}, "h").empty());
}
