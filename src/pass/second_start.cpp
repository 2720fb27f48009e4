// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IR cannot be un-optimised: once passes have run under a plan there is no way back to what stock
// clang would have made, but to begin again. So when a compile with plans fails, the process executes
// itself: the same program, arguments, environment and folder, and one variable more.
//
//   first start                              second start
//   parses; says what the front end says     parses again; what it says is kept, and dropped where the
//                                            plugin begins
//   plugin: finds plans, holds output back   plugin: takes output back, counts the reason, and
//   passes, code ... SIGSEGV                 leaves every function alone
//   drops what was held back, removes what   passes, code, object, words, exit code: stock clang's
//   clang has written, executes itself
//
// clang is deterministic, so what the second start says before the plugin is what the first has said
// already, unless an input has gone meanwhile: a second start that ends before the plugin's turn says what it
// has to say. What fails is a signal, a limit on time or memory, LLVM's report of a fatal error, a
// postcondition, an exit code that is not 0 (plan_guard.cpp), or a diagnostic that a plan may be behind
// (diagnostics.cpp). A compile whose plans do well pays for
// a few system calls, not for a copy of itself: docs/decisions.md, 2026-11-28.
//
// A link (link.cpp) begins again just so, with what has been noted on its functions left alone; but lld ends by _exit, so
// nothing of what it says can be held back, and what it has said before it crashes is said twice.
//
// Invariants: no compile says anything twice; after start_again() no memory of the first start is trusted but
// what was laid ready before any pass; the second start cannot come to a third. Not protected, and
// so without plans: a compile whose source is no file that can be read again, or whose object goes into a pipe.
#include "second_start.h"

#include "cache/spool.h"
#include "held_output.h"
#include "options.h"
#include "outputs.h"
#include "own_command.h"
#include "plan_guard.h"
#include "util/text.h"

#include <llvm/Support/Signals.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr const char* variable_name = "AUTOPASS_SECOND_START";

enum class State { Unprotected, Protected, Over };

// All that start_again() needs, laid ready: it may run in a signal handler, over a broken heap.
struct Readiness {
  std::atomic<State> state = State::Unprotected;
  std::optional<FunctionCount> first_failure; // in a second start
  OwnCommand command;
  std::string variable;
  std::vector<char*> environment;
  HeldOutput held;
  std::string payload; // of the record for the spool
};

Readiness& readiness() {
  static auto* one = new Readiness; // outlives every destructor
  return *one;
}

// Not from a pipe or a FIFO, by whatever name: the second start would find it empty.
bool source_can_be_read_again(const Module& module) {
  struct stat source {};
  return module.getModuleIdentifier() != "-" && ::stat(module.getSourceFileName().c_str(), &source) == 0 &&
         S_ISREG(source.st_mode);
}

// "AUTOPASS_SECOND_START=RR:OUTPUT:ERROR", of which only the reason is not known yet.
void lay_environment_ready(Readiness& ready) {
  ready.variable = std::string(variable_name) + "=00:" + std::to_string(ready.held.real_output()) + ":" +
                   std::to_string(ready.held.real_error());
  ready.environment.clear();
  for (char** word = environ; *word != nullptr; ++word) {
    ready.environment.push_back(*word);
  }
  ready.environment.push_back(ready.variable.data());
  ready.environment.push_back(nullptr);
}

struct SecondStart {
  int reason = 0, real_output = -1, real_error = -1;
};

std::optional<SecondStart> second_start() {
  const char* said = std::getenv(variable_name);
  const auto words = said == nullptr ? std::vector<std::string>() : split(said, ':');
  if (words.size() != 3) {
    return std::nullopt;
  }
  return SecondStart{std::atoi(words[0].c_str()), std::atoi(words[1].c_str()), std::atoi(words[2].c_str())};
}

// A second start that fails before the plugin has its turn, because a source has gone for instance, says why.
void say_early_words(int, void*) {
  if (const auto second = second_start()) { // not resumed
    std::fflush(nullptr);
    HeldOutput::replay_early(second->real_output, second->real_error);
  }
}

[[maybe_unused]] const bool watches_early_end = second_start() && ::on_exit(say_early_words, nullptr) == 0;

// The compile is done, for good or ill.
void at_exit(int status, void*) {
  Readiness& ready = readiness();
  if (ready.state != State::Protected) {
    return;
  }
  if (status != 0) {
    start_again(FunctionCount::PlanError, "exit code " + std::to_string(status));
  }
  ready.state = State::Over;
  leave_guard();
  ready.held.replay();
  if (!ready.payload.empty()) {
    append_frame(chosen_spool(), ready.payload);
  }
}

void write_verdict(const char* file, FunctionCount reason, std::string_view why) {
  const int to = ::open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const std::string_view name = name_of(reason);
  for (const std::string_view text : {name, std::string_view("\n"), why, std::string_view("\n")}) {
    [[maybe_unused]] const ssize_t written = ::write(to, text.data(), text.size());
  }
  ::close(to);
}

} // namespace

void resume_second_start() {
  const auto second = second_start();
  ::unsetenv(variable_name);
  if (!second) {
    return;
  }
  HeldOutput::take_back(second->real_output, second->real_error);
  const bool known = second->reason >= static_cast<int>(FunctionCount::PlanPostcondition) &&
                     second->reason <= static_cast<int>(FunctionCount::PlanUnprotected);
  readiness().first_failure = known ? static_cast<FunctionCount>(second->reason) : FunctionCount::PlanCrashed;
}

std::optional<FunctionCount> protect_compile(const Module& module) {
  Readiness& ready = readiness();
  if (ready.first_failure || ready.state == State::Protected) { // the latter by another module
    return ready.first_failure;
  }
  if (!outputs_can_be_made_again() || !source_can_be_read_again(module) || !is_started_directly() ||
      !ready.command.read() || !ready.held.begin()) {
    return FunctionCount::PlanUnprotected;
  }
  lay_environment_ready(ready);
  if (::on_exit(at_exit, nullptr) != 0 || !enter_guard(module)) {
    leave_guard();
    ready.held.replay();
    return FunctionCount::PlanUnprotected;
  }
  ready.state = State::Protected;
  return std::nullopt;
}

std::optional<FunctionCount> link_failure() {
  resume_second_start();
  return readiness().first_failure;
}

bool protect_link() {
  Readiness& ready = readiness();
  if (!ready.command.read() || ready.command.has_pipe()) {
    return false;
  }
  lay_environment_ready(ready);
  if (!enter_link_guard()) {
    leave_guard();
    return false;
  }
  return true;
}

void append_when_done(const PluginRecord& record) {
  Readiness& ready = readiness();
  if (ready.state == State::Protected) {
    ready.payload = payload_of(record);
  } else {
    append(chosen_spool(), record);
  }
}

bool would_be_said(function_ref<void()> say) {
  Readiness& ready = readiness();
  if (ready.state != State::Protected) {
    return true;
  }
  const off_t before = ready.held.size();
  say();
  return ready.held.size() != before;
}

void start_again(FunctionCount reason, std::string_view why) {
  static std::atomic<pid_t> first_thread = 0;
  Readiness& ready = readiness();
  pid_t other = 0;
  if (const pid_t self = ::gettid(); first_thread.compare_exchange_strong(other, self)) {
    sys::RunInterruptHandlers(); // removes what clang or lld has opened
  } else if (other != self) {
    while (true) {
      ::pause(); // until the first has come to its exec
    }
  }
  leave_guard_to_exec();
  if (const char* file = verdict_option(); *file != '\0') {
    write_verdict(file, reason, why); // a session wants no stock code in place of a candidate's
    ::_exit(1);
  }
  const auto number = static_cast<int>(reason);
  char* digits = ready.variable.data() + std::strlen(variable_name) + 1;
  digits[0] = static_cast<char>('0' + number / 10);
  digits[1] = static_cast<char>('0' + number % 10);
  ready.held.drop();
  ::execve(own_program, ready.command.words.data(), ready.environment.data());
  constexpr std::string_view last = "clang: error: cannot be executed once more after a plan has failed; AUTOPASS=off\n";
  const int errors = ready.held.real_error() >= 0 ? ready.held.real_error() : STDERR_FILENO;
  [[maybe_unused]] const ssize_t written = ::write(errors, last.data(), last.size());
  ::_exit(1);
}

} // namespace autopass
