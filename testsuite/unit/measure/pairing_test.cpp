// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/pairing.h"

#include "util/file.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <sstream>
#include <sys/stat.h>

using namespace autopass;

namespace {

// A workload in a folder of its own, the scratch folder inside it, pinned to the last core.
struct PairingBench {
  ScratchFolder folder = ScratchFolder::create("pairing-test").value();
  Workload workload{"./prog", folder.path(), "/dev/null", {}};

  Runner runner(int core = usable_cores().back()) const {
    RunnerOptions options;
    options.core = core;
    options.timeout = 20;
    return Runner(folder.path() + "/prog", folder.path() + "/scratch", options);
  }
  std::string program(const std::string& name, const std::string& script) const {
    const std::string path = folder.path() + "/" + name;
    REQUIRE(write_file(path, "#!/bin/sh\n" + script + "\n"));
    ::chmod(path.c_str(), 0755);
    return path;
  }
};

std::string no_complaint_of_x(const Run& run) {
  return !run.success() ? run.status() : run.output_start == "x\n" ? "" : "stdout differs";
}

PairingChoice choose(const PairingBench& bench, const Runner& runner, const std::string& script) {
  return choose_pairing(runner, bench.workload, bench.program("binary", script), no_complaint_of_x).value();
}

} // namespace

TEST_CASE("a workload that only prints can run beside itself") {
  const PairingBench bench;
  const auto choice = choose(bench, bench.runner(), "echo x");
  CHECK(choice.pairing == Pairing::SideBySide);
  CHECK(choice.why_in_turn.empty());
}

TEST_CASE("what two runs could meddle with has them run in turn, and the reason is said") {
  PairingBench bench;
  CHECK(choose(bench, bench.runner(), "echo y > written; echo x").why_in_turn ==
        "the workload writes files in its folder");
  // Leaves nothing behind, but a second one cannot run meanwhile.
  CHECK(choose(bench, bench.runner(),
               "mkdir lock 2>&- || { echo busy; exit 0; }; sleep 0.5; rmdir lock; echo x")
            .why_in_turn == "two runs at once do not both give the right output");
  CHECK(choose(bench, bench.runner(-1), "echo x").why_in_turn == "runs are not pinned to a core");
  bench.workload.outputs = {"file"};
  CHECK(choose(bench, bench.runner(), "echo x").why_in_turn == "the workload has output files");
}

TEST_CASE("side by side, both start before either has ended, on one core, with one padding") {
  const PairingBench bench;
  const std::string script = "echo start ${#AUTOPASS_PADDING} $(nproc) >> ../log\n"
                             "sleep 0.3\necho end 0 0 >> ../log\necho x";
  const auto runner = bench.runner();
  const auto a = bench.program("a", "cd scratch;" + script), b = bench.program("b", "cd scratch;" + script);
  CompareOptions options;
  options.pairing = Pairing::SideBySide;
  options.most = 1;
  REQUIRE(make_folders(bench.folder.path() + "/scratch"));
  const auto result = compare(runner, bench.workload, a, b, no_complaint_of_x, options).value();
  CHECK(result.ended == Ended::Done);
  std::istringstream log(read_file(bench.folder.path() + "/log").value());
  std::vector<std::string> acts;
  std::vector<int> paddings;
  for (std::string act; log >> act;) {
    int padding = 0, cores = 0;
    log >> padding >> cores;
    acts.push_back(act);
    if (act == "start") {
      CHECK(cores == 1);
      paddings.push_back(padding);
    }
  }
  CHECK(acts == std::vector<std::string>{"start", "start", "end", "end"});
  REQUIRE(paddings.size() == 2);
  CHECK(paddings[0] == paddings[1]);
}

TEST_CASE("side by side, the wrong one of two is told apart") {
  const PairingBench bench;
  CompareOptions options;
  options.pairing = Pairing::SideBySide;
  const auto good = bench.program("good", "echo x"), bad = bench.program("bad", "echo y");
  for (options.seed = 1; options.seed < 7; ++options.seed) { // either may be started first
    CHECK(compare(bench.runner(), bench.workload, good, bad, no_complaint_of_x, options)->ended ==
          Ended::WrongOutput);
    CHECK(compare(bench.runner(), bench.workload, bad, good, no_complaint_of_x, options).error().reason ==
          "output-varies");
  }
}
