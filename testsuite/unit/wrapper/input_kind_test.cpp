// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/input_kind.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("kinds of inputs") {
  CHECK(kind_of_file("a.c") == InputKind::Source);
  CHECK(kind_of_file("a.C") == InputKind::Source);
  CHECK(kind_of_file("dir.c/a") == InputKind::Linkable);
  CHECK(kind_of_file("liba.so.1") == InputKind::Linkable);
  CHECK(kind_of_file("a. ") == InputKind::Linkable);
  CHECK(kind_of_language("c++") == InputKind::Source);
  CHECK(kind_of_language("klingon") == InputKind::Other);
}
