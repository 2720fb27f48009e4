// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A report as one line of JSON and back. Additions keep "schema" at 1; a change of what is there
// makes it 2. JSON has no infinity: an interval that is still open ends in null.
#include "report.h"
#include "samples.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace autopass {
namespace {

// Keeps the order in which keys are written: a plan's canonical form depends on it.
using Json = nlohmann::ordered_json;

constexpr int schema = 1;

Json from_double(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

double to_double(const Json& object, const char* key) {
  const auto it = object.find(key);
  const bool number = it != object.end() && it->is_number();
  return number ? it->get<double>() : std::numeric_limits<double>::infinity();
}

template <class T> T value_or(const Json& object, const char* key, T fallback) {
  const auto it = object.find(key);
  if (it == object.end()) {
    return fallback;
  }
  if constexpr (std::is_same_v<T, bool>) {
    return it->is_boolean() ? it->get<bool>() : fallback;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return it->is_number() ? it->get<T>() : fallback;
  } else {
    return it->is_string() ? it->get<T>() : fallback;
  }
}

const Json& list(const Json& object, const char* key) {
  static const Json none = Json::array();
  const auto it = object.find(key);
  return it != object.end() && it->is_array() ? *it : none;
}

std::vector<std::string> words(const Json& object, const char* key) {
  std::vector<std::string> all;
  for (const auto& word : list(object, key)) {
    if (word.is_string()) {
      all.push_back(word.get<std::string>());
    }
  }
  return all;
}

} // namespace

Json json_of(const Interval& interval) {
  return {{"ratio", from_double(interval.ratio)},
          {"low", from_double(interval.low)},
          {"high", from_double(interval.high)},
          {"pairs", interval.pairs}};
}

namespace {

Interval to_interval(const Json& json) {
  return {to_double(json, "ratio"), to_double(json, "low"), to_double(json, "high"),
          value_or<std::size_t>(json, "pairs", 0)};
}

// An object, so that a reader need not parse twice; what is no JSON stays a string.
Json from_plan(const std::string& plan) {
  if (plan.empty()) {
    return nullptr;
  }
  Json parsed = Json::parse(plan, nullptr, false);
  return parsed.is_discarded() ? Json(plan) : parsed;
}

std::string to_plan(const Json& function) {
  const auto it = function.find("plan");
  if (it == function.end() || it->is_null()) {
    return {};
  }
  return it->is_string() ? it->get<std::string>() : it->dump();
}

Json from_functions(const std::vector<ReportedFunction>& functions) {
  Json array = Json::array();
  for (const auto& function : functions) {
    array.push_back({{"name", function.name},
                     {"share", from_double(function.share)},
                     {"plan", from_plan(function.plan)},
                     {"why", function.why},
                     {"agent", function.agent},
                     {"elements", function.elements},
                     {"unnoticed", function.unnoticed}});
  }
  return array;
}

std::vector<ReportedFunction> to_functions(const Json& array) {
  std::vector<ReportedFunction> functions;
  for (const auto& json : array) {
    auto& function = functions.emplace_back();
    function.name = value_or<std::string>(json, "name", "");
    function.share = value_or(json, "share", 0.0);
    function.plan = to_plan(json);
    function.why = value_or<std::string>(json, "why", "");
    function.agent = value_or<std::string>(json, "agent", "");
    function.elements = words(json, "elements");
    function.unnoticed = words(json, "unnoticed");
  }
  return functions;
}

Json from_denied(const std::vector<ReportedDenial>& denied) {
  Json array = Json::array();
  for (const auto& denial : denied) {
    array.push_back({{"what", denial.what},
                     {"functions", denial.functions},
                     {"elements", denial.elements},
                     {"reason", denial.reason},
                     {"detail", denial.detail}});
  }
  return array;
}

std::vector<ReportedDenial> to_denied(const Json& array) {
  std::vector<ReportedDenial> denied;
  for (const auto& json : array) {
    denied.push_back({value_or<std::string>(json, "what", ""), words(json, "functions"),
                      words(json, "elements"), value_or<std::string>(json, "reason", ""),
                      value_or<std::string>(json, "detail", "")});
  }
  return denied;
}

Json from_trials(const std::vector<ReportedTrial>& trials) {
  Json array = Json::array();
  for (const auto& trial : trials) {
    array.push_back({{"agent", trial.agent},
                     {"hypothesis", trial.hypothesis},
                     {"predicted", from_double(trial.predicted)},
                     {"verdict", trial.verdict},
                     {"interval", json_of(trial.interval)},
                     {"samples", json_of(trial.samples)},
                     {"diagnosis", trial.diagnosis}});
  }
  return array;
}

std::vector<ReportedTrial> to_trials(const Json& array) {
  std::vector<ReportedTrial> trials;
  for (const auto& json : array) {
    auto& trial = trials.emplace_back();
    trial.agent = value_or<std::string>(json, "agent", "");
    trial.hypothesis = value_or<std::string>(json, "hypothesis", "");
    trial.predicted = value_or(json, "predicted", 1.0);
    trial.verdict = value_or<std::string>(json, "verdict", "");
    trial.interval = to_interval(json.value("interval", Json::object()));
    trial.samples = to_samples(json.value("samples", Json::object()));
    trial.diagnosis = value_or<std::string>(json, "diagnosis", "");
  }
  return trials;
}

std::map<std::string, int> to_counts(const Json& object, const char* key) {
  std::map<std::string, int> counts;
  const auto it = object.find(key);
  if (it != object.end() && it->is_object()) {
    for (const auto& [name, count] : it->items()) {
      counts[name] = count.is_number() ? count.get<int>() : 0;
    }
  }
  return counts;
}

bool objects_only(const Json& json) {
  for (const char* key : {"functions", "workloads", "trials", "denied", "samples"}) {
    for (const auto& element : list(json, key)) {
      if (!element.is_object()) {
        return false;
      }
    }
  }
  return true;
}

} // namespace

std::string to_json(const Report& report) {
  Json json;
  json["schema"] = schema;
  json["target"] = report.target;
  json["verdict"] = report.verdict;
  json["speedup"] = report.speedup ? json_of(*report.speedup) : Json(nullptr);
  json["published"] = report.published;
  json["binaries"] = {{"built", report.binaries.built},
                      {"identical", report.binaries.identical},
                      {"measured", report.binaries.measured}};
  json["functions"] = from_functions(report.functions);
  json["denied"] = from_denied(report.denied);
  json["rejected"] = report.rejected;
  json["workloads"] = Json::array();
  for (const auto& workload : report.workloads) {
    json["workloads"].push_back({{"name", workload.name},
                                 {"role", workload.role},
                                 {"interval", json_of(workload.interval)}});
  }
  json["confirmed_by"] = report.confirmed_by;
  json["samples"] = json_of(report.samples);
  json["agents"] = report.agents;
  json["notes"] = report.notes;
  json["trials"] = from_trials(report.trials);
  json["cpu"] = report.cpu;
  json["compiler"] = report.compiler;
  json["started_at"] = report.started_at;
  json["sandbox"] = report.sandbox;
  json["prefix"] = report.prefix;
  json["clock"] = report.clock;
  json["code"] = report.code;
  json["noise_percent"] = from_double(report.noise_percent);
  json["run_seconds"] = from_double(report.run_seconds);
  json["session_seconds"] = from_double(report.session_seconds);
  // Names come from the user's files and need not be UTF-8; JSON has to be.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Report> report_from_json(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !objects_only(json)) {
    return fail("this is no report: not the JSON that `autopass report --json` prints");
  }
  const int found = value_or(json, "schema", 0);
  if (found != schema) {
    return fail("cannot read a report of schema " + std::to_string(found),
                "use the autopass that wrote it, or tune again");
  }
  Report report;
  report.target = value_or<std::string>(json, "target", "");
  report.verdict = value_or<std::string>(json, "verdict", "");
  if (const auto it = json.find("speedup"); it != json.end() && it->is_object()) {
    report.speedup = to_interval(*it);
  }
  report.published = value_or(json, "published", false);
  if (const auto it = json.find("binaries"); it != json.end() && it->is_object()) {
    report.binaries = {value_or(*it, "built", 0), value_or(*it, "identical", 0),
                       value_or(*it, "measured", 0)};
  }
  report.functions = to_functions(list(json, "functions"));
  report.denied = to_denied(list(json, "denied"));
  report.rejected = to_counts(json, "rejected");
  for (const auto& workload : list(json, "workloads")) {
    report.workloads.push_back({value_or<std::string>(workload, "name", ""),
                                value_or<std::string>(workload, "role", ""),
                                to_interval(workload.value("interval", Json::object()))});
  }
  report.confirmed_by = value_or<std::string>(json, "confirmed_by", "");
  report.samples = to_layout_samples(list(json, "samples"));
  report.agents = to_counts(json, "agents");
  for (const auto& note : list(json, "notes")) {
    report.notes.push_back(note.is_string() ? note.get<std::string>() : note.dump());
  }
  report.trials = to_trials(list(json, "trials"));
  report.cpu = value_or<std::string>(json, "cpu", "");
  report.compiler = value_or<std::string>(json, "compiler", "");
  report.started_at = value_or<std::string>(json, "started_at", "");
  report.sandbox = value_or<std::string>(json, "sandbox", "");
  report.prefix = value_or<std::string>(json, "prefix", "");
  report.clock = value_or<std::string>(json, "clock", "");
  report.code = value_or<std::string>(json, "code", "");
  report.noise_percent = value_or(json, "noise_percent", 0.0);
  report.run_seconds = value_or(json, "run_seconds", 0.0);
  report.session_seconds = value_or(json, "session_seconds", 0.0);
  return report;
}

} // namespace autopass
