// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/smallest.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace autopass;

namespace {

const Error whole{"of all", {}, "plan-crashed"}, part{"of a part", {}, "plan-crashed"};

// Fails when all of these are there.
AskFewer together(const std::vector<std::size_t>& needed) {
  return [needed](const std::vector<std::size_t>& kept) {
    return std::includes(kept.begin(), kept.end(), needed.begin(), needed.end())
               ? std::optional(part)
               : std::nullopt;
  };
}

} // namespace

TEST_CASE("one that is to blame costs the logarithm of all, and one") {
  for (std::size_t one = 0; one < 200; ++one) {
    const Smallest found = find_smallest(200, 0, whole, together({one}), 100);
    CHECK(found.to_blame == std::vector<std::size_t>{one});
    CHECK(found.complete);
    CHECK(found.asked <= 9);
  }
}

TEST_CASE("those that fail only together are found together, and no others") {
  CHECK(find_smallest(8, 0, whole, together({2, 5}), 100).to_blame == std::vector<std::size_t>{2, 5});
  CHECK(find_smallest(5, 0, whole, together({0, 1, 4}), 100).to_blame ==
        std::vector<std::size_t>{0, 1, 4});
}

TEST_CASE("a single one is to blame without a question") {
  const Smallest found = find_smallest(1, 0, whole, together({0}), 0);
  CHECK(found.to_blame == std::vector<std::size_t>{0});
  CHECK(found.asked == 0);
  CHECK(found.complete);
  CHECK(found.failure.what == "of all");
}

TEST_CASE("out of questions, what is left has been seen failing") {
  const Smallest found = find_smallest(64, 0, whole, together({40}), 3);
  CHECK_FALSE(found.complete);
  CHECK(found.asked == 3);
  CHECK(together({40})(found.to_blame));
  CHECK(find_smallest(64, 0, whole, together({40}), 100, [] { return true; }).to_blame.size() == 64);
}

TEST_CASE("what is new is asked about first, and what is known only where that is not enough") {
  const Smallest at_once = find_smallest(200, 199, whole, together({199}), 100);
  CHECK(at_once.to_blame == std::vector<std::size_t>{199});
  CHECK(at_once.asked == 1);
  CHECK(find_smallest(9, 6, whole, together({7}), 100).to_blame == std::vector<std::size_t>{7});
  CHECK(find_smallest(9, 6, whole, together({2, 7}), 100).to_blame == std::vector<std::size_t>{2, 7});
  CHECK(find_smallest(9, 6, whole, together({2}), 100).to_blame == std::vector<std::size_t>{2});
  CHECK(find_smallest(9, 9, whole, together({2}), 100).to_blame == std::vector<std::size_t>{2});
  CHECK(find_smallest(9, 6, whole, together({2, 7}), 0).to_blame.size() == 9); // nothing may be asked
}
