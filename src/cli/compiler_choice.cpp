// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler_choice.h"

#include "util/text.h"
#include "wrapper/companions.h"

namespace autopass {

CompilerChoice take_apart(const std::string& value) {
  auto words = split(value, ' ');
  std::erase(words, "");
  auto word = words.begin();
  CompilerChoice choice;
  for (; word != words.end() && companion_called(*word) != nullptr; ++word) {
    choice.launchers.push_back(*word);
  }
  choice.compiler = word != words.end() ? *word++ : "";
  choice.flags.assign(word, words.end());
  return choice;
}

} // namespace autopass
