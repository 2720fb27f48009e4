// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace autopass {

namespace {

// Levenshtein's distance, or 3 for everything that is farther than 2.
std::size_t distance(std::string_view left, std::string_view right) {
  constexpr std::size_t far = 3;
  if (left.size() > right.size() + 2 || right.size() > left.size() + 2) {
    return far;
  }
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return std::min(row.back(), far);
}

// Among the rows that `eligible` lets in, by the name in `member`.
template <class Row>
const Row* nearest(std::span<const Row> rows, std::string_view name,
                   std::string_view Row::*member, const auto& eligible) {
  const Row* found = nullptr;
  std::size_t best = 3;
  for (const Row& row : rows) {
    if (!eligible(row)) {
      continue;
    }
    const std::size_t edits = distance(name, row.*member);
    if (edits < best) {
      best = edits;
      found = &row;
    } else if (edits == best) {
      found = nullptr;
    }
  }
  return found != nullptr && name.size() > 2 * best + 2 ? found : nullptr;
}

constexpr auto any = [](const auto&) { return true; };

} // namespace

const Entry* nearest_entry(Kind kind, std::string_view name) {
  return nearest(vocabulary(), name, &Entry::name,
                 [&](const Entry& entry) { return entry.kind == kind; });
}

const AdmittedPass* nearest_pass(std::string_view id) {
  return nearest(passes(), id, &AdmittedPass::id,
                 [](const AdmittedPass& pass) { return (pass.uses & can_insert) != 0; });
}

const AdmittedPass* nearest_skippable(std::string_view class_name) {
  // The name by which it is inserted is the one that people know.
  if (const AdmittedPass* pass = find_pass(class_name); pass != nullptr && (pass->uses & can_skip) != 0) {
    return pass;
  }
  return nearest(passes(), class_name, &AdmittedPass::class_name,
                 [](const AdmittedPass& pass) { return (pass.uses & can_skip) != 0; });
}

const Entry* nearest_option(const AdmittedPass& pass, std::string_view name) {
  return nearest(pass.options, name, &Entry::name, any);
}

const InsertionPoint* nearest_insertion_point(std::string_view name) {
  return nearest(insertion_points(), name, &InsertionPoint::name, any);
}

} // namespace autopass
