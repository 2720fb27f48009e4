// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Replays a recorded target as a session does, and says what came of it, for the e2e tests:
//
//   replay-check TARGET                          resolve, rebuild, compare, collect evidence
//   replay-check TARGET FUNCTION PLAN            and build a candidate with this plan (JSON)
//   replay-check TARGET FUNCTION break:MUTATION  and build it broken
//   replay-check TARGET FUNCTION publish:PLAN    and publish this plan for the next build
//   replay-check TARGET FUNCTION discard:PLAN    builds a candidate, discards it, builds it again
//   replay-check TARGET FUNCTION recheck:PLAN    runs $REPLAY_EDIT between building and checking
//
// Prints one "name value" pair a line; the last built binary stays in the folder $REPLAY_SCRATCH.
#include "learned.h"

#include "build/unit_functions.h"
#include "util/paths.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace autopass;

namespace {

Result<Candidate> candidate_of(const Digest& function, const std::string& text) {
  StoredPlan stored;
  stored.fingerprint = function;
  TRY(stored.plan, parse(text));
  return Candidate{{stored}};
}

Result<Binary> build(Replica& replica, const Digest& function, const std::string& what) {
  if (what.starts_with("break:")) {
    return replica.build_broken(function, what.substr(6));
  }
  TRY(const auto candidate, candidate_of(function, what));
  return replica.build(candidate);
}

Result<void> discard(Replica& replica, const Candidate& candidate) {
  TRY(const auto stock, replica.build({}));
  const auto linked = std::filesystem::last_write_time(stock.path);
  TRY(const auto first, replica.build(candidate));
  replica.discard(candidate);
  TRY(const auto baseline, replica.build({}));
  std::printf("discarded %s\n", exists(first.path) ? "no" : "yes");
  const bool kept = exists(stock.path) && std::filesystem::last_write_time(stock.path) == linked;
  std::printf("baseline-kept %s\n", kept && baseline.path == stock.path ? "yes" : "no");
  TRY(const auto again, replica.build(candidate));
  std::printf("again %s\n", again.code == first.code && exists(again.path) ? "same" : "differs");
  return {};
}

Result<void> recheck(Replica& replica, const Candidate& candidate) {
  TRY_VOID(replica.build(candidate));
  if (const char* edit = std::getenv("REPLAY_EDIT"); edit != nullptr && std::system(edit) != 0) {
    return fail("REPLAY_EDIT failed");
  }
  return replica.check_unchanged(candidate);
}

// What the last step of a session does: the next build is compiled with this plan.
Result<void> publish(const Replica& replica, const SliceKey& key, const std::string& name,
                     const Digest& function, const std::string& text) {
  StoredPlan stored;
  stored.function = name;
  stored.fingerprint = function;
  TRY(stored.plan, parse(text));
  TRY(const auto probe,
      pair_up(replica.target().units.front().compile.compiler, key.llvm_major));
  TRY(auto store, PlanStore::open(plans_path()));
  TRY_VOID(store.set_cpu(key.cpu));
  TRY_VOID(store.replace(key, replica.target().path, {stored}));
  TRY_VOID(store.remember(probe));
  return store.publish(snapshot_path());
}

Result<void> check(int count, char** words) {
  const std::string path = absolute(words[1], std::filesystem::current_path().string());
  const char* scratch = std::getenv("REPLAY_SCRATCH");
  TRY(auto record, BuildRecord::open(builds_path()));
  TRY_VOID(record.fold(spool_path()));
  TRY(const auto project, find_project(parent(path)));
  TRY(const auto target, resolve(record, project, path));
  for (const auto& unit : target.units) {
    std::printf("unit %s in %s\n", unit.source.c_str(), base_name(unit.object).c_str());
  }
  for (const auto& opaque : target.opaque) {
    std::printf("opaque %s\n", opaque.c_str());
  }
  ReplayOptions options;
  options.plugin = plugin_path(22);
  options.key = {project.scope, "generic", 22};
  options.jobs = 2;
  TRY(const auto replica, Replica::create(target, scratch != nullptr ? scratch : ".", options));
  std::printf("baseline equal\n");
  for (const auto& note : replica->notes()) {
    std::printf("note %s\n", note.c_str());
  }
  TRY(const auto learned, learn(*replica));
  std::map<std::string, Digest> functions;
  for (const auto& function : learned.functions) {
    functions[function.function] = function.fingerprint;
  }
  std::printf("functions %zu\n", functions.size());
  if (count < 4) {
    return {};
  }
  const auto function = functions.find(words[2]);
  if (function == functions.end()) {
    return fail(std::string("no function ") + words[2], {}, "no-such-function");
  }
  TRY_VOID(remember_functions(record, target, learned.by_unit));
  if (const std::string what = words[3]; what.starts_with("publish:")) {
    return publish(*replica, options.key, words[2], function->second, what.substr(8));
  }
  if (const std::string what = words[3]; what.starts_with("discard:")) {
    TRY(const auto candidate, candidate_of(function->second, what.substr(8)));
    return discard(*replica, candidate);
  }
  if (const std::string what = words[3]; what.starts_with("recheck:")) {
    TRY(const auto candidate, candidate_of(function->second, what.substr(8)));
    return recheck(*replica, candidate);
  }
  TRY(const auto binary, build(*replica, function->second, words[3]));
  std::printf("code %s\n", binary.code == replica->baseline().code ? "same" : "differs");
  std::printf("binary %s\n", binary.path.c_str());
  return {};
}

} // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: replay-check TARGET [FUNCTION PLAN|break:MUTATION]\n", stderr);
    return 2;
  }
  if (const auto checked = check(count, words); !checked) {
    const auto& error = checked.error();
    std::printf("error %s\n", error.reason.c_str());
    std::fprintf(stderr, "%s\n%s\n", error.what.c_str(), error.next.c_str());
    return 1;
  }
  return 0;
}
