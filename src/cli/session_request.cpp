// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "session_request.h"

#include "record.h"
#include "request.h"
#include "util/file.h"
#include "util/text.h"

#include <cstdlib>

namespace autopass {
namespace {

Result<std::vector<std::string>> recorded_targets() {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto links, record.links());
  std::vector<std::string> targets;
  for (const auto& link : links) {
    targets.push_back(link.output);
  }
  return targets;
}

Result<double> budget_seconds(const std::string& said, const Config& config) {
  const auto seconds = parse_duration(said.empty() ? config.get("budget") : said);
  if (!seconds || *seconds <= 0) {
    return fail("--budget " + said + " is no length of time", "--budget 90s, 5m or 1h",
                usage_reason);
  }
  return *seconds;
}

} // namespace

Result<SessionRequest> request_session(const std::string& target, const WorkloadArguments& workload,
                                       const std::string& budget, const std::string& sandbox) {
  const std::string folder = working_folder();
  TRY(Project project, project_of(target, folder));
  TRY(Config config, Config::load(project));
  for (const auto& pattern : split(config.get("ignore"), ':')) {
    project.ignore.push_back(pattern); // the user's own, as the compiles that we replay had it
  }
  std::vector<std::string> recorded;
  if (target.empty() && project.targets.empty()) {
    TRY(recorded, recorded_targets());
  }
  TuneOptions options;
  TRY(options.target, choose_target(target, project, folder, recorded));
  if (!exists(options.target)) {
    return fail(options.target + " was never built: there is no such file",
                "build it first: make CC=autopass-clang", "target-not-built");
  }
  const char* fallback = std::getenv("AUTOPASS_RUN");
  TRY_VOID(choose_workloads(workload, project, folder, fallback != nullptr ? fallback : "", options));
  TRY(options.budget_seconds, budget_seconds(budget, config));
  options.agent = config.get("agent");
  options.sandbox = sandbox.empty() ? config.get("sandbox") : sandbox;
  return SessionRequest{std::move(project), std::move(config), std::move(options)};
}

} // namespace autopass
