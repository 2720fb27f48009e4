// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/command_pair.h"

#include "util/file.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

struct PairBench {
  ScratchFolder folder = ScratchFolder::create("command-pair-test").value();

  CommandPair pair(const std::string& first, const std::string& second, int core) const {
    const auto shell = [](const std::string& text) {
      return CommandPair::Words{"/bin/sh", "-c", text};
    };
    return CommandPair({shell(first), shell(second)}, folder.path() + "/scratch",
                       {folder.path(), "/dev/null", core, 20});
  }
};

} // namespace

TEST_CASE("the first command's run comes first, whoever starts first and in both ways") {
  const PairBench bench;
  const CommandPair pair = bench.pair("echo a; exit 3", "echo $EXTRA", -1);
  for (const Pairing pairing : {Pairing::InTurn, Pairing::SideBySide}) {
    for (const bool first_first : {true, false}) {
      const auto runs = pair.run_both(pairing, first_first, "EXTRA=b").value();
      CHECK(runs[0].output_start == "a\n");
      CHECK(runs[0].exit_code == 3);
      CHECK(runs[1].output_start == "b\n");
    }
  }
}

TEST_CASE("commands that leave each other alone share a core, others do not") {
  const PairBench bench;
  const int core = usable_cores().back();
  CHECK(bench.pair("echo a", "echo b", core).choose().value().pairing == Pairing::SideBySide);
  CHECK(bench.pair("echo a", "echo b", -1).choose().value().pairing == Pairing::InTurn);
  CHECK(bench.pair("echo a", "echo > written", core).choose().value().why_in_turn ==
        "the workload writes files in its folder");
  CHECK(bench
            .pair("mkdir lock 2>&- || { echo busy; exit 0; }; sleep 0.5; rmdir lock",
                  "mkdir lock 2>&- || { echo busy; exit 0; }; sleep 0.5; rmdir lock", core)
            .choose()
            .value()
            .why_in_turn == "two runs at once do not both give the right output");
}

TEST_CASE("what prints without end is stopped, for each of the two") {
  const PairBench bench;
  CommandPairOptions options{bench.folder.path(), "/dev/null", -1, 20};
  CHECK(options.output_limit == 1ull << 30);
  options.output_limit = 10'000;
  const CommandPair pair({CommandPair::Words{"yes"}, CommandPair::Words{"/bin/sh", "-c", "yes; exit $?"}},
                         bench.folder.path(), options);
  const auto runs = pair.run_both(Pairing::InTurn, true, "EXTRA=").value();
  for (const Run& run : runs) {
    CHECK(run.stopped == "more than 10000 bytes for one file");
    CHECK(run.output_size == 10'000);
  }
}

TEST_CASE("a program that is not there is an error") {
  const PairBench bench;
  const CommandPair pair({CommandPair::Words{"/no/such/program"}, CommandPair::Words{"true"}},
                         bench.folder.path(), {bench.folder.path(), "/dev/null", -1, 20});
  CHECK_FALSE(pair.run_both(Pairing::InTurn, true, "EXTRA=").has_value());
}
