// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One program, built in many ways: which of them print the same, and which are slower than they should
// be (tune/matrix.h), as data, for people and as JSON.
#pragma once

#include "measure/statistics.h"

#include <optional>
#include <string>
#include <vector>

namespace autopass {

struct Matrix {
  struct Row {
    std::string name;                // "-O2", "-O2 with plans", "-march=x86-64-v3"
    std::string wrong;               // the workload that fails or prints something else, and how
    std::string below;               // the row that it is compared with; empty: none
    std::optional<Interval> against; // time of `below` over its own; none when it was not measured
    std::string verdict;             // measure/verdict.h, "same code", or empty
    bool slower = false;             // that verdict
    std::string pass;                // of a slower one: the pass without which it is faster; of a wrong one: that which decides
    std::optional<Interval> without; // its time over that without the pass
    std::vector<LayoutSamples> samples = {}; // of both, by comparison
    std::string untried = {};        // why it was not tried, if so
    // Of a wrong one: what the pass works on there, the source, and the row of which it compiles that source so.
    std::string pass_on = {}, pass_in = {}, pass_at = {};
    bool builds = true;

    bool is_right() const { return wrong.empty() && untried.empty(); }
  };
  std::string target, compiler, sandbox, started_at;
  std::vector<Row> rows;
  std::vector<std::string> notes;
  double session_seconds = 0;

  bool has_finding() const; // a wrong output, or a row slower than the one below
};

std::string to_text(const Matrix& matrix);
std::string to_json(const Matrix& matrix); // one line, "schema":1

} // namespace autopass
