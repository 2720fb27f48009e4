// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "report/report.h"

namespace autopass {

// A report in which every field says something.
inline Report sample_report() {
  Report report;
  report.target = "/src/lz4/lz4";
  report.verdict = "faster";
  report.speedup = Interval{1.112, 1.098, 1.126, 36};
  report.workloads = {{"./lz4 -5 -c train.bin", "train", {1.112, 1.098, 1.126, 36}},
                      {"./lz4 -5 -c other.bin", "holdout", {1.131, 1.117, 1.146, 36}}};
  report.confirmed_by = "confirm 0123";
  report.samples = {{"confirm 0123", "train 1", 0, {{{0.9, 0.8, true}, {0.91, 0.82, false}}}},
                    {"confirm 0123", "train 1", 3, {{{0.95, 0.85, true}}}}};
  report.binaries = {41, 17, 24};
  report.functions = {
      {"LZ4_compress_fast_continue",
       0.621,
       R"({"v":2,"params":{"unroll-count":4}})",
       "the inner loop copies short matches; a little unrolling saves the branch and no more",
       "expert",
       {"params unroll-count=4"},
       {"drop-store"}},
      {"main", 0.02, "", "below one percent of the run time after inlining", "", {}, {}}};
  report.rejected = {{"no difference found", 18}, {"looks slower", 4}};
  report.agents = {{"expert", 41}, {"llm:failed: HTTP 429", 1}};
  report.trials = {{"expert",
                    "unrolling saves the branch",
                    "looks faster",
                    "as predicted",
                    {1.11, 1.09, 1.13, 9},
                    1.05,
                    {{{1, 0.9, true}}}}};
  report.notes = {"the two inputs differ in how much they gain; the smaller number is given"};
  report.cpu = "znver3";
  report.compiler = "clang 22.1.8";
  report.started_at = "2026-11-21T11:00:00Z";
  report.code = "00112233445566778899aabbccddeeff";
  report.noise_percent = 0.9;
  report.run_seconds = 0.82;
  report.session_seconds = 187;
  report.published = true;
  return report;
}

} // namespace autopass
