// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "verbs.h"
#include "wrapper/companions.h"

#include <cerrno>
#include <cstdlib>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int exit_not_run = 126;
constexpr int exit_not_found = 127;

// What CC says, in its parts: "ccache clang-19 -m32".
struct Choice {
  std::vector<std::string> launchers;
  std::string compiler; // empty: none is named
  std::vector<std::string> flags;
};

Choice take_apart(const std::string& value) {
  auto words = split(value, ' ');
  std::erase(words, "");
  auto word = words.begin();
  Choice choice;
  for (; word != words.end() && companion_called(*word) != nullptr; ++word) {
    choice.launchers.push_back(*word);
  }
  choice.compiler = word != words.end() ? *word++ : "";
  choice.flags.assign(word, words.end());
  return choice;
}

// AUTOPASS_CLANG names the C driver, beside which the other is found: clang++-19 -> clang-19.
std::string c_driver(std::string compiler) {
  if (const auto plus = compiler.rfind("++"); plus != std::string::npos) {
    compiler.erase(plus, 2);
  }
  return compiler;
}

// Puts us into the variable in the compiler's place. All else that it says goes on being said: what
// stands in front of the compiler then stands behind us (docs/company.md), a clang is the one that we
// become, and what is no clang stays.
void stand_in(const char* name, const std::string& wrapper) {
  const std::string said = variable(name);
  const Choice choice = take_apart(said);
  const std::string file = base_name(choice.compiler);
  const bool ours = file == "autopass-clang" || file == "autopass-clang++";
  if (!ours && !trim(said).empty() &&
      (file.find("clang") == std::string::npos || file.find("autopass-clang") != std::string::npos)) {
    complain({std::string(name) + "=" + said + " stays: it names no clang", {}, {}});
    return;
  }
  std::string command = wrapper;
  if (!ours && !choice.compiler.empty()) {
    const std::string clang = c_driver(choice.compiler);
    ::setenv("AUTOPASS_CLANG", clang.c_str(), 0);
    if (variable("AUTOPASS_CLANG") != clang) {
      command = wrapper + " " + choice.compiler; // CC has chosen another: we are told before each
    }
  }
  if (!choice.launchers.empty()) {
    ::setenv("AUTOPASS_PREFIX", join(choice.launchers, " ").c_str(), 0);
  }
  for (const auto& flag : choice.flags) {
    command += " " + flag;
  }
  ::setenv(name, command.c_str(), 1);
}

// Where execvp looks when there is no PATH. An empty entry, as behind a last colon, would be the
// current folder.
std::string path_or_default() {
  const std::string path = variable("PATH");
  return path.empty() ? "/usr/local/bin:/usr/bin:/bin" : path;
}

} // namespace

// Becomes the command: its exit status and its signals are its own. What env(1) and nice(1) exit with
// where it cannot be run tells that from a command that has failed.
Result<int> execute(const RunArguments& arguments) {
  const std::string masquerade = library_folder() + "/masquerade";
  const std::string wrapper = real_path(masquerade + "/clang");
  if (wrapper.empty()) {
    return fail("autopass-clang was not found: there is no " + masquerade + "/clang",
                "install AutoPass as a whole (meson install)");
  }
  stand_in("CC", wrapper);
  stand_in("CXX", wrapper + "++");
  ::setenv("PATH", (masquerade + ":" + path_or_default()).c_str(), 1);

  std::vector<char*> words;
  for (const auto& word : arguments.command) {
    words.push_back(const_cast<char*>(word.c_str())); // exec changes none of them
  }
  words.push_back(nullptr);
  ::execvp(words.front(), words.data());
  const int error = errno;
  complain(fail_errno("cannot run " + arguments.command.front()).value());
  return error == ENOENT ? exit_not_found : exit_not_run;
}

} // namespace autopass
