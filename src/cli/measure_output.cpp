// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure_output.h"

#include "measure/health.h"
#include "output.h"
#include "report/layout.h"
#include "util/text.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

std::string clock_name(Clock clock) {
  return clock == Clock::Cpu ? "user plus system time" : "wall time";
}

double median_of(const Samples& samples, double Pair::*side) {
  std::vector<double> values;
  for (const Pair& pair : samples.pairs) {
    values.push_back(pair.*side);
  }
  return values.empty() ? 0 : median(values);
}

bool counted(const Measured& measured) {
  return measured.counts[0].any() && measured.counts[1].any();
}

std::string missing_of(const Measured& measured) {
  return measured.counts[0].missing.empty() ? measured.counts[1].missing : measured.counts[0].missing;
}

std::string counters_line(const Measured& measured) {
  const std::string missing = missing_of(measured);
  if (!counted(measured)) {
    return "not counted: " + missing + " (" + missing_words(missing) + ")";
  }
  std::vector<std::string> parts;
  const auto events = hardware_events();
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto& one = measured.counts[0].values[event];
    const auto& two = measured.counts[1].values[event];
    if (one && two) {
      std::string part = std::string(events[event].name) + format(" %.4g to %.4g", *one, *two);
      part += *one > 0 ? format(" (%+.1f %%)", 100 * (*two / *one - 1)) : "";
      parts.push_back(std::move(part));
    }
  }
  return "a run, first to second: " + join(parts, ", ") +
         (missing.empty() ? "" : "; not all: " + missing);
}

Json counters_of(const Counts& counts) {
  if (!counts.any()) {
    return nullptr;
  }
  Json json = Json::object();
  const auto events = hardware_events();
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto& value = counts.values[event];
    json[std::string(events[event].name)] = value ? Json(*value) : Json();
  }
  return json;
}

Json side_of(const Measured& measured, std::size_t side) {
  return {{"command", measured.commands[side]},
          {"seconds", median_of(measured.samples, side == 0 ? &Pair::baseline : &Pair::candidate)},
          {"counters", counters_of(measured.counts[side])},
          {"other_output", measured.other_output[side]}};
}

} // namespace

std::string to_text(const Measured& measured) {
  const Interval& interval = measured.finding.interval;
  const std::string range =
      interval.low > 0 ? format(" (95 %% interval %.3f to %.3f)", interval.low, interval.high)
                       : " (too few pairs for an interval)";
  std::string text =
      std::string(verdict_name(measured.finding.verdict)) + ": " +
      format("the second command has %.3f times the speed of the first", interval.ratio) + range +
      "\n";
  for (const std::size_t side : {0, 1}) {
    const double seconds =
        median_of(measured.samples, side == 0 ? &Pair::baseline : &Pair::candidate);
    text += format("  %9.4f s  ", seconds) + printable(measured.commands[side]) + "\n";
  }
  std::string how = format("%zu pairs, ", interval.pairs) + clock_name(measured.clock) + ", ";
  how += measured.pairing.pairing == Pairing::SideBySide
             ? "side by side"
             : "in turn (" + measured.pairing.why_in_turn + ")";
  how += measured.core >= 0 ? format(", core %d", measured.core) : ", not pinned";
  how += measured.prefix.empty() ? "" : ", through " + printable(measured.prefix);
  how += format("; a pair varies by %.2f %%", health_of(measured.samples).spread_percent);
  text += wrapped("  ", how) + wrapped("  counters: ", counters_line(measured));
  for (const auto& note : measured.notes) {
    text += wrapped("  note: ", note);
  }
  return text;
}

nlohmann::ordered_json to_json(const Measured& measured) {
  const SampleHealth health = health_of(measured.samples);
  const Interval& interval = measured.finding.interval;
  const std::string missing = missing_of(measured);
  Json samples = Json::array();
  for (const Pair& pair : measured.samples.pairs) {
    samples.push_back(
        {{"a", pair.baseline}, {"b", pair.candidate}, {"a_first", pair.baseline_first}});
  }
  Json json = {{"verdict", verdict_name(measured.finding.verdict)}, {"ratio", interval.ratio}};
  json["low"] = interval.low > 0 ? Json(interval.low) : Json();
  json["high"] = std::isfinite(interval.high) ? Json(interval.high) : Json();
  json.update(
      {{"level", SequentialPlan().level},
       {"pairs", interval.pairs},
       {"settled", measured.finding.settled},
       {"clock", measured.clock == Clock::Cpu ? "cpu" : "wall"},
       {"pairing", measured.pairing.pairing == Pairing::SideBySide ? "side by side" : "in turn"},
       {"core", measured.core >= 0 ? Json(measured.core) : Json()},
       {"prefix", measured.prefix.empty() ? Json() : Json(measured.prefix)},
       {"a", side_of(measured, 0)},
       {"b", side_of(measured, 1)},
       {"counters_missing", missing.empty() ? Json() : Json(missing)},
       {"same_output", measured.same_output},
       {"spread_percent", health.spread_percent},
       {"outliers", health.outliers},
       {"drift_percent", health.drift_percent},
       {"notes", measured.notes},
       {"samples", samples}});
  return json;
}

} // namespace autopass
