// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A workload's command: which of its words is the target, and can it do without a shell.
#pragma once

#include "util/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// A piece of a command as a POSIX shell cuts it. Words carry their text without quotes; everything
// that cuts words (; | & < > ( ) and the end of a line) is an Operator.
struct Token {
  enum class Kind { Word, Operator } kind = Kind::Word;
  std::size_t begin = 0, end = 0; // in the command
  std::string text;
  bool plain = true;    // what a shell would make of the word is `text`: no expansion, no pattern
  bool command = false; // where a program's name is expected
};
std::vector<Token> tokens(std::string_view command);

// The words that run `target` are replaced by `binary`:
//   {target}, wherever it stands; without that
//   every program name that is the target's path: as it was written, ./relative, relative to
//   `folder`, or absolute; without that (`nice ./prog`, `sh run.sh ./prog`)
//   the first word of all that is this path and has a slash.
// `used` is false when there was none. `argv` runs it: the words themselves when the target is run
// with plain words only, which spares the shell's start, else /bin/sh -c.
struct TargetCommand {
  std::vector<std::string> argv;
  bool used = false;
};
TargetCommand put_target(std::string_view command, std::string_view target, std::string_view folder,
                         std::string_view binary);

// True when the command, or a file that it names, mentions AUTOPASS_TARGET.
bool reads_target_variable(std::string_view command, std::string_view folder);

} // namespace autopass
