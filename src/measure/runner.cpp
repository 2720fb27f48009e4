// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runner.h"

#include "command_line.h"
#include "execute.h"
#include "util/file.h"
#include "util/hash.h"
#include "util/paths.h"
#include "util/subprocess.h"

#include <cassert>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <random>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

constexpr const char* scratch_advice =
    "check that you may write there and that there is space left; XDG_STATE_HOME names another place";

// Nothing of the user's environment but what programs cannot do without, and a prefix: the agent with the
// keys to another host.
std::vector<std::string> environment(const std::string& target, const Prefix& prefix,
                                     const std::vector<std::string>& extra) {
  const char* path = std::getenv("PATH");
  const char* home = std::getenv("HOME");
  std::vector<std::string> variables{std::string("PATH=") +
                                         (path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin"),
                                     std::string("HOME=") + (home != nullptr ? home : "/"),
                                     "LANG=C", "LC_ALL=C", "AUTOPASS_TARGET=" + target};
  if (const char* agent = std::getenv("SSH_AUTH_SOCK"); agent != nullptr && !prefix.empty()) {
    variables.push_back(std::string("SSH_AUTH_SOCK=") + agent);
  }
  variables.insert(variables.end(), extra.begin(), extra.end());
  return variables;
}

// What an earlier run left must not pass for the work of this one.
Result<void> remove_outputs(const Workload& workload) {
  for (const auto& name : workload.outputs) {
    const std::string path = absolute(name, workload.folder);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
      return fail_errno("cannot remove the output file " + path + " before a run",
                        "declare files that the workload writes, no folders");
    }
  }
  return {};
}

// The workload's folder as a copy in which its outputs are not there yet.
Result<Confinement> confine(const Workload& workload, const std::string& open_folder,
                            std::shared_ptr<const Sandbox> sandbox) {
  Confinement confinement = confined_to(std::move(sandbox), workload.folder);
  confinement.open_folder = open_folder;
  for (const auto& name : workload.outputs) {
    const std::filesystem::path said = absolute(name, confinement.folder);
    std::error_code code; // not there: no folder
    const std::string path =
        (std::filesystem::weakly_canonical(said.parent_path(), code) / said.filename()).string();
    if (std::filesystem::is_directory(path, code)) {
      return fail("the declared output " + path + " is a folder",
                  "declare files that the workload writes, no folders");
    }
    if (path.rfind(confinement.folder + "/", 0) != 0) {
      return fail("in a sandbox a workload cannot write " + path,
                  "let it write below " + confinement.folder + ", or say --sandbox=off",
                  "output-outside");
    }
    confinement.removed.push_back(path);
  }
  return confinement;
}

} // namespace

Runner::Runner(std::string target, std::string scratch, RunnerOptions options)
    : m_target(std::move(target)), m_scratch(std::move(scratch)), m_options(options) {}

std::string Runner::name_of(const std::string& binary) const {
  return base_name(m_target == "{target}" ? binary : m_target);
}

// <folder>/<the target's name> -> binary, put in place by a rename: on this host it is the new one at once.
Result<std::string> Runner::link_to(const std::string& folder, const std::string& binary) const {
  TRY_VOID(make_folders(folder));
  const std::string link = folder + "/" + name_of(binary);
  std::error_code code;
  if (std::filesystem::read_symlink(link, code) == binary) {
    return link;
  }
  const std::string fresh = folder + "/.next";
  ::unlink(fresh.c_str());
  if (::symlink(binary.c_str(), fresh.c_str()) != 0 || ::rename(fresh.c_str(), link.c_str()) != 0) {
    return fail_errno("cannot create " + link, scratch_advice);
  }
  return link;
}

// What runs `binary` under the target's name: the link, or a script that runs a link through the prefix. Each
// is in a folder that is called by the hash of what it holds: once there, neither ever changes. Another host may
// remember for a minute what a link on a shared file system was, and a program that is being written cannot be
// started.
Result<std::string> Runner::put_in(const std::string& place, const std::string& binary) const {
  if (m_options.prefix.empty()) {
    return link_to(place, binary);
  }
  TRY(const std::string link, link_to(place + "/" + hash_text(binary).hex(), binary));
  const std::string text = m_options.prefix.script(link);
  const std::string folder = place + "/" + hash_text(text).hex(), script = folder + "/" + name_of(binary);
  if (::access(script.c_str(), X_OK) != 0) {
    TRY_VOID(make_folders(folder));
    TRY_VOID(write_file(script, text));
    if (::chmod(script.c_str(), 0755) != 0) {
      return fail_errno("cannot make " + script + " a program", scratch_advice);
    }
  }
  return script;
}

Runner Runner::with_prefix(const Prefix& prefix) const {
  Runner through = *this;
  through.m_options.prefix = prefix;
  return through;
}

Result<Run> Runner::run(const Workload& workload, const std::string& binary,
                        const std::vector<std::string>& extra_environment,
                        const std::string& open_folder) const {
  return run_in(m_scratch + "/measured", workload, binary, extra_environment, open_folder);
}

Result<std::array<Run, 2>>
Runner::run_side_by_side(const Workload& workload, const std::string& first,
                         const std::string& second,
                         const std::vector<std::string>& environment) const {
  assert(workload.outputs.empty());
  // Before there is another thread: a child that it starts would hold a script open for writing.
  TRY_VOID(put_in(m_scratch + "/measured", std::filesystem::absolute(first).string()));
  TRY_VOID(put_in(m_scratch + "/compared", std::filesystem::absolute(second).string()));
  // The thread that starts a program has to outlive it: the program dies with it.
  auto other = std::async(std::launch::async, [&] {
    return run_in(m_scratch + "/compared", workload, second, environment, {}, 2);
  });
  auto one = run_in(m_scratch + "/measured", workload, first, environment, {}, 2);
  auto two = other.get();
  TRY(Run first_run, std::move(one));
  TRY(Run second_run, std::move(two));
  return std::array{std::move(first_run), std::move(second_run)};
}

Result<Run> Runner::run_in(const std::string& place, const Workload& workload,
                           const std::string& binary,
                           const std::vector<std::string>& extra_environment,
                           const std::string& open_folder, std::uint64_t at_once) const {
  const std::string full = std::filesystem::absolute(binary).string();
  if (::access(full.c_str(), X_OK) != 0) {
    return fail_errno("cannot run " + full, "check that it is built, and executable");
  }
  TRY(const std::string link, put_in(place, full));
  const TargetCommand put = put_target(workload.command, m_target, workload.folder, link);
  if (!put.used && !reads_target_variable(workload.command, workload.folder)) {
    return fail(
        "the workload's command does not run " + m_target + ": " + workload.command,
        "write {target} where the program's path belongs, or use $AUTOPASS_TARGET in a script",
        "workload-without-target");
  }
  Command command;
  if (m_options.sandbox) {
    TRY(command.confinement, confine(workload, open_folder, m_options.sandbox));
    command.confinement.memory = most_memory() / at_once;
  } else {
    TRY_VOID(remove_outputs(workload));
    command.memory_limit = m_options.memory != 0 ? m_options.memory : most_memory();
  }
  command.argv = put.argv;
  // By its real path in a sandbox: what the run wrote is found by that.
  command.folder = m_options.sandbox ? command.confinement.folder : workload.folder;
  command.environment = environment(link, m_options.prefix, extra_environment);
  command.input = workload.input.empty() ? "/dev/null" : workload.input;
  command.output = place + "/.stdout";
  command.timeout = m_options.timeout;
  command.output_limit = m_options.output_limit;
  command.core = m_options.core;
  TRY(Run run, execute(command, workload.outputs));
  if (run.timed_out && !m_options.prefix.empty() && m_options.clock == Clock::Wall) {
    ++*m_left_running;
  }
  return run;
}

std::string stack_padding(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  return "AUTOPASS_PADDING=" + std::string(random() % 4096, 'x');
}

std::vector<int> usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cores;
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    for (int core = 0; core < CPU_SETSIZE; ++core) {
      if (CPU_ISSET(static_cast<unsigned>(core), &set)) {
        cores.push_back(core);
      }
    }
  }
  return cores;
}

} // namespace autopass
