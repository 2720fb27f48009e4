// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "counts.h"

#include "guard.h"
#include "json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

namespace autopass {

namespace {

using nlohmann::json;

constexpr std::size_t most_counted = 200'000;
constexpr std::size_t most_points = 100'000; // of one function
constexpr std::size_t most_counted_name_bytes = 4096;
// Of a callee as the front end made it; half of these are gone when the inliner sees it, where an instruction costs 5.
constexpr std::uint64_t most_inlined = 600;
constexpr std::size_t most_decided = 256; // of one plan (plan/validate.cpp)
constexpr double hot_part = 0.99;
constexpr std::uint64_t most_weight = std::numeric_limits<std::uint32_t>::max();

class Reader {
public:
  explicit Reader(std::string_view counters) : m_counters(counters) {}

  // Nothing where a counter is named that the file does not hold.
  std::optional<std::uint64_t> counter(const json& number) const {
    const std::uint64_t size = m_counters.size() / sizeof(std::uint64_t);
    if (!number.is_number_unsigned() || number.get<std::uint64_t>() >= size) {
      return std::nullopt;
    }
    std::uint64_t value = 0; // in the byte order of the program, which runs here
    std::memcpy(&value, m_counters.data() + number.get<std::uint64_t>() * sizeof value, sizeof value);
    return value;
  }

  // The counts of a branch point: what leads to the same block has one counter, and each an equal part.
  std::optional<std::vector<std::uint64_t>> point(const json& numbers) const {
    if (!numbers.is_array()) {
      return std::nullopt;
    }
    std::map<json, std::uint64_t> ways;
    for (const json& number : numbers) {
      ++ways[number];
    }
    std::vector<std::uint64_t> counts;
    for (const json& number : numbers) {
      const std::uint64_t shared = ways[number];
      const auto value = counter(number);
      if (!value) {
        return std::nullopt;
      }
      const std::uint64_t part = *value / shared;
      counts.push_back(*value > 0 ? std::max<std::uint64_t>(part, 1) : 0);
    }
    return counts;
  }

  std::optional<CallCount> call(const json& said) const {
    if (!said.is_array() || said.size() != 4 || !said[0].is_number_unsigned() ||
        !said[2].is_string() || !said[3].is_number_unsigned()) {
      return std::nullopt;
    }
    const auto callee = Digest::from_hex(said[2].get<std::string>());
    const auto count = counter(said[1]);
    if (!callee || !count) {
      return std::nullopt;
    }
    return CallCount{said[0].get<std::int64_t>(), *callee, said[3].get<std::uint64_t>(), *count};
  }

  std::optional<BranchCounts> function(std::string_view line) const {
    const json said = json::parse(line, nullptr, false);
    const auto fingerprint = Digest::from_hex(text_field(said, "fingerprint", 64));
    const auto cfg = Digest::from_hex(text_field(said, "cfg", 64));
    const json *entry = field(said, "entry"), *points = field(said, "points"),
               *calls = field(said, "calls");
    if (!fingerprint || !cfg || entry == nullptr || points == nullptr || !points->is_array() ||
        points->size() > most_points || calls == nullptr || !calls->is_array() ||
        calls->size() > most_points) {
      return std::nullopt;
    }
    BranchCounts counts;
    counts.functions.insert(text_field(said, "function", most_counted_name_bytes));
    counts.fingerprint = *fingerprint;
    counts.cfg = *cfg;
    const auto entered = counter(*entry);
    if (!entered) {
      return std::nullopt;
    }
    counts.entry = *entered;
    for (const json& numbers : *points) {
      auto ways = point(numbers);
      if (!ways) {
        return std::nullopt;
      }
      counts.points.push_back(std::move(*ways));
    }
    for (const json& one : *calls) {
      const auto counted = call(one);
      if (!counted) {
        return std::nullopt;
      }
      counts.calls.push_back(*counted);
    }
    return counts;
  }

private:
  std::string_view m_counters;
};

void add(BranchCounts& into, const BranchCounts& more) {
  into.functions.insert(more.functions.begin(), more.functions.end());
  into.entry += more.entry;
  for (std::size_t i = 0; i < std::min(into.points.size(), more.points.size()); ++i) {
    for (std::size_t way = 0; way < std::min(into.points[i].size(), more.points[i].size()); ++way) {
      into.points[i][way] += more.points[i][way];
    }
  }
  for (const CallCount& call : more.calls) { // not all may be inlined in each file
    const auto same = std::find_if(into.calls.begin(), into.calls.end(), [&](const CallCount& known) {
      return known.call == call.call && known.callee == call.callee;
    });
    if (same == into.calls.end()) {
      into.calls.push_back(call);
    } else {
      same->count += call.count;
    }
  }
}

// As LLVM scales counts: what is not zero stays so, and the largest fits into 32 bits.
std::vector<std::uint32_t> weights_of(const std::vector<std::uint64_t>& counts) {
  const std::uint64_t most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
  std::vector<std::uint32_t> weights;
  for (const std::uint64_t count : most > 0 ? counts : std::vector<std::uint64_t>()) {
    const std::uint64_t scaled = most <= most_weight ? count : count / (most / most_weight + 1);
    weights.push_back(static_cast<std::uint32_t>(count > 0 ? std::max<std::uint64_t>(scaled, 1) : 0));
  }
  return weights;
}

std::vector<CallDecision> hot_calls(const BranchCounts& counts, std::uint64_t hot) {
  std::vector<CallCount> calls;
  for (const CallCount& call : counts.calls) {
    if (call.count >= hot && call.size <= most_inlined) {
      calls.push_back(call);
    }
  }
  std::stable_sort(calls.begin(), calls.end(), [](const CallCount& left, const CallCount& right) {
    return left.count > right.count;
  });
  calls.resize(std::min(calls.size(), most_decided));
  std::vector<CallDecision> decisions;
  for (const CallCount& call : calls) {
    decisions.push_back({call.call, call.callee, true});
  }
  std::sort(decisions.begin(), decisions.end());
  return decisions;
}

} // namespace

std::uint64_t BranchCounts::total() const {
  std::uint64_t all = entry;
  for (const auto& point : points) {
    for (const std::uint64_t count : point) {
      all += count;
    }
  }
  return all;
}

Result<std::vector<BranchCounts>> parse_counts(std::string_view lines, std::string_view counters) {
  const Reader reader(counters);
  std::vector<BranchCounts> all;
  for (std::size_t number = 1; !lines.empty(); ++number) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = trim(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty()) {
      continue;
    }
    auto counts = reader.function(line);
    if (!counts || number > most_counted) {
      return fail(format("counters, line %zu: not what the plugin writes", number),
                  "report this: the plugin writes what it cannot read back", "counts-malformed");
    }
    all.push_back(std::move(*counts));
  }
  return all;
}

std::vector<BranchCounts> combine_counts(std::vector<BranchCounts> counts) {
  std::map<Digest, BranchCounts> by_print;
  for (BranchCounts& one : counts) {
    const auto [place, is_new] = by_print.try_emplace(one.fingerprint, one);
    if (!is_new) {
      add(place->second, one);
    }
  }
  std::vector<BranchCounts> all;
  for (auto& [print, one] : by_print) {
    if (one.total() > 0) {
      all.push_back(std::move(one));
    }
  }
  std::sort(all.begin(), all.end(), [](const BranchCounts& left, const BranchCounts& right) {
    const std::uint64_t ours = left.total(), theirs = right.total();
    return ours != theirs ? ours > theirs : left.fingerprint < right.fingerprint;
  });
  return all;
}

PlanProfile profile_of(const BranchCounts& counts) {
  PlanProfile profile;
  profile.cfg = counts.cfg;
  profile.entry = counts.entry;
  for (const auto& point : counts.points) {
    profile.weights.push_back(weights_of(point));
  }
  return profile;
}

std::uint64_t hot_count(const std::vector<BranchCounts>& counts) {
  std::vector<std::uint64_t> all;
  double sum = 0;
  for (const BranchCounts& one : counts) {
    all.push_back(one.entry);
    for (const auto& point : one.points) {
      all.insert(all.end(), point.begin(), point.end());
    }
  }
  for (const std::uint64_t count : all) {
    sum += static_cast<double>(count);
  }
  std::sort(all.rbegin(), all.rend());
  double seen = 0;
  for (const std::uint64_t count : all) {
    seen += static_cast<double>(count);
    if (seen >= hot_part * sum) {
      return std::max<std::uint64_t>(count, 1);
    }
  }
  return 1;
}

std::vector<FunctionPlan> profile_plans(const std::vector<BranchCounts>& counts, std::size_t most) {
  const std::uint64_t hot = hot_count(counts);
  std::vector<FunctionPlan> plans;
  for (const BranchCounts& one : counts) {
    if (plans.size() == most) {
      break;
    }
    // Weights decide between selects and branches.
    const bool constant_time =
        std::any_of(one.functions.begin(), one.functions.end(), looks_constant_time);
    if (!one.points.empty() && !constant_time) {
      FunctionPlan plan{one.fingerprint, {}};
      plan.plan.profile = profile_of(one);
      plan.plan.calls = hot_calls(one, hot);
      // Of a function with tens of thousands of branches it is more than a plan may hold.
      if (parse(print(plan.plan))) {
        plans.push_back(std::move(plan));
      }
    }
  }
  return plans;
}

} // namespace autopass
