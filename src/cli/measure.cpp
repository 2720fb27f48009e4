// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `autopass measure`: which of two commands is faster, with the engine that sessions use.
//
//   words      what is run, and with which clock
//   pairing    one after the other, or sharing a core
//   compare    pairs until the sequential rule (measure/sequential.h) has seen enough, or time is up
//   tell       measure_output.h
#include "cache/config.h"
#include "interrupt.h"
#include "measure/health.h"
#include "measure/prefix_trial.h"
#include "measure_output.h"
#include "output.h"
#include "progress.h"
#include "report/samples.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "verbs.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>

namespace autopass {
namespace {

using Words = CommandPair::Words;

// What is known before the first pair.
struct Prepared {
  std::array<Words, 2> commands;
  std::array<Run, 2> first; // one run of each, to learn from
  Clock clock = Clock::Cpu;
  PairingChoice pairing;
  CommandPairOptions place;
  double seconds = 0; // the budget

  // The processes that we have started only wait for what is measured.
  bool prefix_waits() const {
    return !place.prefix.empty() && (mostly_away(first[0]) || mostly_away(first[1]));
  }
};

// A single word that says more than a program's name is for the shell.
Words to_run(const Words& words) {
  const bool whole =
      words.size() == 1 && words.front().find_first_of(" \t\n;|&<>$`'\"()*?") != std::string::npos;
  return whole ? Words{"/bin/sh", "-c", words.front()} : words;
}

Result<std::array<Words, 2>> both_commands(const Words& words) {
  const auto border = std::find(words.begin(), words.end(), "--vs");
  const bool another =
      border != words.end() && std::find(border + 1, words.end(), "--vs") != words.end();
  if (border == words.begin() || border == words.end() || border + 1 == words.end() || another) {
    return fail("measure takes two commands",
                "autopass measure -- ./before input --vs ./after input", usage_reason);
  }
  return std::array{to_run({words.begin(), border}), to_run({border + 1, words.end()})};
}

Result<int> chosen_core(const std::string& said) {
  const std::vector<int> cores = usable_cores();
  if (said.empty() || said == "none") {
    return said.empty() && !cores.empty() ? cores.back() : -1;
  }
  const auto found = std::find_if(cores.begin(), cores.end(),
                                  [&](int core) { return std::to_string(core) == said; });
  if (found == cores.end()) {
    return fail("--core " + said + " is none of the cores that we may use", "--core none",
                usage_reason);
  }
  return *found;
}

const char* side_name(std::size_t side) {
  return side == 0 ? "the first command" : "the second command";
}

std::string said(const Run& run) {
  const std::string_view words = trim(run.errors_start);
  return words.empty() ? std::string() : "; it said: " + std::string(words);
}

Result<void> must_end_well(const std::array<Run, 2>& runs, bool ignore_failure) {
  for (std::size_t side = 0; side < 2; ++side) {
    if (!runs[side].stopped.empty()) {
      return fail(std::string(side_name(side)) + " was stopped: it took " + runs[side].stopped,
                  "let it print and write less (> /dev/null), or lift the limit in it: ulimit -f unlimited; ...",
                  "workload-stopped");
    }
    if (runs[side].timed_out) {
      return fail(side_name(side) + std::string(" did not end in time: ") + runs[side].status() + said(runs[side]),
                  "give it less to do", "workload-timeout");
    }
    if (!runs[side].success() && !ignore_failure) {
      return fail(std::string(side_name(side)) + " failed: " + runs[side].status() + said(runs[side]),
                  "run it by hand, or measure all the same with --ignore-failure",
                  "workload-failed");
    }
  }
  return {};
}

// Failing is allowed for, where it is, as the command failed when it was tried: one that ends otherwise later has
// broken in between.
std::string changed_end(const Run& run, const Run& first) {
  return run.status() == first.status() ? std::string() : run.status() + ", and before " + first.status();
}

// Nobody's verdict: neither is faster.
Error ended_otherwise(std::size_t side, const Run& run) {
  return {side_name(side) + std::string(" ended otherwise while it was measured: ") + run.complaint + said(run),
          run.timed_out ? "try again when the machine has less to do, or give it less to do"
                        : "run it by hand, twice: it must end in the same way each time",
          run.timed_out ? "workload-timeout" : "workload-failed"};
}

// CPU time is what noise disturbs least, but says nothing of a command that waits, and more than is
// felt of one that keeps several cores busy.
// Why it is the wall clock then; empty: it is not.
std::string why_not_cpu(const Prepared& prepared) {
  const auto& runs = prepared.first;
  if (runs[0].wall_seconds + runs[1].wall_seconds < 0.02 && prepared.place.prefix.empty()) {
    return {}; // a start is half waiting
  }
  for (const std::size_t side : {0, 1}) {
    const Run& run = runs[side];
    const std::string times = format("%.2f s of CPU time in %.2f s", run.cpu_seconds, run.wall_seconds);
    if (prepared.place.prefix.empty() ? mostly_waits(run) : mostly_away(run)) {
      return side_name(side) + std::string(" waits: ") + times;
    }
    if (run.cpu_seconds > 1.2 * run.wall_seconds) {
      return side_name(side) + std::string(" keeps several cores busy: ") + times;
    }
  }
  return {};
}

Result<Prepared> settle_on(const MeasureArguments& arguments, const std::string& scratch) {
  Prepared prepared;
  TRY(prepared.commands, both_commands(arguments.command));
  const auto seconds = parse_duration(arguments.time.empty() ? "2m" : arguments.time);
  if (!seconds || *seconds <= 0) {
    return fail("--time " + arguments.time + " is no length of time", "--time 90s, 5m or 1h",
                usage_reason);
  }
  prepared.seconds = *seconds;
  TRY(const int core, chosen_core(arguments.core));
  prepared.place.folder = working_folder();
  prepared.place.input = arguments.input.empty() ? "/dev/null" : arguments.input;
  if (!arguments.prefix.empty()) {
    TRY(prepared.place.prefix, Prefix::parse(arguments.prefix, prepared.place.folder));
  }
  CommandPair pair(prepared.commands, scratch, prepared.place);
  TRY(prepared.first, pair.run_both(Pairing::InTurn, true, stack_padding(1)));
  TRY_VOID(must_end_well(prepared.first, arguments.ignore_failure));
  const std::string why_wall = arguments.clock == "cpu"    ? ""
                               : arguments.clock == "wall" ? "--clock wall"
                                                           : why_not_cpu(prepared);
  prepared.clock = why_wall.empty() ? Clock::Cpu : Clock::Wall;
  // Pinned to one core, a program of several threads would be another program.
  prepared.place.core = prepared.clock == Clock::Cpu || !arguments.core.empty() ? core : -1;
  if (!prepared.prefix_waits()) {
    prepared.place.events = hardware_events();
  }
  pair = CommandPair(prepared.commands, scratch, prepared.place);
  if (prepared.clock == Clock::Wall) {
    prepared.pairing.why_in_turn = "the wall clock is read; " + why_wall;
  } else if (arguments.in_turn) {
    prepared.pairing.why_in_turn = "--in-turn";
  } else {
    TRY(prepared.pairing, pair.choose());
  }
  return prepared;
}

// Fills in what is known of each side beside its times.
Result<Comparison> compare_commands(const Prepared& prepared, const SequentialPlan& plan,
                                    const std::string& scratch, Measured& measured) {
  std::array<std::vector<Counts>, 2> counts;
  std::array<Run, 2> last;
  const CommandPair pair(prepared.commands, scratch, prepared.place);
  const auto started = std::chrono::steady_clock::now();
  const auto spent = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  Progress progress;
  CompareOptions compare_options;
  compare_options.least = compare_options.most = plan.most();
  compare_options.clock = prepared.clock;
  compare_options.seed = std::random_device()();
  compare_options.out_of_budget = [&] { return spent() > prepared.seconds; };
  compare_options.enough = [&](const Samples& samples) {
    const auto done = static_cast<double>(samples.pairs.size()) / static_cast<double>(plan.most());
    progress.update(format("measure: %zu pairs", samples.pairs.size()), done,
                    std::min(prepared.seconds - spent(), spent() / done * (1 - done)));
    return is_settled(samples, plan);
  };
  const PairRunner run_pair = [&](bool first_first,
                                  const std::string& padding) -> Result<std::array<Run, 2>> {
    TRY(auto runs, pair.run_both(prepared.pairing.pairing, first_first, padding));
    for (const std::size_t side : {0, 1}) {
      counts[side].push_back(runs[side].counts);
      runs[side].complaint = changed_end(runs[side], prepared.first[side]);
      measured.other_output[side] += runs[side].printed != prepared.first[side].printed ? 1 : 0;
    }
    last = runs;
    return runs;
  };
  const Judge judge = [](const Run& run) { return run.complaint; };
  auto comparison = compare(run_pair, judge, compare_options);
  for (const std::size_t side : {0, 1}) {
    if (!last[side].complaint.empty()) { // compare() speaks of an unchanged program
      return tl::make_unexpected(ended_otherwise(side, last[side]));
    }
    measured.counts[side] = prepared.prefix_waits() ? Counts{{}, "prefix-waits"} : median_counts(counts[side]);
  }
  return comparison;
}

// What varies by itself (a time of day) is nobody's fault; what was done in the first run and has not been since is
// another work (make).
void note_other_output(const Measured& measured, std::vector<std::string>& notes) {
  for (const std::size_t side : {0, 1}) {
    if (measured.other_output[side] > 0) {
      notes.push_back(side_name(side) +
                      format(" printed something else than at first in %zu of %zu runs: it may not do the same work; "
                             "measure a command that starts from the same files each time",
                             measured.other_output[side], measured.samples.pairs.size()));
    }
  }
}

std::vector<std::string> notes_on(const Prepared& prepared, const Comparison& comparison,
                                  const Measured& measured, const SequentialPlan& plan) {
  const Finding& finding = measured.finding;
  std::vector<std::string> notes = advice(health_of(comparison.samples));
  if (prepared.first[0].printed != prepared.first[1].printed) {
    notes.push_back("the two commands print different things");
  }
  note_other_output(measured, notes);
  if (prepared.prefix_waits() && prepared.clock == Clock::Wall) {
    notes.push_back(why_wall(prepared.first[mostly_away(prepared.first[0]) ? 0 : 1]) +
                    ": the wall clock is read (--clock cpu, if the program runs here)");
  }
  if (!finding.settled && comparison.ended == Ended::OutOfBudget) {
    notes.push_back(
        format("time was up after %zu pairs: with more (--time) a smaller effect could be told",
               comparison.samples.pairs.size()));
  }
  if (finding.verdict == Verdict::NoDifference &&
      (finding.interval.low > 1 || finding.interval.high < 1)) {
    notes.push_back(format(
        "the interval leaves 1 out, but not at the %.0f %% that a claim needs here: measure again",
        100 * (1 - plan.false_claims)));
  }
  return notes;
}

std::string shown(const Words& words) {
  return words.size() == 3 && words[0] == "/bin/sh" && words[1] == "-c" ? words[2]
                                                                        : shell_join(words);
}

} // namespace

Result<int> execute(const MeasureArguments& arguments) {
  TRY_VOID(takes_result(arguments.csv));
  end_on_interrupt("\nautopass: interrupted; nothing is known\n");
  TRY(const ScratchFolder scratch, ScratchFolder::create("autopass-measure"));
  remove_on_interrupt(scratch.path());
  TRY(const Prepared prepared, settle_on(arguments, scratch.path()));
  const SequentialPlan plan;
  Measured measured;
  TRY(const Comparison comparison, compare_commands(prepared, plan, scratch.path(), measured));
  measured.commands = {shown(prepared.commands[0]), shown(prepared.commands[1])};
  measured.prefix = prepared.place.prefix.text();
  measured.clock = prepared.clock;
  measured.pairing = prepared.pairing;
  measured.core = prepared.place.core;
  measured.same_output = prepared.first[0].printed == prepared.first[1].printed &&
                         measured.other_output == std::array<std::size_t, 2>{};
  measured.samples = comparison.samples;
  measured.finding = find(comparison.samples, plan);
  measured.notes = notes_on(prepared, comparison, measured, plan);
  if (arguments.json) {
    print_json(to_json(measured));
  } else {
    print(to_text(measured));
  }
  if (!arguments.csv.empty()) {
    TRY_VOID(write_file(arguments.csv, to_csv(comparison.samples)));
  }
  return exit_done;
}

} // namespace autopass
