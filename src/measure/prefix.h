// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Words in front of a measured program, so that it runs elsewhere or otherwise than we do:
// `qemu-aarch64 -L /usr/aarch64-linux-gnu`, `srun --exclusive`, `ssh board`.
//
// Most take the program and its arguments as the words that follow. What hands one text to a shell has a word
// with {command} for it, in the place of which stands `cd FOLDER && PROGRAM ARGUMENT...`, each quoted: ssh
// joins its words by blanks, and starts in the home folder. `ssh board` means `ssh board '{command}'`, and so
// does any prefix with a word that is ssh (`timeout 60 ssh board`): the other host's shell would run what the
// words of a workload say to it. And so does one that ends in `sh -c`.
#pragma once

#include "util/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

class Prefix {
public:
  Prefix() = default; // none: programs run as they are
  // As a shell cuts words, without anything that a shell would expand; a path to run is relative to
  // `folder`. Reason of errors: bad-prefix.
  static Result<Prefix> parse(std::string_view text, const std::string& folder);

  bool empty() const { return m_words.empty(); }
  const std::string& text() const { return m_text; } // as it was given
  // The words that run `argv`, in `folder`.
  std::vector<std::string> before(const std::vector<std::string>& argv, const std::string& folder) const;
  // A shell script that runs `program` with its own arguments, in the folder that it is in.
  std::string script(const std::string& program) const;

private:
  bool takes_text() const;

  std::string m_text;
  std::vector<std::string> m_words;
};

} // namespace autopass
