// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pairing.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace autopass {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 20'000; // more are not watched

// Names, sizes and times of all files below `folder` that we may see, our own scratch folder left out; nothing when
// they are too many, or cannot be read. What another user keeps from us the workload does not write either.
std::optional<Digest> state_of(const std::string& folder, const std::string& scratch) {
  Hasher hasher;
  std::size_t files = 0;
  std::error_code code;
  std::vector<std::string> lines;
  constexpr auto what_we_may = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(folder.empty() ? "." : folder, what_we_may, code), end;
       !code && entry != end; entry.increment(code)) {
    if (entry->path() == scratch) {
      entry.disable_recursion_pending();
      continue;
    }
    if (++files > most_files) {
      return std::nullopt;
    }
    std::error_code ignored; // a folder has no size, a dangling link no time: their name counts
    const auto size = entry->is_regular_file(ignored) ? entry->file_size(ignored) : 0;
    const auto time = entry->is_regular_file(ignored)
                          ? entry->last_write_time(ignored).time_since_epoch().count()
                          : 0;
    lines.push_back(entry->path().string() + '\n' + std::to_string(size) + '\n' +
                    std::to_string(time));
  }
  std::sort(lines.begin(), lines.end());
  for (const auto& line : lines) {
    hasher.text(line);
  }
  return code ? std::nullopt : std::optional(hasher.finish());
}

PairingChoice in_turn(const std::string& why) {
  return {Pairing::InTurn, why};
}

} // namespace

Result<PairingChoice> choose_pairing(const PairingTrial& trial) {
  const auto before = state_of(trial.folder, trial.scratch);
  TRY_VOID(trial.alone());
  if (!before || state_of(trial.folder, trial.scratch) != before) {
    return in_turn(before ? "the workload writes files in its folder"
                          : "the workload's folder has too many files to watch, or some that change meanwhile");
  }
  TRY(const bool right, trial.at_once());
  return right ? PairingChoice{Pairing::SideBySide, {}}
               : in_turn("two runs at once do not both give the right output");
}

Result<PairingChoice> choose_pairing(const Runner& runner, const Workload& workload,
                                     const std::string& binary, const Judge& judge) {
  if (runner.options().clock == Clock::Wall) {
    return in_turn("the wall clock is read");
  }
  if (runner.options().core < 0) {
    return in_turn("runs are not pinned to a core");
  }
  if (!workload.outputs.empty()) {
    return in_turn("the workload has output files");
  }
  PairingTrial trial{workload.folder, runner.scratch(), {}, {}};
  trial.alone = [&]() -> Result<void> {
    TRY_VOID(runner.run(workload, binary));
    return {};
  };
  trial.at_once = [&]() -> Result<bool> {
    TRY(const auto both, runner.run_side_by_side(workload, binary, binary, {}));
    return judge(both[0]).empty() && judge(both[1]).empty();
  };
  return choose_pairing(trial);
}

} // namespace autopass
