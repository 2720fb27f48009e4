// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "option_rules.h"

namespace autopass {
namespace {

constexpr Rule driver[] = {
    {"-obj", Form::Joined, Effect::Keep}, // -objcmt-..., not -o bjcmt
    {"-o", Form::JoinedOrSeparate, Effect::Output},
    {"--output=", Form::Joined, Effect::Output},
    {"--output", Form::Separate, Effect::Output},
    {"-MD", Form::Exact, Effect::SideOutput},
    {"-MMD", Form::Exact, Effect::SideOutput},
    {"-MP", Form::Exact, Effect::SideOutput},
    {"-MG", Form::Exact, Effect::SideOutput},
    {"-MV", Form::Exact, Effect::SideOutput},
    {"-MF", Form::JoinedOrSeparate, Effect::SideOutput},
    {"-MT", Form::JoinedOrSeparate, Effect::SideOutput},
    {"-MQ", Form::JoinedOrSeparate, Effect::SideOutput},
    {"-MJ", Form::JoinedOrSeparate, Effect::SideOutput},
    {"-gen-cdb-fragment-path", Form::Separate, Effect::SideOutput},
    {"-save-temps", Form::Joined, Effect::SideOutput},
    {"--save-temps", Form::Joined, Effect::SideOutput},
    {"-ftime-trace", Form::Joined, Effect::SideOutput},
    {"-fsave-optimization-record", Form::Joined, Effect::SideOutput},
    {"-foptimization-record-file=", Form::Joined, Effect::SideOutput},
    {"-fproc-stat-report=", Form::Joined, Effect::SideOutput},
    {"-fcrash-diagnostics-dir=", Form::Joined, Effect::SideOutput},
    {"-dumpdir", Form::Separate, Effect::SideOutput},
    {"--serialize-diagnostics", Form::Separate, Effect::SideOutput},
    {"-serialize-diagnostics", Form::Separate, Effect::SideOutput},
    {"--coverage", Form::Exact, Effect::Refused},
    {"-coverage", Form::Exact, Effect::Refused},
    {"-fprofile-arcs", Form::Exact, Effect::Refused},
    {"-ftest-coverage", Form::Exact, Effect::Refused},
    {"-fmodules", Form::Exact, Effect::Refused}, // fills a module cache
    {"-fmodule-output", Form::Joined, Effect::Refused},
    {"-x", Form::JoinedOrSeparate, Effect::Language},
    {"-l", Form::JoinedOrSeparate, Effect::Library},
    {"-L", Form::JoinedOrSeparate, Effect::SearchFolder},
    {"-Wl,", Form::Joined, Effect::Linker},
    {"-Xlinker", Form::Separate, Effect::Linker},
    {"-Wp,", Form::Joined, Effect::Preprocessor},
};

constexpr Rule linker[] = {
    {"Map=", Form::Joined, Effect::SideOutput},
    {"Map", Form::Separate, Effect::SideOutput},
    {"out-implib=", Form::Joined, Effect::SideOutput},
    {"out-implib", Form::Separate, Effect::SideOutput},
    {"dependency-file=", Form::Joined, Effect::SideOutput},
    {"dependency-file", Form::Separate, Effect::SideOutput},
    {"reproduce=", Form::Joined, Effect::SideOutput},
    {"reproduce", Form::Separate, Effect::SideOutput},
    {"time-trace", Form::Joined, Effect::SideOutput},
    {"save-temps", Form::Joined, Effect::SideOutput},
    {"thinlto-cache-dir=", Form::Joined, Effect::SideOutput},
    {"lto-obj-path=", Form::Joined, Effect::SideOutput},
    {"why-extract=", Form::Joined, Effect::SideOutput},
    {"print-archive-stats=", Form::Joined, Effect::SideOutput},
    {"print-symbol-order=", Form::Joined, Effect::SideOutput},
    {"plugin-opt=save-temps", Form::Joined, Effect::SideOutput},
    {"plugin-opt=obj-path=", Form::Joined, Effect::SideOutput},
    {"plugin-opt=cache-dir=", Form::Joined, Effect::SideOutput},
    {"plugin-opt=stats-file=", Form::Joined, Effect::SideOutput},
};

constexpr Rule preprocessor[] = {
    {"-MD", Form::Separate, Effect::SideOutput}, {"-MMD", Form::Separate, Effect::SideOutput},
    {"-MF", Form::Separate, Effect::SideOutput}, {"-MT", Form::Separate, Effect::SideOutput},
    {"-MQ", Form::Separate, Effect::SideOutput}, {"-MP", Form::Exact, Effect::SideOutput},
};

} // namespace

std::span<const Rule> driver_rules() {
  return driver;
}
std::span<const Rule> linker_rules() {
  return linker;
}
std::span<const Rule> preprocessor_rules() {
  return preprocessor;
}

bool takes_next(const Rule& rule, std::string_view word) {
  return (rule.form == Form::Separate || rule.form == Form::JoinedOrSeparate) && word == rule.name;
}

const Rule* find_rule(std::span<const Rule> rules, std::string_view word) {
  for (const auto& rule : rules) {
    const bool exact = word == rule.name;
    const bool joined = word.starts_with(rule.name) &&
                        (rule.form == Form::Joined || rule.form == Form::JoinedOrSeparate);
    if (exact || joined) {
      return &rule;
    }
  }
  return nullptr;
}

const Rule* find_linker_rule(std::string_view word) {
  if (!word.starts_with('-')) {
    return nullptr;
  }
  word.remove_prefix(word.starts_with("--") ? 2 : 1);
  return find_rule(linker, word);
}

} // namespace autopass
