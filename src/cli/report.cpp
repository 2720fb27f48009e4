// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/report.h"

#include "cache/report_log.h"
#include "output.h"
#include "record.h"
#include "request.h"
#include "util/paths.h"

namespace autopass {
namespace {

Result<std::optional<LoggedReport>> find_report(Database& database, const std::string& target) {
  ReportLog log(database);
  if (!target.empty()) {
    return log.last(absolute(target, working_folder()));
  }
  TRY(const auto all, log.all());
  return all.empty() ? std::nullopt : std::optional<LoggedReport>(all.front());
}

} // namespace

Result<int> execute(const ReportArguments& arguments) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto logged, find_report(record.database(), arguments.target));
  if (!logged) {
    return fail(arguments.target.empty() ? "there is no report yet"
                                         : "there is no report on " + arguments.target,
                "autopass tune");
  }
  TRY(const Report report, report_from_json(logged->json));
  print(arguments.json ? to_json(report) + "\n" : to_text(report, colour_wanted(1)));
  return exit_done;
}

} // namespace autopass
