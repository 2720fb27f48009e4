// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "interrupt.h"
#include "output.h"
#include "progress.h"
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

// The target and its workloads, checked as far as that costs nothing.
Result<TuneOptions> plan_session(const TuneArguments& arguments, const Project& project,
                                 const Config& config) {
  const std::string folder = working_folder();
  std::vector<std::string> recorded;
  if (arguments.target.empty() && project.targets.empty()) {
    TRY(recorded, recorded_targets());
  }
  TuneOptions options;
  TRY(options.target, choose_target(arguments.target, project, folder, recorded));
  if (!exists(options.target)) {
    return fail(options.target + " was never built: there is no such file",
                "build it first: make CC=autopass-clang", "target-not-built");
  }
  const char* fallback = std::getenv("AUTOPASS_RUN");
  TRY_VOID(choose_workloads(arguments.workload, project, folder,
                            fallback != nullptr ? fallback : "", options));
  const auto seconds =
      parse_duration(arguments.budget.empty() ? config.get("budget") : arguments.budget);
  if (!seconds || *seconds <= 0) {
    return fail("--budget " + arguments.budget + " is no length of time", "--budget 90s, 5m or 1h",
                usage_reason);
  }
  options.budget_seconds = *seconds;
  options.agent = arguments.agent.empty() ? config.get("agent") : arguments.agent;
  options.dry_run = arguments.dry_run;
  options.trust_unseen = arguments.trust_unseen;
  options.show_prompts = arguments.show_prompts;
  options.fresh = arguments.fresh;
  return options;
}

} // namespace

Result<int> execute(const TuneArguments& arguments) {
  TRY(Project project, project_of(arguments.target, working_folder()));
  TRY(const Config config, Config::load(project));
  for (const auto& pattern : split(config.get("ignore"), ':')) {
    project.ignore.push_back(pattern); // the user's own, as the compiles that we replay had it
  }
  TRY(TuneOptions options, plan_session(arguments, project, config));

  end_on_interrupt("\nautopass: interrupted; what was measured is kept, the next tune goes on\n");
  Result<Report> report = fail("no session");
  {
    Progress progress;
    options.say = [&](const std::string& line) { progress.say(line); };
    options.progress = [&](const std::string& step, double done, double seconds_left) {
      progress.update(step, done, seconds_left);
    };
    report = tune(options, project, config);
  }
  if (!report) {
    return tl::make_unexpected(report.error());
  }
  print(arguments.json ? to_json(*report) + "\n" : to_text(*report, colour_wanted(1)));
  return exit_done;
}

} // namespace autopass
