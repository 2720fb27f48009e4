// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command_pair.h"

#include "execute.h"
#include "util/file.h"

#include <future>
#include <unistd.h>

extern char** environ;

namespace autopass {

Result<Run> CommandPair::run(std::size_t side, const std::string& extra) const {
  const std::string place = m_scratch + (side == 0 ? "/a" : "/b");
  TRY_VOID(make_folders(place));
  Command command;
  command.argv = m_options.prefix.empty()
                     ? m_commands[side]
                     : m_options.prefix.before(m_commands[side], m_options.folder);
  command.folder = m_options.folder;
  command.environment.emplace();
  for (char** variable = environ; *variable != nullptr; ++variable) {
    command.environment->emplace_back(*variable);
  }
  command.environment->push_back(extra);
  command.input = m_options.input;
  command.output = place + "/stdout";
  command.timeout = m_options.timeout;
  command.output_limit = m_options.output_limit;
  command.core = m_options.core;
  return execute(command, {}, m_options.events);
}

Result<std::array<Run, 2>> CommandPair::run_both(Pairing pairing, bool first_first,
                                                 const std::string& extra) const {
  const std::size_t leader = first_first ? 0 : 1;
  std::array<Run, 2> runs;
  if (pairing == Pairing::InTurn) {
    TRY(runs[leader], run(leader, extra));
    TRY(runs[1 - leader], run(1 - leader, extra));
    return runs;
  }
  // The thread that starts a program has to outlive it: the program dies with it.
  auto other = std::async(std::launch::async, [&] { return run(1 - leader, extra); });
  auto one = run(leader, extra);
  auto two = other.get();
  TRY(runs[leader], std::move(one));
  TRY(runs[1 - leader], std::move(two));
  return runs;
}

Result<PairingChoice> CommandPair::choose() const {
  if (m_options.core < 0) {
    return PairingChoice{Pairing::InTurn, "runs are not pinned to a core"};
  }
  std::array<Run, 2> alone;
  PairingTrial trial{m_options.folder, m_scratch, {}, {}};
  trial.alone = [&]() -> Result<void> {
    TRY(alone, run_both(Pairing::InTurn, true, stack_padding(1)));
    return {};
  };
  trial.at_once = [&]() -> Result<bool> {
    TRY(const auto both, run_both(Pairing::SideBySide, true, stack_padding(1)));
    bool same = true;
    for (std::size_t side = 0; side < 2; ++side) {
      same = same && both[side].printed == alone[side].printed &&
             both[side].status() == alone[side].status();
    }
    return same;
  };
  return choose_pairing(trial);
}

} // namespace autopass
