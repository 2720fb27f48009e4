// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Builds a recorded target with nothing but profiles, as a session's first candidates are:
//
//   build-profiled TARGET SCRATCH WORKDIR COMMAND MOST...
//
// counts the branches of TARGET under COMMAND (run in WORKDIR, {target} in the binary's place) and prints
// for each MOST the binary with the profiles of so many functions, and of how many there are. Behind the
// number, "-weights" leaves the calls out, "@2" asks for the second layout (build/replay.h).
#include "learned.h"

#include "agents/counts.h"
#include "tune/search.h"
#include "util/file.h"
#include "util/paths.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>

using namespace autopass;

namespace {

Result<std::vector<BranchCounts>> count(Replica& replica, const std::string& folder, std::string command) {
  TRY(const CountingBinary binary, replica.build_counting());
  const auto place = command.find("{target}");
  if (place == std::string::npos) {
    return fail("the command runs no {target}");
  }
  command.replace(place, 8, "'" + binary.path + "'");
  if (std::system(("cd '" + folder + "' && " + command + " >/dev/null").c_str()) != 0) {
    return fail("the counting run failed");
  }
  std::vector<BranchCounts> all;
  for (const std::string& file : binary.files) {
    TRY(const std::string lines, read_file(file));
    TRY(const std::string counters, read_file(file + ".counts"));
    TRY(auto counts, parse_counts(lines, counters));
    std::move(counts.begin(), counts.end(), std::back_inserter(all));
  }
  return combine_counts(std::move(all));
}

Result<void> build(int count_of_words, char** words) {
  const std::string path = words[1];
  TRY(auto record, BuildRecord::open(builds_path()));
  TRY_VOID(record.fold(spool_path()));
  TRY(const auto project, find_project(parent(path)));
  TRY(const auto target, resolve(record, project, path));
  ReplayOptions options;
  options.plugin = plugin_path(22);
  options.key = {project.scope, "generic", 22};
  TRY(const auto replica, Replica::create(target, words[2], options));
  TRY(const auto learned, learn(*replica));
  TRY(const auto counts, count(*replica, words[3], words[4]));
  for (int i = 5; i < count_of_words; ++i) {
    Proposal proposal;
    char* behind = nullptr;
    proposal.plans = profile_plans(counts, std::strtoull(words[i], &behind, 10));
    const std::string_view how = behind;
    for (FunctionPlan& plan : proposal.plans) {
      if (how.starts_with("-weights")) {
        plan.plan.calls.clear();
      }
    }
    const auto at = how.find('@');
    const Layout layout{at == std::string_view::npos ? 0 : std::atoi(behind + at + 1)};
    TRY(const auto binary, replica->build(to_candidate(proposal, learned.functions, target.path, {}), layout));
    std::printf("%zu %s\n", proposal.plans.size(), binary.path.c_str());
  }
  return {};
}

} // namespace

int main(int count, char** words) {
  if (count < 6) {
    std::fputs("usage: build-profiled TARGET SCRATCH WORKDIR COMMAND MOST...\n", stderr);
    return 2;
  }
  if (const auto built = build(count, words); !built) {
    std::fprintf(stderr, "build-profiled: %s\n", built.error().what.c_str());
    return 1;
  }
  return 0;
}
