// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "matrix.h"

#include "interval_json.h"
#include "layout.h"
#include "samples.h"
#include "util/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

std::string in_brackets(const Interval& interval) {
  return format("%.3f [%.3f, %.3f]", interval.ratio, interval.low, interval.high);
}

std::string finding(const Matrix::Row& row) {
  if (!row.pass.empty()) {
    return "\n" + wrapped("    ", row.pass + " makes it slower: without that pass " +
                                      in_brackets(*row.without));
  }
  return "\n";
}

std::string deciding_pass(const Matrix::Row& row) {
  return row.pass.empty() ? std::string()
                          : wrapped("    ", printable(row.pass + " on " + row.pass_on + " in " + row.pass_in + " (" + row.pass_at +
                                                      ") makes the difference"));
}

std::string line(const Matrix::Row& row, int width) {
  std::string text = format("  %-*s  ", width, row.name.c_str());
  if (!row.wrong.empty()) {
    std::string words = row.wrong;
    std::replace(words.begin(), words.end(), '\n', ' ');
    return text + (row.builds ? "WRONG\n" : "DOES NOT BUILD\n") + wrapped("    ", printable(words)) + deciding_pass(row);
  }
  if (!row.untried.empty()) {
    return text + "not tried\n" + wrapped("    ", printable(row.untried));
  }
  text += "same";
  if (!row.below.empty()) {
    text += "   against " + row.below + ": " +
            (row.verdict.empty() ? std::string("not measured") : row.verdict) +
            (row.against ? " " + in_brackets(*row.against) : std::string());
  }
  return text + finding(row);
}

Json json_or_null(const std::optional<Interval>& interval) {
  return interval ? json_of(*interval) : Json(nullptr);
}

} // namespace

bool Matrix::has_finding() const {
  return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return !row.wrong.empty() || row.slower;
  });
}

std::string to_text(const Matrix& matrix) {
  std::size_t width = 0;
  for (const auto& row : matrix.rows) {
    width = std::max(width, row.name.size());
  }
  std::string text = printable(matrix.target) + "\n" +
                     wrapped("  ", matrix.compiler + ", sandbox " + matrix.sandbox + ", " +
                                       duration(matrix.session_seconds)) +
                     "\n";
  for (const auto& row : matrix.rows) {
    text += line(row, static_cast<int>(width));
  }
  text += matrix.notes.empty() ? "" : "\n";
  for (const auto& note : matrix.notes) {
    text += wrapped("  - ", note);
  }
  return text;
}

std::string to_json(const Matrix& matrix) {
  Json rows = Json::array();
  for (const auto& row : matrix.rows) {
    rows.push_back({{"name", row.name},
                    {"wrong", row.wrong},
                    {"untried", row.untried},
                    {"below", row.below},
                    {"against", json_or_null(row.against)},
                    {"verdict", row.verdict},
                    {"pass", row.pass},
                    {"pass_on", row.pass_on},
                    {"pass_in", row.pass_in},
                    {"pass_at", row.pass_at},
                    {"without", json_or_null(row.without)},
                    {"samples", json_of(row.samples)}});
  }
  return Json{{"schema", 1},
              {"target", matrix.target},
              {"compiler", matrix.compiler},
              {"sandbox", matrix.sandbox},
              {"started_at", matrix.started_at},
              {"rows", rows},
              {"notes", matrix.notes},
              {"session_seconds", matrix.session_seconds}}
      .dump(-1, ' ', false, Json::error_handler_t::replace); // what programs say need not be UTF-8
}

} // namespace autopass
