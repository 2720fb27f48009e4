// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the parsers of verbs are put together from: for the files that make them (arguments.cpp, session_arguments.cpp).
#pragma once

#include "verbs.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace autopass {

inline constexpr const char* json_help = "Print one JSON record instead of text";
inline constexpr const char* target_help = "The program, as it was linked";

// A verb whose arguments end up in `chosen`, which is set when the verb is what was asked for.
template <class Arguments>
std::pair<CLI::App*, Arguments&> verb(CLI::App& app, std::optional<Invocation>& chosen,
                                      const std::string& name, const std::string& about,
                                      const std::string& examples = {}) {
  CLI::App* parser = app.add_subcommand(name, about);
  const auto arguments = std::make_shared<Arguments>();
  parser->callback([&chosen, arguments] { chosen = *arguments; });
  if (!examples.empty()) {
    parser->footer("Examples:\n" + examples);
  }
  return {parser, *arguments};
}

void add_prefix(CLI::App& parser, std::string& prefix);

// init, tune, verify and bisect.
void add_sessions(CLI::App& app, std::optional<Invocation>& chosen);

} // namespace autopass
