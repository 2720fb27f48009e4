// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "request.h"

#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::size_t most_listed = 8;

tl::unexpected<Error> ask_which(const std::string& what, const std::vector<std::string>& targets) {
  std::string listed;
  for (std::size_t i = 0; i < targets.size() && i < most_listed; ++i) {
    listed += (i == 0 ? "" : ", ") + targets[i];
  }
  return fail(what + ": " + listed + (targets.size() > most_listed ? ", ..." : ""),
              "autopass tune " + shell_quote(targets.front()) + " ...", usage_reason);
}

std::vector<std::string> below(const std::string& folder, const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  for (const auto& path : paths) {
    if (path.starts_with(folder == "/" ? folder : folder + "/") && exists(path)) {
      found.push_back(path);
    }
  }
  return found;
}

std::vector<Workload> make_workloads(const std::vector<std::string>& commands,
                                     const Workload& common) {
  std::vector<Workload> workloads;
  for (const auto& command : commands) {
    workloads.push_back(common);
    workloads.back().command = command;
  }
  return workloads;
}

const TargetConfig* find_target(const Project& project, const std::string& target) {
  for (const auto& candidate : project.targets) {
    if (absolute(candidate.path, project.folder) == target) {
      return &candidate;
    }
  }
  return nullptr;
}

// A project file has commands in it.
bool is_own(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

Result<std::string> existing_file(const std::string& name, const std::string& folder,
                                  const std::string& next) {
  if (name.empty()) {
    return std::string("/dev/null");
  }
  const std::string path = absolute(name, folder);
  if (!exists(path)) {
    return fail("cannot read the workload's input " + path + ": there is no such file", next,
                usage_reason);
  }
  return path;
}

} // namespace

Result<Project> project_of(const std::string& given, const std::string& folder) {
  TRY(Project here, find_project(folder));
  if (given.empty() || find_target(here, absolute(given, folder)) != nullptr) {
    return here;
  }
  const std::string target = absolute(given, folder);
  TRY(Project there, find_project(parent(target)));
  const bool wanted = here.folder.empty() ? !there.folder.empty() : find_target(there, target) != nullptr;
  return wanted && is_own(project_file(there.folder)) ? there : here;
}

namespace {

// What counts as the same result, where that was not typed: of the program, whichever command runs it.
// `folder` is where its commands run.
Result<void> add_expectation(const TargetConfig& configured, const WorkloadArguments& arguments, const std::string& folder,
                             Workload& workload) {
  if (arguments.checker.empty() && arguments.tolerance.empty()) { // a gate asks one of the two
    workload.checker = configured.checker;
    workload.checker_folder = folder;
  }
  const std::string& counts = configured.stderr_counts;
  if (!counts.empty() && counts != "true" && counts != "false") {
    return fail(".autopass.toml: stderr = " + counts + " is neither true nor false", "stderr = true",
                "bad-project-file");
  }
  workload.checks_errors = arguments.checks_errors || counts == "true";
  if (arguments.tolerance.empty() && !configured.tolerance.empty()) {
    auto tolerance = Tolerance::parse(configured.tolerance);
    if (!tolerance) {
      return fail(".autopass.toml: " + tolerance.error().what, "tolerance = \"" + tolerance.error().next + "\"", "bad-project-file");
    }
    workload.tolerance = std::move(*tolerance);
  }
  return {};
}

} // namespace

Result<std::string> choose_target(const std::string& given, const Project& project,
                                  const std::string& folder,
                                  const std::vector<std::string>& recorded) {
  if (!given.empty()) {
    return absolute(given, folder);
  }
  std::vector<std::string> configured;
  for (const auto& target : project.targets) {
    configured.push_back(absolute(target.path, project.folder));
  }
  const auto built = configured.empty() ? below(folder, recorded) : configured;
  if (built.empty()) {
    return fail("no program to tune: none is named, .autopass.toml names none, and none was linked "
                "by autopass-clang in " +
                    folder,
                "build it first (make CC=autopass-clang), then: autopass tune ./PROGRAM --run "
                "'./PROGRAM ...'",
                usage_reason);
  }
  if (built.size() > 1) {
    return ask_which("which program", built);
  }
  return built.front();
}

Result<void> choose_workloads(const WorkloadArguments& arguments, const Project& project,
                              const std::string& folder, const std::string& fallback,
                              TuneOptions& options) {
  const TargetConfig* configured = find_target(project, options.target);
  const bool typed = !arguments.run.empty();
  const bool from_project = !typed && configured != nullptr && !configured->train.empty();
  if (!typed && !from_project && fallback.empty()) {
    return fail("no workload: how is " + options.target + " run?",
                "say it with --run '{target} ...', or write it down once: autopass init " +
                    shell_quote(options.target) + " --run '...'",
                usage_reason);
  }

  Workload common;
  common.folder = folder;
  common.outputs = arguments.outputs;
  if (!arguments.tolerance.empty()) {
    TRY(common.tolerance, Tolerance::parse(arguments.tolerance));
  }
  common.checker = arguments.checker;
  common.checks_errors = arguments.checks_errors;
  if (configured != nullptr) {
    const std::string its_folder = configured->folder.empty() ? project.folder : absolute(configured->folder, project.folder);
    TRY_VOID(add_expectation(*configured, arguments, its_folder, common));
    common.folder = from_project ? its_folder : common.folder;
  }
  if (from_project) {
    if (arguments.outputs.empty()) {
      common.outputs = configured->outputs;
    }
    TRY(common.input, existing_file(configured->input, common.folder,
                                    "correct `input` in .autopass.toml, a path in the workload's folder"));
  }
  if (typed && configured != nullptr && !configured->outputs.empty() && arguments.outputs.empty()) {
    options.remarks.emplace_back("the outputs in .autopass.toml are those of its own commands: not looked at (--output)");
  }
  if (!arguments.input.empty() || !from_project) {
    TRY(common.input, existing_file(arguments.input, folder, "correct --input, a path from " + folder));
  }
  if (!arguments.prefix.empty()) {
    TRY(options.prefix, Prefix::parse(arguments.prefix, folder));
  } else if (configured != nullptr && !configured->prefix.empty()) {
    TRY(options.prefix, Prefix::parse(configured->prefix, project.folder));
  }
  const std::vector<std::string> train = typed          ? arguments.run
                                         : from_project ? configured->train
                                                        : std::vector<std::string>{fallback};
  options.train = make_workloads(train, common);
  if (!arguments.holdout.empty()) {
    options.holdout = make_workloads(arguments.holdout, common);
  } else if (from_project) {
    options.holdout = make_workloads(configured->holdout, common);
  } else {
    options.holdout.clear();
  }
  return {};
}

} // namespace autopass
