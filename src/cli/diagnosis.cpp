// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "diagnosis.h"

#include "cache/config.h"
#include "cache/snapshot.h"
#include "cache/snapshot_check.h"
#include "cache/spool.h"
#include "plan/plan_file.h"
#include "reasons.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/compiler.h"
#include "wrapper/intent.h"

#include <algorithm>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

// A file that is there must take more, another one's folder must let us make it.
bool can_be_written(std::string path) {
  struct stat status {};
  const bool there = exists(path);
  while (::stat(path.c_str(), &status) != 0 && path != "/" && path != ".") {
    path = parent(path);
  }
  return (there || S_ISDIR(status.st_mode)) && ::access(path.c_str(), W_OK) == 0;
}

Symptom folder(const std::string& name, const std::string& path, const std::string& variable) {
  if (path.empty()) {
    return {name, Health::Fail, "there is no such folder: neither HOME nor " + variable + " is set",
            "set " + variable + " to a writable folder"};
  }
  if (!exists(path) && !may_create(path)) {
    return {name, Health::Fail,
            path + " is not made: it would be root's in another user's folder, or HOME is not there",
            "run it as that user, or set HOME or " + variable, "foreign-folder"};
  }
  if (!can_be_written(path)) {
    return {name, Health::Fail, path + " cannot be written",
            "give it to yourself, or set " + variable + " to a writable folder"};
  }
  return {name, Health::Ok, path};
}

Symptom spool(const std::string& path) {
  const std::string consequence = ": builds work, but `autopass tune` will not know of them";
  struct stat status {};
  if (path.empty()) {
    return {"spool", Health::Warn, "AUTOPASS_SPOOL is empty" + consequence, "unset AUTOPASS_SPOOL"};
  }
  const bool there = ::lstat(path.c_str(), &status) == 0;
  if ((there && !S_ISREG(status.st_mode)) || !can_be_written(path) || (!there && !may_create(path))) {
    return {"spool", Health::Fail, path + " is no file that can be written" + consequence,
            "move it away"};
  }
  const auto size = there ? status.st_size : 0;
  const std::string what = format("%s, %.1f of %lld MiB", path.c_str(), double(size) / (1 << 20),
                                  static_cast<long long>(spool_limit >> 20));
  if (const auto dropped = dropped_records(path); dropped > 0) {
    return {"spool", Health::Warn,
            what + ": it is full, " + std::to_string(dropped) + " records were dropped" +
                consequence,
            "autopass stats, which takes over what is in it; then build anew", "record-dropped"};
  }
  if (size > spool_limit / 10 * 9) {
    return {"spool", Health::Warn, what + ": when it is full, nothing more is recorded",
            "autopass stats, which takes over what is in it"};
  }
  return {"spool", Health::Ok, what};
}

// Plans by hand, which compiles take instead of published ones.
Symptom plan_file(const std::string& path) {
  const auto text = read_file(path, largest_plan_file);
  const auto file = text ? parse_plan_file(*text) : tl::make_unexpected(text.error());
  if (!file) {
    return {"plans", Health::Fail, "AUTOPASS_PLANS=" + path + ": " + file.error().what,
            "autopass plan check " + path, text ? "plan-file-invalid" : "plan-file-unreadable"};
  }
  const auto bad = std::count_if(file->functions.begin(), file->functions.end(),
                                 [](const auto& entry) { return !entry.second; });
  const std::string what = format("AUTOPASS_PLANS=%s: plans by hand for %zu function%s, and none of those published",
                                  path.c_str(), file->functions.size(), file->functions.size() == 1 ? "" : "s");
  if (bad > 0) {
    return {"plans", Health::Warn, what + format("; %zu invalid", static_cast<std::size_t>(bad)),
            "autopass plan check " + path, "invalid-plan"};
  }
  return {"plans", Health::Ok, what};
}

} // namespace

Symptoms check_switches() {
  Symptoms symptoms;
  if (switched_off()) {
    symptoms.push_back({"switch", Health::Warn,
                        "AUTOPASS=" + variable("AUTOPASS") + ": compiles are passed through",
                        "unset AUTOPASS", "off"});
  }
  if (recursion_depth() > 0) {
    symptoms.push_back({"recursion", Health::Warn,
                        "AUTOPASS_GUARD is set, as a compiler of ours sets it for what it starts: "
                        "compiles from here are passed through",
                        "unset AUTOPASS_GUARD", "recursion"});
  }
  return symptoms;
}

Symptoms check_configuration() {
  const auto bad = [](const Error& error) {
    return Symptoms{{"configuration", Health::Fail, error.what, error.next, "project-unreadable"}};
  };
  const auto project = find_project(working_folder());
  if (!project) {
    return bad(project.error());
  }
  const auto config = Config::load(*project);
  if (!config) {
    return bad(config.error());
  }
  return {{"configuration", Health::Ok,
           project->folder.empty()
               ? "no project file for this folder: plans of the common scope"
               : project_file(project->folder) + ": project " + project->scope}};
}

Symptoms check_folders() {
  return {folder("data", data_folder(), "XDG_DATA_HOME"),
          folder("state", state_folder(), "XDG_STATE_HOME"), spool(chosen_spool())};
}

Symptoms check_snapshot() {
  if (const std::string by_hand = plan_file_path(); !by_hand.empty()) {
    return {plan_file(by_hand)};
  }
  if (const std::string chosen = variable("AUTOPASS_PLANS"); !chosen.empty() && !exists(chosen)) {
    return {{"plans", Health::Fail, "AUTOPASS_PLANS=" + chosen + ": there is no such file", "correct it, or unset it",
             "snapshot-not-a-file"}};
  }
  const auto whole = check_snapshot(snapshot_path());
  const auto snapshot = whole ? Snapshot::open(snapshot_path()) : tl::make_unexpected(whole.error());
  const auto empty = snapshot ? snapshot->empty() : tl::make_unexpected(snapshot.error());
  if (empty) {
    return {{"plans", Health::Ok,
             snapshot_path() + (*empty ? ": readable, holds no plan" : ": readable")}};
  }
  const std::string& reason = empty.error().reason;
  if (reason == "no-snapshot") {
    return {{"plans", Health::Ok, "none have been published yet"}};
  }
  return {{"plans", Health::Fail, snapshot_path() + ": " + std::string(meaning_of(reason)),
           "move it away; the next autopass tune that finds something writes it anew", reason}};
}

} // namespace autopass
