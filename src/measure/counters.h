// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the kernel's performance counters say of a run. They explain a difference in time, and decide
// nothing: fewer instructions can take longer.
#pragma once

#include "util/descriptor.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// `type` and `config` as in perf_event_attr.
struct CountedEvent {
  std::string_view name;
  std::uint32_t type = 0;
  std::uint64_t config = 0;
};

// Of the processor: cycles, instructions, branch-misses, cache-misses.
std::span<const CountedEvent> hardware_events();

// In the order of the events; without a value where it could not be counted.
struct Counts {
  std::vector<std::optional<double>> values;
  // Why a value is missing, the first if they differ; empty: none is. no-pmu, perf-not-permitted,
  // no-perf-events, perf-failed, counters-busy.
  std::string missing;

  bool any() const;
};

// Counts in user mode what the calling thread starts from now on, once it has become another program
// (exec), and all that this starts in turn; in a sandbox, too. Threads that count side by side do not
// see each other's programs.
class Counters {
public:
  explicit Counters(std::span<const CountedEvent> events);
  // To be called when what was started has ended. Where the processor could count only part of the
  // time (more events than it has counters), the value is scaled to the whole.
  Counts read() const;

private:
  std::deque<Descriptor> m_files; // one an event; without a file where it cannot be counted
  std::string m_missing;
};

// The median of each event over the runs that have it.
Counts median_counts(const std::vector<Counts>& runs);

// The reason for which the kernel refused to count, from errno.
std::string missing_reason(int error);
// Such a reason, or one of `autopass measure`, as half a sentence.
std::string missing_words(std::string_view reason);

} // namespace autopass
