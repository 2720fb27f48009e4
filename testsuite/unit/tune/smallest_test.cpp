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
    const Smallest found = find_smallest(200, whole, together({one}), 100);
    CHECK(found.to_blame == std::vector<std::size_t>{one});
    CHECK(found.complete);
    CHECK(found.asked <= 9);
  }
}

TEST_CASE("those that fail only together are found together, and no others") {
  CHECK(find_smallest(8, whole, together({2, 5}), 100).to_blame == std::vector<std::size_t>{2, 5});
  CHECK(find_smallest(5, whole, together({0, 1, 4}), 100).to_blame ==
        std::vector<std::size_t>{0, 1, 4});
}

TEST_CASE("a single one is to blame without a question") {
  const Smallest found = find_smallest(1, whole, together({0}), 0);
  CHECK(found.to_blame == std::vector<std::size_t>{0});
  CHECK(found.asked == 0);
  CHECK(found.complete);
  CHECK(found.failure.what == "of all");
}

TEST_CASE("out of questions, what is left has been seen failing") {
  const Smallest found = find_smallest(64, whole, together({40}), 3);
  CHECK_FALSE(found.complete);
  CHECK(found.asked == 3);
  CHECK(together({40})(found.to_blame));
  CHECK(find_smallest(64, whole, together({40}), 100, [] { return true; }).to_blame.size() == 64);
}
