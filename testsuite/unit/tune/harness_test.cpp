// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/harness.h"

#include "measured.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a report says that another host may still run what was ended here") {
  Measured measured;
  std::vector<std::string> notes;
  note_runs_left(measured.harness, notes);
  CHECK(notes.empty());
  RunnerOptions options;
  options.prefix = Prefix::parse("env A=b", "/").value();
  options.clock = Clock::Wall;
  options.timeout = 0.2;
  const std::string folder = measured.folder.scratch.path();
  measured.harness.runner = Runner("{target}", folder, options);
  REQUIRE(measured.harness.runner.run({"{target} 60", folder, "/dev/null", {}}, "/bin/sleep")->timed_out);
  note_runs_left(measured.harness, notes);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].find("1 run was ended here") == 0);
}
