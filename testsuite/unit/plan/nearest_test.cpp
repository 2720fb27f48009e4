// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/nearest.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a name within two edits is found, one that could be two or none is not") {
  CHECK(nearest_entry(Kind::Params, "unrol-count")->name == "unroll-count");
  CHECK(nearest_entry(Kind::Params, "unroll_coun")->name == "unroll-count");
  CHECK(nearest_entry(Kind::Params, "make-it-fast") == nullptr);
  CHECK(nearest_entry(Kind::Codegen, "unrol-count") == nullptr);
  CHECK(nearest_entry(Kind::Attrs, "al") == nullptr);
  CHECK(nearest_pass("jump-threadin")->id == "jump-threading");
  CHECK(nearest_pass("inlin") == nullptr); // can only be left out
  CHECK(nearest_skippable("GVNPas")->id == "gvn");
  CHECK(nearest_skippable("gvn")->class_name == "GVNPass");
  CHECK(nearest_option(*find_pass("licm"), "allow-speculation")->name == "allowspeculation");
  CHECK(nearest_insertion_point("vectoriser-end")->name == "vectorizer-end");
}
