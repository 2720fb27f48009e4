// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The queue of sessions that builds have asked for (autopass config tune=auto). `queue --work` is
// what the compiler wrapper starts, detached, after a link: it runs whatever waits and goes away.
#include "cache/queue.h"
#include "interrupt.h"
#include "output.h"
#include "record.h"
#include "request.h"
#include "tune/host_lock.h"
#include "util/paths.h"
#include "util/text.h"

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int background_niceness = 10;

Result<Report> run_session(const QueueEntry& entry) {
  TRY(const Project project, find_project(entry.folder));
  TRY(const Config config, Config::load(project));
  TuneOptions options;
  options.target = entry.target;
  TRY_VOID(choose_workloads({}, project, entry.folder, "", options));
  TRY(options.budget_seconds, parse_duration(config.get("budget")));
  options.agent = config.get("agent");
  options.sandbox = config.get("sandbox");
  return tune(options, project, config);
}

std::string summary(const Report& report) {
  return report.speedup ? format("%s: %.3f", report.verdict.c_str(), report.speedup->ratio)
                        : report.verdict;
}

Result<int> work() {
  end_on_interrupt("");
  if (::getpriority(PRIO_PROCESS, 0) < background_niceness) {
    ::setpriority(PRIO_PROCESS, 0, background_niceness);
  }
  while (true) {
    TRY_VOID(HostLock::wait()); // nothing is done beside a session that measures
    TRY(BuildRecord record, open_build_record());
    Queue queue(record.database());
    TRY(const auto entry, queue.claim(::getpid()));
    if (!entry) {
      return exit_done;
    }
    const auto report = run_session(*entry);
    if (!report && report.error().reason == "session-running") {
      TRY_VOID(queue.put_back(entry->id));
      continue;
    }
    TRY_VOID(queue.finish(entry->id, report.has_value(),
                          report ? summary(*report) : report.error().what));
  }
}

Result<int> list(bool json) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto entries, Queue(record.database()).list());
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  std::string text;
  for (const auto& entry : entries) {
    array.push_back({{"target", entry.target},
                     {"state", entry.state},
                     {"created_at", entry.created_at},
                     {"started_at", entry.started_at},
                     {"message", entry.message}});
    text += format("%-8s %s  ", entry.state.c_str(), entry.created_at.c_str()) + entry.target +
            (entry.message.empty() ? "" : "  " + entry.message) + "\n";
  }
  if (json) {
    print_json({{"queue", array}});
  } else {
    print(text.empty() ? "nothing is queued\n" : text);
  }
  return exit_done;
}

} // namespace

Result<int> execute(const QueueArguments& arguments) {
  return arguments.work ? work() : list(arguments.json);
}

} // namespace autopass
