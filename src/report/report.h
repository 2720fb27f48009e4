// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session found, as data; terminal text and JSON are made from it and from nothing else.
#pragma once

#include "measure/statistics.h"
#include "util/error.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

// Of a claim that was measured again (tune/verify.h).
inline constexpr const char* verdict_holds = "holds";
inline constexpr const char* verdict_holds_no_longer = "no longer holds";
inline constexpr const char* verdict_nothing_to_verify = "nothing to verify";
inline constexpr const char* verdict_holds_in_part = "holds in part"; // without what was to blame
// Of `autopass bisect`; "wrong" is said of plans by hand.
inline constexpr const char* verdict_nothing_wrong = "nothing wrong";
inline constexpr const char* verdict_wrong = "wrong";

struct ReportedFunction {
  std::string name;
  double share = 0;
  std::string plan;                  // JSON, a profile's weights as count and digest; empty: not tuned
  std::string why;                   // the hypothesis that held, or the reason why it was not tuned
  std::string agent;                 // who proposed it
  std::vector<std::string> elements; // the plan's elements, for people
  std::vector<std::string> unnoticed; // ways of breaking it that no output showed (tune/self_test.h)
};

struct ReportedTrial {
  std::string agent, hypothesis;
  std::string verdict; // screened_name() of measure/verdict.h
  std::string diagnosis;
  Interval interval;
  double predicted = 1;
  Samples samples = {}; // of the interval
};

// What was found to be to blame and is not tried again.
struct ReportedDenial {
  std::string what; // "f: params unroll-count=4"
  std::vector<std::string> functions, elements;
  std::string reason; // "wrong-output", "plan-crashed"
  std::string detail;
};

struct Report {
  std::string target;
  std::string verdict;             // "faster", "no gain found" or "nothing tried"; tune/verify.h: its own
  std::optional<Interval> speedup; // confirmed, over the train workloads; none without a gain
  std::vector<WorkloadInterval> workloads;
  std::vector<LayoutSamples> samples; // of all confirmations, those that failed too
  std::string confirmed_by;           // whose samples `speedup` is of; none without a gain
  struct Binaries {
    int built = 0, identical = 0, measured = 0;
  } binaries;
  std::vector<ReportedFunction> functions;
  std::vector<ReportedDenial> denied;
  std::map<std::string, int> rejected; // by verdict, and by reason for what was never built
  std::map<std::string, int> agents;   // proposals by agent, "llm:failed: HTTP 429" and the like
  std::vector<ReportedTrial> trials;
  std::vector<std::string> notes; // plain sentences: "known for this input alone"
  std::string cpu, compiler, started_at;
  std::string sandbox; // of the workload's runs: "on", "on, for the prefix only", or "off: " and why
  std::string prefix;  // what they went through; empty: nothing
  std::string clock;   // that was compared: "cpu", or "wall: " and why
  std::string code; // loadable digest of the confirmed binary: what the next build must give
  double noise_percent = 0, run_seconds = 0, session_seconds = 0;
  bool published = false;
};

std::string to_json(const Report& report); // one line, "schema":1
Result<Report> report_from_json(const std::string& json);
std::string to_text(const Report& report, bool colour); // for a terminal, width 80

} // namespace autopass
