// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/line_diff.h"

#include <doctest/doctest.h>
#include <random>

using namespace autopass;

namespace {

// Putting the stretches together gives both lists again; equal stretches are equal.
std::size_t checked(const Lines& before, const Lines& after) {
  std::size_t at = 0, there = 0, changes = 0;
  for (const Stretch& stretch : line_diff(before, after)) {
    REQUIRE(stretch.before == at);
    REQUIRE(stretch.after == there);
    at = stretch.before_end;
    there = stretch.after_end;
    if (!stretch.equal) {
      changes += at - stretch.before + there - stretch.after;
      continue;
    }
    REQUIRE(at - stretch.before == there - stretch.after);
    for (std::size_t i = stretch.before; i < at; ++i) {
      REQUIRE(before[i] == after[stretch.after + i - stretch.before]);
    }
  }
  CHECK(at == before.size());
  CHECK(there == after.size());
  return changes;
}

// The length of the longest common subsequence, the slow way.
std::size_t fewest_changes(const Lines& a, const Lines& b) {
  std::vector<std::vector<std::size_t>> longest(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      longest[i + 1][j + 1] =
          a[i] == b[j] ? longest[i][j] + 1 : std::max(longest[i][j + 1], longest[i + 1][j]);
    }
  }
  return a.size() + b.size() - 2 * longest[a.size()][b.size()];
}

} // namespace

TEST_CASE("a difference is a smallest one") {
  CHECK(checked({}, {}) == 0);
  CHECK(checked({"a"}, {}) == 1);
  CHECK(checked({}, {"a", "b"}) == 2);
  CHECK(checked({"a", "b"}, {"a", "b"}) == 0);
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Lines before, after;
    for (std::size_t i = random() % 20; i > 0; --i) {
      before.emplace_back(1, char('a' + random() % 4));
    }
    for (std::size_t i = random() % 20; i > 0; --i) {
      after.emplace_back(1, char('a' + random() % 4));
    }
    CHECK(checked(before, after) == fewest_changes(before, after));
  }
}

TEST_CASE("lists without anything in common are replaced as a whole, in time") {
  Lines before(20'000, "x"), after(20'000, "y");
  before.insert(before.begin(), "head");
  after.insert(after.begin(), "head");
  CHECK(checked(before, after) == 40'000);
}

TEST_CASE("side by side keeps to the width and marks what differs") {
  const std::string text = side_by_side({"same", "old", "gone"}, {"same", "new"}, 23);
  CHECK(text == "same         same\n"
                "old        | new\n"
                "gone       <\n");
  const std::string wide = side_by_side({"0123456789abcdef"}, {"\x1b[31m"}, 23);
  CHECK(wide == "0123456789 | ?[31m\n"); // neither column overflows, nor is an escape obeyed
}

TEST_CASE("equal lines far from a change are counted, not shown") {
  Lines before, after;
  for (int i = 0; i < 20; ++i) {
    before.push_back(std::to_string(i));
  }
  after = before;
  after[10] = "ten";
  CHECK(one_below_other(before, after) == "    ... 7 equal lines\n"
                                          "  7\n  8\n  9\n- 10\n+ ten\n  11\n  12\n  13\n"
                                          "    ... 6 equal lines\n");
  CHECK(one_below_other(before, before) == "    ... 20 equal lines\n");
}
