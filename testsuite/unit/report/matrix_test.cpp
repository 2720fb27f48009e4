// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/matrix.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace autopass;

namespace {

Matrix sample() {
  Matrix matrix;
  matrix.target = "/p/prog";
  matrix.compiler = "clang-22";
  matrix.sandbox = "on";
  matrix.rows = {{"-O0", "train 1: stdout differs", "", {}, "", false, "", {}},
                 {"-O1", "", "-O0", {}, "", false, "", {}},
                 {"-O2", "", "-O1", Interval{0.5, 0.4, 0.6, 12}, "slower", true, "slp-vectorizer", Interval{2, 1.9, 2.1, 12},
                  {{"-O2", "train", 1, {{{1, 2, true}}}}}},
                 {"-O3", "", "-O2", {}, "same code", false, "", {}},
                 {"arm", "", "", {}, "", false, "", {}, {}, "it does not build: no libz"}};
  matrix.notes = {"no plan acts in this program"};
  return matrix;
}

} // namespace

TEST_CASE("a matrix for people: a line a row, and what is wrong or slow below it") {
  CHECK(to_text(sample()) == "/p/prog\n"
                             "  clang-22, sandbox on, 0.00 s\n"
                             "\n"
                             "  -O0  WRONG\n"
                             "    train 1: stdout differs\n"
                             "  -O1  same   against -O0: not measured\n"
                             "  -O2  same   against -O1: slower 0.500 [0.400, 0.600]\n"
                             "    slp-vectorizer makes it slower: without that pass 2.000 [1.900, 2.100]\n"
                             "  -O3  same   against -O2: same code\n"
                             "  arm  not tried\n"
                             "    it does not build: no libz\n"
                             "\n"
                             "  - no plan acts in this program\n");
}

TEST_CASE("a matrix as JSON: null where nothing was measured") {
  const auto json = nlohmann::json::parse(to_json(sample()));
  CHECK(json["schema"] == 1);
  CHECK(json["rows"][1]["against"].is_null());
  CHECK(json["rows"][2]["against"]["high"] == 0.6);
  CHECK(json["rows"][2]["pass"] == "slp-vectorizer");
  CHECK(json["rows"][2]["samples"][0]["b"][0] == 2);
}

TEST_CASE("a finding is a wrong output or a slower row") {
  Matrix matrix = sample();
  CHECK(matrix.has_finding());
  matrix.rows[0].wrong.clear();
  CHECK(matrix.has_finding());
  matrix.rows.erase(matrix.rows.begin() + 2);
  CHECK_FALSE(matrix.has_finding());
}

TEST_CASE("what a program says need not be UTF-8") {
  Matrix matrix = sample();
  matrix.rows.front().wrong = "it said: caf\xe9";
  CHECK(to_json(matrix).find("it said: caf") != std::string::npos);
}
