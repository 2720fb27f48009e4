// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/config.h"
#include "cache/plan_store.h"
#include "cache/queue.h"
#include "cache/report_log.h"
#include "output.h"
#include "record.h"
#include "report/report.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <sys/stat.h>

namespace autopass {
namespace {

constexpr std::size_t most_reports = 5;

// Who holds the lock of the measuring session; 0: nobody. Read from /proc/locks, because trying to
// take the lock could turn a session away that starts at this moment.
//   1: FLOCK  ADVISORY  WRITE 4711 fe:01:131090 0 EOF
long running_session() {
  struct stat status {};
  if (::stat((state_folder() + "/session.lock").c_str(), &status) != 0) {
    return 0;
  }
  const std::string inode = ":" + std::to_string(status.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, type, mode, access, place;
    long pid = 0;
    words >> number >> type >> mode >> access >> pid >> place;
    if (type == "FLOCK" && place.ends_with(inode)) {
      return pid;
    }
  }
  return 0;
}

struct Status {
  long session = 0;
  std::int64_t spool = 0;   // bytes that were in it
  std::int64_t dropped = 0; // records that did not fit into it, since the last fold
  std::size_t queued = 0;
  std::size_t plans = 0;
  std::string tune_setting;
  std::string libraries;
  std::vector<Report> reports; // the newest of each target, the newest first
};

Result<std::size_t> count_plans() {
  std::size_t count = 0;
  if (!exists(plans_path())) {
    return count;
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto slices, store.slices());
  for (const auto& slice : slices) {
    TRY(const auto plans, store.plans(slice));
    count += plans.size();
  }
  return count;
}

Result<std::vector<Report>> newest_reports(Database& database) {
  TRY(const auto logged, ReportLog(database).all());
  std::vector<Report> reports;
  std::set<std::string> seen;
  for (const auto& entry : logged) {
    if (reports.size() == most_reports || !seen.insert(entry.target).second) {
      continue;
    }
    if (auto report = report_from_json(entry.json)) {
      reports.push_back(std::move(*report));
    }
  }
  return reports;
}

Result<Status> collect() {
  TRY(const Project project, find_project(working_folder()));
  TRY(const Config config, Config::load(project));
  Status status;
  struct stat spool {};
  status.spool = ::lstat(spool_path().c_str(), &spool) == 0 ? spool.st_size : 0;
  status.dropped = dropped_records(spool_path());
  TRY(BuildRecord record, open_build_record());
  TRY(const auto entries, Queue(record.database()).list());
  status.session = running_session();
  for (const auto& entry : entries) {
    status.queued += entry.state == "queued" ? 1 : 0;
  }
  TRY(status.plans, count_plans());
  status.tune_setting = config.get("tune");
  status.libraries = library_folder();
  TRY(status.reports, newest_reports(record.database()));
  return status;
}

void print_as_json(const Status& status) {
  nlohmann::ordered_json reports = nlohmann::ordered_json::array();
  for (const auto& report : status.reports) {
    nlohmann::ordered_json ratio;
    if (report.speedup) {
      ratio = report.speedup->ratio;
    }
    reports.push_back({{"target", report.target},
                       {"verdict", report.verdict},
                       {"ratio", ratio},
                       {"started_at", report.started_at}});
  }
  print_json({{"session", status.session},
              {"queued", status.queued},
              {"spool", status.spool},
              {"dropped", status.dropped},
              {"plans", status.plans},
              {"tune", status.tune_setting},
              {"libraries", status.libraries},
              {"folders",
               {{"plans", data_folder()},
                {"records", state_folder()},
                {"config", config_folder()}}},
              {"reports", reports}});
}

void print_as_text(const Status& status) {
  print(status.session != 0 ? format("session   running (process %ld)\n", status.session)
                            : "session   none is running\n");
  print(format("queue     %zu waiting; sessions after a link: %s\n", status.queued,
               status.tune_setting.c_str()));
  print(format("plans     %zu in force\n", status.plans));
  print(format("spool     %.1f of %lld MiB, taken over just now", double(status.spool) / (1 << 20),
               static_cast<long long>(spool_limit >> 20)) +
        (status.dropped > 0 ? format("; it was full, %lld records were dropped",
                                     static_cast<long long>(status.dropped))
                            : "") +
        "\n");
  print("libraries " +
        (status.libraries.empty() ? std::string("lib/autopass was not found") : status.libraries) +
        "\n");
  // All that we keep; uninstalling leaves it.
  print("kept in   " + data_folder() + " (plans), " + state_folder() + " (records), " +
        config_folder() + " (configuration)\n");
  for (const auto& report : status.reports) {
    print("report    " + report.target + ": " + report.verdict +
          (report.speedup ? format(", %.3f", report.speedup->ratio) : "") + " (" +
          report.started_at + ")\n");
  }
}

} // namespace

Result<int> execute(const StatusArguments& arguments) {
  TRY(const Status status, collect());
  if (arguments.json) {
    print_as_json(status);
  } else {
    print_as_text(status);
  }
  return exit_done;
}

} // namespace autopass
