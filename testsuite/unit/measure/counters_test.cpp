// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/counters.h"

#include "measure/execute.h"
#include "util/file.h"

#include <cerrno>
#include <doctest/doctest.h>
#include <linux/perf_event.h>

using namespace autopass;

namespace {

// What every kernel counts by itself goes the same way as what a processor counts.
constexpr CountedEvent page_faults[] = {{"page-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS}};

struct CountersBench {
  ScratchFolder folder = ScratchFolder::create("counters-test").value();

  Counts counts(const std::string& shell, std::span<const CountedEvent> events,
                std::shared_ptr<const Sandbox> sandbox = {}) const {
    Command command{.argv = {"/bin/sh", "-c", shell}, .folder = folder.path()};
    command.output = folder.path() + "/stdout";
    if (sandbox) {
      command.confinement = confined_to(sandbox, folder.path());
    }
    const Run run = execute(command, {}, events).value();
    CHECK(run.success());
    return run.counts;
  }
};

} // namespace

TEST_CASE("what a program does is counted, with its children, in a sandbox, too; or it is said why not") {
  const CountersBench bench;
  const std::string one = ":", many = "for i in 1 2 3 4 5 6 7 8; do /bin/true; done; :";
  const Counts alone = bench.counts(one, page_faults);
  if (!alone.any()) { // a container may forbid all of it
    CHECK(alone.missing == "perf-not-permitted");
    return;
  }
  CHECK(alone.missing.empty());
  CHECK(*alone.values[0] > 10);
  const Counts with_children = bench.counts(many, page_faults);
  CHECK(*with_children.values[0] > 3 * *alone.values[0]);
  if (const auto sandbox = Sandbox::create()) {
    const Counts inside = bench.counts(many, page_faults, *sandbox);
    CHECK(*inside.values[0] > 3 * *alone.values[0]);
    CHECK(*inside.values[0] < 2 * *with_children.values[0]);
  }
}

TEST_CASE("an event that is not there leaves the others, and a reason") {
  const CountersBench bench;
  const CountedEvent events[] = {{"none", PERF_TYPE_SOFTWARE, 1'000'000}, page_faults[0]};
  const Counts counts = bench.counts(":", events);
  REQUIRE(counts.values.size() == 2);
  CHECK_FALSE(counts.values[0]);
  CHECK_FALSE(counts.missing.empty());
  CHECK(counts.values[1].has_value() == bench.counts(":", page_faults).any());
}

TEST_CASE("of the processor's counters there are all, or a known reason") {
  const CountersBench bench;
  const Counts counts = bench.counts(":", hardware_events());
  CHECK(counts.values.size() == 4);
  CHECK(counts.any() != (counts.missing == "no-pmu" || counts.missing == "perf-not-permitted" ||
                         counts.missing == "no-perf-events" || counts.missing == "counters-busy"));
}

TEST_CASE("the kernel's refusals have names") {
  CHECK(missing_reason(ENOENT) == "no-pmu");
  CHECK(missing_reason(EOPNOTSUPP) == "no-pmu");
  CHECK(missing_reason(EACCES) == "perf-not-permitted");
  CHECK(missing_reason(EPERM) == "perf-not-permitted");
  CHECK(missing_reason(ENOSYS) == "no-perf-events");
  CHECK(missing_reason(EMFILE) == "perf-failed");
  CHECK(missing_words("no-pmu").find("virtual machine") != std::string::npos);
  CHECK(missing_words("unheard-of") == "unheard-of");
}

TEST_CASE("medians are of the runs that have a value") {
  const Counts counts = median_counts({{{1.0, {}}, "counters-busy"}, {{3.0, {}}, ""}, {{2.0, 7.0}, ""}});
  CHECK(*counts.values[0] == 2);
  CHECK(*counts.values[1] == 7);
  CHECK(counts.missing == "counters-busy");
  CHECK_FALSE(median_counts({}).any());
}
