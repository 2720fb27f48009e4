// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "opt_bisect.h"

#include <charconv>
#include <optional>

namespace autopass {
namespace {

// "12) licm on loop at depth 1"
std::optional<PassRun> parse_run(std::string_view line) {
  PassRun run;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), run.number);
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  constexpr std::string_view before_name = ") ", before_place = " on ";
  const std::size_t place = line.find(before_place);
  if (error != std::errc() || !line.starts_with(before_name) || place == line.npos) {
    return std::nullopt;
  }
  run.pass = line.substr(before_name.size(), place - before_name.size());
  run.on = line.substr(place + before_place.size());
  return run;
}

} // namespace

std::vector<PassRun> passes_run(std::string_view said) {
  constexpr std::string_view start = "BISECT: running pass (";
  std::vector<PassRun> runs;
  for (std::size_t at = said.find(start); at != said.npos; at = said.find(start, at + 1)) {
    const std::size_t from = at + start.size();
    if (auto run = parse_run(said.substr(from, said.find('\n', from) - from))) {
      runs.push_back(std::move(*run));
    }
  }
  return runs;
}

std::vector<std::string> with_limit(std::vector<std::string> arguments, long long limit) {
  arguments.insert(arguments.end(), {"-mllvm", "-opt-bisect-limit=" + std::to_string(limit)});
  return arguments;
}

} // namespace autopass
