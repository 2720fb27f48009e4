// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A recorded command line, taken apart as far as a replay must change it: outputs are redirected,
// side outputs left out, inputs replaced. Everything else passes through word for word.
#pragma once

#include "cache/build_record.h"

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// What an argument means to a replay.
enum class Effect {
  Keep,         // nothing: passed on as it is
  Input,        // a source, object, archive or shared library
  Output,       // -o
  SideOutput,   // writes another file (or names it): left out
  Refused,      // writes another file that cannot be redirected: no replay
  Language,     // -x: left out where sources have become objects
  Library,      // -lfoo
  SearchFolder, // -L
  Linker,       // -Wl, and -Xlinker: words for the linker
  Preprocessor, // -Wp,
};

struct Argument {
  Effect effect = Effect::Keep;
  std::vector<std::string> words; // as written
  std::string value;              // of the option; an Input's absolute path
};

// The job's arguments after argv[0], response files expanded. Reason of errors: response-file-gone.
Result<std::vector<Argument>> take_apart(const Job& job);

// By the name's ending.
bool is_source(std::string_view path);
bool is_assembly(std::string_view path); // LLVM's passes never see it: no plugin

// Splits like a POSIX shell without expansions; also what response files hold.
Result<std::vector<std::string>> shell_split(std::string_view text);

} // namespace autopass
