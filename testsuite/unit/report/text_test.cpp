// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/layout.h"
#include "sample.h"

#include "util/text.h"

#include <doctest/doctest.h>
#include <limits>

using namespace autopass;

TEST_CASE("the whole text of a gain") {
  CHECK(to_text(sample_report(), false) ==
        R"(faster: 1.112 times the speed (95 % interval 1.098 to 1.126)
  /src/lz4/lz4
  confirmed on fresh data and published: build it anew (make clean && make)

machine   znver3, clang 22.1.8, a run takes 0.82 s, noise 0.9 %
binaries  41 built, 17 identical to one seen before, 24 measured, in 3 min 07 s
proposals 41 expert, 1 llm:failed: HTTP 429

Workloads
  train    ./lz4 -5 -c train.bin
           1.112, 95 % interval 1.098 to 1.126, 36 pairs
  holdout  ./lz4 -5 -c other.bin
           1.131, 95 % interval 1.117 to 1.146, 36 pairs

Functions (share of the run time)
   62.1 %  LZ4_compress_fast_continue
           plan  params unroll-count=4
           gate  does not notice: drop-store
           why   the inner loop copies short matches; a little unrolling saves
                 the branch and no more (expert)
    2.0 %  main
           not tuned: below one percent of the run time after inlining

Turned down
  4 looks slower, 18 no difference found

Notes
  - the two inputs differ in how much they gain; the smaller number is given
)");
}

TEST_CASE("no gain, and that nothing was tried, is said plainly, first") {
  for (const std::string verdict : {"no gain found", "nothing tried"}) {
    Report report = sample_report();
    report.verdict = verdict;
    report.speedup.reset();
    report.published = false;
    const std::string text = to_text(report, false);
    CHECK(text.starts_with(verdict + ": /src/lz4/lz4\n  nothing was published;"));
    CHECK(text.find("times the speed") == std::string::npos);
  }
}

TEST_CASE("a claim that was measured again stays in force, or does not") {
  Report report = sample_report();
  report.verdict = "holds";
  CHECK(to_text(report, false).find("\n  confirmed once more, on fresh data: the plans stay in force\n") !=
        std::string::npos);
  report.verdict = "no longer holds";
  report.speedup.reset();
  CHECK(to_text(report, false).starts_with("no longer holds: /src/lz4/lz4\n  the plans stay in force all "
                                           "the same, as you asked\n"));
  report.published = false;
  CHECK(to_text(report, false).starts_with("no longer holds: /src/lz4/lz4\n  its plans are withdrawn;"));
  report.binaries = {};
  CHECK(to_text(report, false).find("binaries") == std::string::npos);
}

TEST_CASE("functions without time and plan are counted, not listed") {
  Report report = sample_report();
  report.functions[1].share = 0.001;
  const std::string text = to_text(report, false);
  CHECK(text.find("  main\n") == std::string::npos);
  CHECK(text.find("  and 1 not tuned, below 0.5 % each\n") != std::string::npos);
}

TEST_CASE("functions that have no more than a profile, and no time, are counted, not listed") {
  Report report = sample_report();
  report.functions[0].share = 0.001;
  report.functions[0].elements = {"calls 3=inline", "calls 5=inline", "profile of 12 branches"};
  const std::string text = to_text(report, false);
  CHECK(text.find("  and 1 with what was counted in them alone, below 0.5 % each\n") != std::string::npos);
  CHECK(text.find("profile of 12") == std::string::npos);
  report.functions[0].elements.emplace_back("params unroll-count=4");
  const std::string listed = to_text(report, false);
  CHECK(listed.find("profile of 12 branches; params unroll-count=4; decisions") != std::string::npos);
  CHECK(listed.find("calls 3=inline") == std::string::npos);
}

TEST_CASE("colour only when it is asked for") {
  CHECK(to_text(sample_report(), false).find('\033') == std::string::npos);
  CHECK(to_text(sample_report(), true).starts_with("\033[1mfaster"));
}

TEST_CASE("an interval that too few pairs gave is not shown as one") {
  Report report = sample_report();
  report.workloads[0].interval = {1.2, 0, std::numeric_limits<double>::infinity(), 3};
  CHECK(to_text(report, false).find("1.200, too few pairs (3) for an interval") !=
        std::string::npos);
}
