// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random_values.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {

namespace {

std::int64_t random_number(Dice& dice, std::int64_t low, std::int64_t high) {
  switch (dice.below(4)) {
  case 0: return low;
  case 1: return high;
  case 2: return std::min(high, low + std::int64_t(dice.below(8)));
  default: return low + std::int64_t(dice.below(std::size_t(high - low + 1)));
  }
}

std::vector<const AdmittedPass*> passes_with(PassUses use) {
  std::vector<const AdmittedPass*> found;
  for (const AdmittedPass& pass : passes()) {
    if ((pass.uses & use) != 0) {
      found.push_back(&pass);
    }
  }
  return found;
}

PassUse random_use(Dice& dice, const AdmittedPass& pass) {
  PassUse use{std::string(pass.id), {}};
  for (const Entry& option : pass.options) {
    if (dice.percent(30)) {
      use.options.push_back({std::string(option.name), random_value(dice, option)});
    }
  }
  return use;
}

// Passes in any order, and any of them more than once.
std::vector<PassUse> random_half(Dice& dice) {
  std::vector<PassUse> half;
  for (std::size_t left = 1 + dice.below(dice.percent(50) ? 8 : 40); left > 0; --left) {
    half.push_back(random_use(dice, *dice.one_of(passes_with(can_insert))));
  }
  return half;
}

void add_insertion(Dice& dice, Pipeline& pipeline) {
  const InsertionPoint point = dice.one_of(insertion_points());
  const PassUse use = random_use(dice, *dice.one_of(passes_with(can_insert)));
  const auto same = std::find_if(pipeline.insert.begin(), pipeline.insert.end(),
                                 [&](const Insertion& other) { return other.at == point.name; });
  if (same == pipeline.insert.end()) {
    pipeline.insert.push_back({std::string(point.name), {use}});
  } else {
    same->passes.push_back(use);
  }
}

} // namespace

Value random_value(Dice& dice, const Entry& entry) {
  switch (entry.type) {
  case ValueType::Flag: return entry.low == entry.high ? entry.low == 1 : dice.percent(50);
  case ValueType::Number: return random_number(dice, entry.low, entry.high);
  case ValueType::Word: return dice.one_of(split(entry.words, '|'));
  }
  return false;
}

Setting random_setting(Dice& dice, Kind kind) {
  std::vector<const Entry*> entries;
  for (const Entry& entry : vocabulary()) {
    if (entry.kind == kind) {
      entries.push_back(&entry);
    }
  }
  const Entry& entry = *dice.one_of(entries);
  return {std::string(entry.name), random_value(dice, entry)};
}

void add_to_pipeline(Dice& dice, Pipeline& pipeline) {
  const std::size_t manner = dice.below(100);
  if (manner < 40) {
    const auto* pass = dice.one_of(passes_with(can_skip));
    pipeline.skip.push_back(
        {std::string(pass->class_name), dice.percent(50) ? 0 : std::int64_t(1 + dice.below(6))});
  } else if (manner < 80) {
    add_insertion(dice, pipeline);
  } else if (manner < 88) {
    pipeline.simplification = random_half(dice);
  } else if (manner < 96) {
    pipeline.optimization = random_half(dice);
  } else {
    pipeline.polly = true;
  }
}

} // namespace autopass
