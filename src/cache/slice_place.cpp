// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "slice_place.h"

#include "util/paths.h"

#include <cstdlib>

namespace autopass {
namespace {

// As Config has it, but the configuration's files are read only when nothing stronger is set: a
// compile waits for this.
Result<std::string> cpu_of(const Project& project) {
  if (const char* chosen = std::getenv("AUTOPASS_CPU"); chosen != nullptr && *chosen != '\0') {
    return chosen;
  }
  if (!project.cpu.empty()) {
    return project.cpu;
  }
  TRY(const Config config, Config::load(project));
  return config.get("cpu");
}

// Then the search upwards from `path` has passed `folder`.
bool is_below(const std::string& path, const std::string& folder) {
  const auto real = real_path(path); // what is not there is not below
  const auto above = real_path(folder);
  return !real.empty() && !above.empty() && real.starts_with(above == "/" ? above : above + "/");
}

} // namespace

Result<Project> project_around(const std::string& source, const std::string& folder) {
  TRY(Project project, find_project(absolute(source, folder)));
  if (!project.folder.empty() || is_below(absolute(source, folder), folder)) {
    return project;
  }
  return find_project(folder);
}

Result<SlicePlace> slice_place(const std::string& source, const std::string& folder) {
  TRY(const Project project, project_around(source, folder));
  return slice_place(project);
}

Result<SlicePlace> slice_place(const Project& project) {
  TRY(std::string cpu, cpu_of(project));
  return SlicePlace{project.scope, std::move(cpu)};
}

} // namespace autopass
