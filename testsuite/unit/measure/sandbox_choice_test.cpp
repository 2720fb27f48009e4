// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/sandbox_choice.h"

#include "util/file.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a sandbox is used where it can be, and the reason is said where not") {
  const auto folder = ScratchFolder::create("sandbox-choice").value();
  CHECK(choose_sandbox("off", folder.path())->sandbox == nullptr);
  CHECK(choose_sandbox("off", folder.path())->about == "off: as was asked");
  // Of /proc nothing can be seen as a copy, whatever the machine.
  const auto fallen_back = choose_sandbox("auto", "/proc").value();
  CHECK(fallen_back.sandbox == nullptr);
  CHECK(fallen_back.about.rfind("off: ", 0) == 0);
  CHECK(fallen_back.about.size() > 10);
  CHECK(choose_sandbox("on", "/proc").error().reason == "sandbox-refused");
  const auto here = choose_sandbox("auto", folder.path()).value();
  CHECK((here.about == "on") == (here.sandbox != nullptr));
}
