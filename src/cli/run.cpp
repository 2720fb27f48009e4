// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler_choice.h"
#include "output.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "verbs.h"
#include "wrapper/intent.h"

#include <cerrno>
#include <cstdlib>
#include <unistd.h>

namespace autopass {
namespace {

constexpr int exit_not_run = 126;
constexpr int exit_not_found = 127;

// AUTOPASS_CLANG names the C driver, beside which the other is found: clang++-19 -> clang-19.
std::string c_driver(std::string compiler) {
  if (const auto plus = compiler.rfind("++"); plus != std::string::npos) {
    compiler.erase(plus, 2);
  }
  return compiler;
}

bool is_ours(const std::string& compiler) {
  return base_name(compiler) == "autopass-clang" || base_name(compiler) == "autopass-clang++";
}

bool is_set(const char* name) {
  return !trim(variable(name)).empty();
}

bool names_no_clang(const char* name) {
  const std::string file = base_name(take_apart(variable(name)).compiler);
  return is_set(name) && file.find("clang") == std::string::npos;
}

// A name of ours that chooses its clang itself: autopass-clang-19.
bool names_ours_of_another(const char* name) {
  const std::string compiler = take_apart(variable(name)).compiler;
  return !is_ours(compiler) && base_name(compiler).find("autopass-clang") != std::string::npos;
}

// Puts us into the variable in the compiler's place. All else that it says goes on being said: what
// stands in front of the compiler then stands behind us (docs/company.md), and a clang is the one
// that we become.
void stand_in(const char* name, const std::string& wrapper) {
  const CompilerChoice choice = take_apart(variable(name));
  const bool ours = is_ours(choice.compiler);
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

// What names no clang stays, and with it the other one where it is not set: half a build by another
// compiler is nobody's wish.
void take_over(const std::string& wrapper) {
  const bool another = names_no_clang("CC") || names_no_clang("CXX");
  for (const auto& [name, ours] : {std::pair("CC", wrapper), std::pair("CXX", wrapper + "++")}) {
    const std::string shown = name + std::string("=") + variable(name);
    if (names_no_clang(name)) {
      complain({shown + " stays: it names no clang", {}, {}});
    } else if (names_ours_of_another(name)) {
      complain({shown + " stays: it goes through AutoPass already", {}, {}});
    } else if (another && !is_set(name)) {
      complain({std::string(name) + " stays unset, because the other one names no clang", {}, {}});
    } else {
      stand_in(name, ours);
    }
  }
  if (const Compiler compiler = chosen_compiler("autopass-clang"); lacks_plugin(compiler.path)) {
    complain({compiler.path + " is clang " + std::to_string(major_of(compiler.path)) +
                  ", for which there is no plugin: what it compiles gets no plans",
              "autopass doctor, which says which ones there are", {}});
  }
}

} // namespace

// Becomes the command: its exit status and its signals are its own. What env(1) and nice(1) exit
// with where it cannot be run tells that from a command that has failed.
Result<int> execute(const RunArguments& arguments) {
  const std::string masquerade = library_folder() + "/masquerade";
  const std::string wrapper = real_path(masquerade + "/clang");
  if (wrapper.empty()) {
    return fail("autopass-clang was not found: there is no " + masquerade + "/clang",
                "install AutoPass as a whole (meson install)");
  }
  if (!switched_off()) {
    take_over(wrapper);
    ::setenv("PATH", (masquerade + ":" + search_path()).c_str(), 1);
  }
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
