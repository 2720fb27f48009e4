// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compiler cache or distributor in front of us keys its objects by the command that it sees,
// which is ours and stays the same when plans change: it hands out objects of other plans. Behind
// us it sees the slice's digest on the real command line.
//
//   wrong   CC="ccache autopass-clang"   CCACHE_PREFIX=autopass-clang   a link autopass-clang ->
//   ccache right   CC=autopass-clang AUTOPASS_PREFIX=ccache
#include "diagnosis.h"

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

bool is_called_like_us(const std::string& program) {
  return base_name(program).find("autopass-clang") != std::string::npos;
}

// Where a shell finds a program, its links resolved; empty: nowhere.
std::string first_on_path(const std::string& name) {
  std::vector<std::string> places = {name};
  if (name.find('/') == std::string::npos) {
    places = split(variable("PATH"), ':');
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

Symptom wrong_order(const std::string& name, const std::string& what) {
  return {name, Health::Fail,
          what + ": a cache in front of autopass-clang does not see when plans "
                 "change, and hands out objects of other plans",
          right_order};
}

Symptom check_variable(const std::string& name, const std::string& ours) {
  std::vector<std::string> words = split(variable(name.c_str()), ' ');
  std::erase(words, "");
  if (words.empty()) {
    return {name, Health::Ok,
            "not set: a build gets us where it is told to, make " + name + "=" + ours};
  }
  const std::string shown = name + "=" + join(words, " ");
  const auto us = std::find_if(words.begin(), words.end(), is_called_like_us);
  if (us == words.end()) {
    return {name, Health::Warn, shown + ": builds that take it do not go through " + ours,
            "export " + name + "=" + ours};
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

} // namespace

Symptoms check_variables() {
  return {check_variable("CC", "autopass-clang"), check_variable("CXX", "autopass-clang++")};
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
