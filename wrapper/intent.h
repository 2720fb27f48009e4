// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All that the wrapper decides about one command, before it does anything: the wrapper acts on it,
// `autopass explain` prints it.
#pragma once

#include "classify.h"
#include "compiler.h"
#include "look_up.h"

#include <string>
#include <vector>

namespace autopass {

struct Intent {
  Compiler compiler;
  std::size_t leading = 1; // words before the compiler's arguments: our name, and what we launch
  std::string folder; // working folder
  Decision decision;
  Slice slice;
  Reason reason = Reason::None;       // why no plans
  std::vector<std::string> additions; // what makes clang apply the plans
  std::vector<std::string> prefix;    // what the compiler is handed to, with its arguments
  Reason prefix_reason = Reason::None; // why not, though one is configured
  Reason link_reason = Reason::None; // of a command that compiles and links: why its linker gets no plugin
};

bool switched_off(); // AUTOPASS=off, or another word for it

// A source is on the ignore list of `project` or of the configuration.
bool is_ignored(const std::vector<std::string>& sources, const std::string& folder,
                Project project);

// Which compiler `called_as` stands for (argv[0], without its folder).
Compiler chosen_compiler(const std::string& called_as);
// All of it, for a command from argv[0] on. What fails in us is a reason (internal-error), as long
// as it is known which compiler to run.
Intent intend(const std::vector<std::string>& words);
// What follows when the compiler is known; `arguments` without argv[0]. Reads, and does nothing
// else.
Intent decide(const Compiler& compiler, const std::vector<std::string>& arguments);

} // namespace autopass
