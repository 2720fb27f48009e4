// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The events are opened by us and on ourselves, switched off, to be inherited and to be switched on by
// the next exec. Whatever we start has them from its first instruction on, however many processes lie
// between us and it, and nothing of ours is counted, because we never exec. A child's values are added
// to ours by the kernel when it ends.
//
//   we (off) -- first process of the sandbox (off) -- the program (on from exec) -- its children (on)
//
// Kernel mode is left out, because since Linux 4.6 a user may not look at it; so for root it is left
// out, too: numbers of two machines should mean the same.
#include "counters.h"

#include "statistics.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::array processor_events{
    CountedEvent{"cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    CountedEvent{"instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    CountedEvent{"branch-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
    CountedEvent{"cache-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
};

struct MissingReason {
  std::string_view name, words;
};
constexpr std::array reasons{
    MissingReason{"no-pmu", "the processor's counters are not there, as in most virtual machines"},
    MissingReason{"perf-not-permitted",
                  "the kernel does not let us count: kernel.perf_event_paranoid is above 2, or a "
                  "container forbids it"},
    MissingReason{"no-perf-events", "this kernel has no perf_event_open"},
    MissingReason{"perf-failed", "perf_event_open failed"},
    MissingReason{"counters-busy", "the processor's counters were taken by somebody else"},
    MissingReason{"prefix-waits",
                  "what runs here is a prefix that mostly waits; the program is somewhere else"},
};

int open_event(const CountedEvent& event) {
  struct perf_event_attr attributes {};
  attributes.size = sizeof attributes;
  attributes.type = event.type;
  attributes.config = event.config;
  attributes.disabled = 1;
  attributes.inherit = 1;
  attributes.enable_on_exec = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  constexpr pid_t ourselves = 0;
  constexpr int any_core = -1, no_group = -1;
  return static_cast<int>(::syscall(SYS_perf_event_open, &attributes, ourselves, any_core, no_group,
                                    PERF_FLAG_FD_CLOEXEC));
}

} // namespace

std::span<const CountedEvent> hardware_events() {
  return processor_events;
}

bool Counts::any() const {
  return std::any_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
}

Counters::Counters(std::span<const CountedEvent> events) {
  for (const CountedEvent& event : events) {
    const int file = open_event(event);
    if (file < 0 && m_missing.empty()) {
      m_missing = missing_reason(errno);
    }
    m_files.emplace_back(above_standard(file));
  }
}

Counts Counters::read() const {
  struct {
    std::uint64_t value, enabled, running;
  } seen{};
  Counts counts{{}, m_missing};
  for (const Descriptor& file : m_files) {
    auto& value = counts.values.emplace_back();
    if (file.get() < 0 || ::read(file.get(), &seen, sizeof seen) != sizeof seen) {
      continue;
    }
    if (seen.running > 0) {
      value = static_cast<double>(seen.value) * static_cast<double>(seen.enabled) /
              static_cast<double>(seen.running);
    } else if (counts.missing.empty()) {
      counts.missing = "counters-busy";
    }
  }
  return counts;
}

Counts median_counts(const std::vector<Counts>& runs) {
  Counts medians;
  for (const Counts& run : runs) {
    medians.values.resize(std::max(medians.values.size(), run.values.size()));
    if (medians.missing.empty()) {
      medians.missing = run.missing;
    }
  }
  for (std::size_t event = 0; event < medians.values.size(); ++event) {
    std::vector<double> values;
    for (const Counts& run : runs) {
      if (event < run.values.size() && run.values[event]) {
        values.push_back(*run.values[event]);
      }
    }
    if (!values.empty()) {
      medians.values[event] = median(values);
    }
  }
  return medians;
}

std::string missing_reason(int error) {
  switch (error) {
  case ENOENT:
  case ENODEV:
  case EOPNOTSUPP:
    return "no-pmu";
  case EACCES:
  case EPERM:
    return "perf-not-permitted";
  case ENOSYS:
    return "no-perf-events";
  default:
    return "perf-failed";
  }
}

std::string missing_words(std::string_view reason) {
  for (const MissingReason& known : reasons) {
    if (known.name == reason) {
      return std::string(known.words);
    }
  }
  return std::string(reason);
}

} // namespace autopass
