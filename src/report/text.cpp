// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A report for people: the verdict first, then what it rests on, what was changed, what was turned
// down, and what a reader should not conclude from it.
#include "util/text.h"
#include "layout.h"
#include "report.h"

#include <algorithm>
#include <cmath>

namespace autopass {
namespace {

constexpr double least_share = 0.005; // an untuned function below it is not listed in the text
constexpr std::string_view bold = "\033[1m";
constexpr std::string_view plain = "\033[0m";

std::string title(const std::string& text, bool colour) {
  return colour ? std::string(bold) + text + std::string(plain) : text;
}

std::string between(const Interval& interval) {
  if (interval.low <= 0 || !std::isfinite(interval.high)) {
    return format("too few pairs (%zu) for an interval", interval.pairs);
  }
  return format("95 %% interval %.3f to %.3f", interval.low, interval.high);
}

// What a verdict means for the reader's builds.
std::string what_now(const Report& report) {
  if (report.verdict == verdict_holds) {
    return "confirmed once more, on fresh data: the plans stay in force";
  }
  if (report.verdict == verdict_holds_in_part) {
    return "without what was to blame they were confirmed once more, on fresh data: build it anew (make "
           "clean && make)";
  }
  if (report.verdict == verdict_nothing_wrong) {
    return "it builds with its plans and prints what it prints without them; nothing was changed";
  }
  if (report.verdict == verdict_wrong) {
    return "with plans by hand, which are nobody's but yours: nothing was published or withdrawn";
  }
  if (report.verdict == verdict_holds_no_longer) {
    return report.published ? "the plans stay in force all the same, as you asked"
                            : "its plans are withdrawn; objects that are built already keep them until "
                              "they are compiled again (autopass stale --touch && make)";
  }
  if (!report.published) {
    return "nothing was published; your builds stay as they are";
  }
  return "confirmed on fresh data and published: build it anew (make clean && make)";
}

std::string verdict(const Report& report, bool colour) {
  const std::string target = printable(report.target);
  const std::string next = wrapped("  ", what_now(report));
  if (!report.speedup) {
    return title(report.verdict, colour) + ": " + target + "\n" + next;
  }
  return title(format("%s: %.3f times the speed", report.verdict.c_str(), report.speedup->ratio),
               colour) +
         " (" + between(*report.speedup) + ")\n  " + target + "\n" + next;
}

std::string counted(const std::map<std::string, int>& counts) {
  std::vector<std::string> parts;
  for (const auto& [name, count] : counts) {
    parts.push_back(std::to_string(count) + " " + name);
  }
  return join(parts, ", ");
}

std::string circumstances(const Report& report) {
  std::vector<std::string> machine;
  if (!report.cpu.empty()) {
    machine.push_back(report.cpu);
  }
  if (!report.compiler.empty()) {
    machine.push_back(report.compiler);
  }
  if (report.run_seconds > 0) {
    machine.push_back("a run takes " + duration(report.run_seconds));
  }
  if (report.noise_percent > 0) {
    machine.push_back(format("noise %.1f %%", report.noise_percent));
  }
  if (!report.sandbox.empty()) {
    machine.push_back("sandbox " + report.sandbox);
  }
  if (!report.prefix.empty()) {
    machine.push_back("through " + printable(report.prefix) + ", clock " + report.clock);
  }
  std::string text = "\n";
  if (!machine.empty()) {
    text += wrapped("machine   ", join(machine, ", "));
  }
  if (report.session_seconds > 0 && report.binaries.built > 0) {
    text +=
        wrapped("binaries  ",
                format("%d built, %d identical to one seen before, %d measured, in ",
                       report.binaries.built, report.binaries.identical, report.binaries.measured) +
                    duration(report.session_seconds));
  }
  if (!report.agents.empty()) {
    text += wrapped("proposals ", counted(report.agents));
  }
  return text;
}

std::string workloads(const Report& report, bool colour) {
  std::string text = "\n" + title("Workloads", colour) + "\n";
  for (const auto& workload : report.workloads) {
    text += wrapped(format("  %-8s ", workload.role.c_str()), workload.name);
    text += wrapped("           ", format("%.3f, ", workload.interval.ratio) +
                                       between(workload.interval) +
                                       format(", %zu pairs", workload.interval.pairs));
  }
  return text;
}

bool is_of_profile(const std::string& element) { return element.starts_with("profile of "); }
bool is_call(const std::string& element) { return element.starts_with("calls "); }

// A profile is about hundreds of functions, most of them no more than warm.
bool is_profile(const ReportedFunction& function) {
  const auto& elements = function.elements;
  return std::any_of(elements.begin(), elements.end(), is_of_profile) &&
         std::all_of(elements.begin(), elements.end(), [](const std::string& element) {
           return is_of_profile(element) || is_call(element);
         });
}

// Calls that a profile has decided are many, and numbers to people: counted.
std::string plan_of(std::vector<std::string> elements) {
  const auto calls = std::count_if(elements.begin(), elements.end(), is_call);
  if (calls > 1 && std::any_of(elements.begin(), elements.end(), is_of_profile)) {
    std::erase_if(elements, is_call);
    elements.push_back(format("decisions on %td calls", calls));
  }
  return join(elements, "; ");
}

std::string functions(const Report& report, bool colour) {
  std::string text = "\n" + title("Functions", colour) + " (share of the run time)\n";
  std::size_t small = 0, profiled = 0;
  for (const auto& function : report.functions) {
    if (function.share < least_share && (function.plan.empty() || is_profile(function))) {
      ++(function.plan.empty() ? small : profiled);
      continue;
    }
    text += format("  %5.1f %%  ", 100 * function.share) + printable(function.name) + "\n";
    const bool tuned = !function.plan.empty();
    if (tuned) {
      text += wrapped("           plan  ", plan_of(function.elements));
    }
    if (tuned && !function.unnoticed.empty()) {
      text += wrapped("           gate  ", "does not notice: " + join(function.unnoticed, ", "));
    }
    if (!function.why.empty()) {
      const bool named = tuned && !function.agent.empty();
      text += wrapped(tuned ? "           why   " : "           not tuned: ",
                      function.why + (named ? " (" + function.agent + ")" : ""));
    }
  }
  if (profiled > 0) {
    text += format("  and %zu with what was counted in them alone, below %.1f %% each\n", profiled,
                   100 * least_share);
  }
  if (small > 0) {
    text += format("  and %zu not tuned, below %.1f %% each\n", small, 100 * least_share);
  }
  return text;
}

} // namespace

std::string to_text(const Report& report, bool colour) {
  std::string text = verdict(report, colour) + circumstances(report);
  if (!report.workloads.empty()) {
    text += workloads(report, colour);
  }
  if (!report.functions.empty()) {
    text += functions(report, colour);
  }
  if (!report.denied.empty()) {
    text += "\n" + title("To blame", colour) + " (not tried again: autopass show)\n";
    for (const auto& denial : report.denied) {
      text += wrapped("  ", denial.what) +
              wrapped("           ", denial.reason + ": " + denial.detail);
    }
  }
  if (!report.rejected.empty()) {
    text += "\n" + title("Turned down", colour) + "\n" + wrapped("  ", counted(report.rejected));
  }
  if (!report.notes.empty()) {
    text += "\n" + title("Notes", colour) + "\n";
    for (const auto& note : report.notes) {
      text += wrapped("  - ", note);
    }
  }
  return text;
}

} // namespace autopass
