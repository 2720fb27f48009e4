// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compiler cache or distributor in front of us keys its objects by the command that it sees,
// which is ours and stays the same when plans change: it hands out objects of other plans. Behind
// us it sees the slice's digest on the real command line.
//
//   wrong   CC="ccache autopass-clang"   CCACHE_PREFIX=autopass-clang   a link autopass-clang ->
//   ccache right   CC=autopass-clang AUTOPASS_PREFIX=ccache
#include "diagnosis.h"

#include "cache/config.h"
#include "compiler_choice.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"
#include "wrapper/companions.h"
#include "wrapper/compiler.h"
#include "wrapper/intent.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

namespace autopass {
namespace {

constexpr const char* right_order = "CC=autopass-clang CXX=autopass-clang++ AUTOPASS_PREFIX=ccache";

bool is_launcher(const std::string& program) {
  return companion_called(program) != nullptr;
}

// Where a shell finds a program, its links resolved; empty: nowhere.
std::string first_on_path(const std::string& name) {
  std::vector<std::string> places = {name};
  if (name.find('/') == std::string::npos) {
    places = split(search_path(), ':');
    for (auto& folder : places) {
      folder = (folder.empty() ? "." : folder) + "/" + name;
    }
  }
  for (const auto& place : places) {
    if (::access(place.c_str(), X_OK) == 0) {
      return real_path(place);
    }
  }
  return {};
}

// By its name, or as what PATH has first under a compiler's: the masquerade folder.
bool is_us(const std::string& program) {
  return base_name(program).find("autopass-clang") != std::string::npos ||
         is_wrapper(first_on_path(program));
}

Symptom wrong_order(const std::string& name, const std::string& what) {
  return {name, Health::Fail,
          what + ": a cache in front of autopass-clang does not see when plans "
                 "change, and hands out objects of other plans",
          right_order};
}

// What to say instead of a clang: it goes on being the compiler, behind us (a plain clang is the
// one that we choose), and what stands in front of it is told to us.
std::string instead_of(const CompilerChoice& choice, const std::string& ours) {
  std::string command = ours;
  const bool plain = choice.compiler == "clang" || choice.compiler == "clang++";
  if (!plain && base_name(choice.compiler).find("clang") != std::string::npos) {
    command += " " + choice.compiler;
  }
  for (const auto& flag : choice.flags) {
    command += " " + flag;
  }
  const std::string prefix = join(choice.launchers, " ");
  return shell_quote(command) + (prefix.empty() ? "" : " AUTOPASS_PREFIX=" + shell_quote(prefix));
}

Symptom check_variable(const std::string& name, const std::string& ours) {
  std::vector<std::string> words = split(variable(name.c_str()), ' ');
  std::erase(words, "");
  if (words.empty() && first_on_path(ours).empty()) {
    return {name, Health::Warn, "not set, and there is no " + ours + " on PATH",
            "put the folder of " + ours + " on PATH"};
  }
  if (words.empty()) {
    return {name, Health::Ok,
            "not set: a build gets us where it is told to, make " + name + "=" + ours};
  }
  const std::string shown = name + "=" + join(words, " ");
  const auto us = std::find_if(words.begin(), words.end(), is_us);
  if (us == words.end()) {
    return {name, Health::Warn, shown + ": builds that take it do not go through " + ours,
            "export " + name + "=" + instead_of(take_apart(join(words, " ")), ours)};
  }
  if (std::any_of(words.begin(), us, is_launcher)) {
    return wrong_order(name, shown);
  }
  const std::string real = first_on_path(*us);
  if (real.empty()) {
    return {name, Health::Fail, shown + ": there is no " + *us + " on PATH",
            "put the folder of autopass-clang on PATH"};
  }
  if (is_launcher(real)) {
    return wrong_order(name, shown + " leads to " + real);
  }
  return {name, Health::Ok, shown};
}

// What ccache is set to, by its own files and by the environment.
std::string ccache_setting(const std::string& key, const char* fallback) {
  Command command;
  command.argv = {"ccache", "--get-config", key};
  command.timeout = 20;
  const auto answer = run(command);
  return answer && answer->success() ? std::string(trim(answer->output)) : variable(fallback);
}

Symptoms check_prefix() {
  std::vector<std::string> words = split(Config::lenient("prefix"), ' ');
  std::erase(words, "");
  if (words.empty()) {
    return {};
  }
  if (!is_program(find_program(words.front()))) {
    return {{"prefix", Health::Warn,
             "there is no " + words.front() + " on PATH: compiles go on without it",
             "install it, or take it out of AUTOPASS_PREFIX (autopass config says where it is set)",
             std::string(entry_of(Reason::PrefixMissing).name)}};
  }
  return {{"prefix", Health::Ok, find_program(words.front())}};
}

} // namespace

Symptoms check_variables() {
  Symptoms symptoms = {check_variable("CC", "autopass-clang"),
                       check_variable("CXX", "autopass-clang++")};
  if (is_wrapper(first_on_path("clang"))) {
    symptoms.push_back({"masquerade", Health::Ok, "the first clang on PATH is autopass-clang"});
  }
  for (auto& symptom : check_prefix()) {
    symptoms.push_back(std::move(symptom));
  }
  return symptoms;
}

Symptoms check_caches() {
  Symptoms symptoms;
  const std::pair<const char*, const char*> settings[] = {{"prefix_command", "CCACHE_PREFIX"},
                                                          {"compiler", "CCACHE_COMPILER"}};
  for (const auto& [key, name] : settings) {
    const std::string value = ccache_setting(key, name);
    if (value.find("autopass-clang") != std::string::npos) {
      symptoms.push_back(wrong_order("ccache", std::string(name) + "=" + value));
    }
  }
  if (const std::string us = first_on_path("autopass-clang"); is_launcher(us)) {
    symptoms.push_back(
        wrong_order("ccache", "the first autopass-clang on PATH is a link to " + us));
  }
  const Compiler compiler = chosen_compiler("autopass-clang");
  if (const std::string real = first_on_path(compiler.path); is_launcher(real)) {
    symptoms.push_back({"ccache", Health::Warn,
                        compiler.path + " is a link to " + real +
                            ": compiles go through it, but "
                            "which clang is behind it cannot be known, and no plan is looked up",
                        "autopass config clang=/usr/bin/clang-22; AUTOPASS_PREFIX=ccache keeps the "
                        "cache",
                        "compiler-unknown"});
  }
  if (symptoms.empty()) {
    symptoms.push_back({"ccache", Health::Ok, "not in front of autopass-clang"});
  }
  return symptoms;
}

} // namespace autopass
