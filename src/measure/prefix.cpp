// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "prefix.h"

#include "command_line.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <unistd.h>

namespace autopass {
namespace {

constexpr std::string_view command_word = "{command}";

bool holds_command(const std::string& word) {
  return word.find(command_word) != std::string::npos;
}

// `env A=b ssh board` and `timeout 60 ssh board` end in ssh, too; the A=/usr/bin/ssh of another program is none.
bool is_ssh(const std::string& word) {
  return base_name(word) == "ssh" && word.find('=') == std::string::npos;
}

// `sh -c` takes a text, and takes the words behind it for $0, $1 ...
bool ends_in_shell(const std::vector<std::string>& words) {
  constexpr std::string_view shells[] = {"sh", "bash", "dash", "ash", "zsh", "ksh"};
  return words.size() >= 2 && words.back() == "-c" &&
         std::find(std::begin(shells), std::end(shells), base_name(words[words.size() - 2])) != std::end(shells);
}

// {comand}: a word in braces is nothing that a program takes.
bool is_misspelt(const std::string& word) {
  return word.size() > 2 && word.front() == '{' && word.back() == '}' && !holds_command(word) &&
         word.find_first_of(" ,\"'") == std::string::npos;
}

bool can_be_run(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return ::access(name.c_str(), X_OK) == 0;
  }
  const std::vector<std::string> folders = split(search_path(), ':');
  return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
    return ::access((folder + "/" + name).c_str(), X_OK) == 0;
  });
}

// Quotes its arguments as shell_quote() does, in a shell: `command` is what {command} stands for. What
// comes between the folder and the program is in `next`.
constexpr std::string_view quoting_script = R"(command=cd next=' &&'
for word; do
  command="$command '"
  while :; do
    case $word in
    *\'*) command="$command${word%%\'*}'\\''" word=${word#*\'} ;;
    *) break ;;
    esac
  done
  command="$command$word'$next" next=
done
)";

} // namespace

Result<Prefix> Prefix::parse(std::string_view text, const std::string& folder) {
  Prefix prefix;
  for (const Token& token : tokens(text)) {
    if (is_misspelt(token.text)) {
      return fail("the prefix " + std::string(text) + " has " + token.text, "is it {command}?", "bad-prefix");
    }
    if (token.kind != Token::Kind::Word || (!token.plain && !holds_command(token.text))) {
      return fail("the prefix " + std::string(text) + " is more than words: " + token.text,
                  "quote it, or put it into a script, which can be a prefix", "bad-prefix");
    }
    prefix.m_words.push_back(token.text);
  }
  if (prefix.empty()) {
    return fail("the prefix is empty", "a prefix is words in front of a program: 'taskset -c 1'",
                "bad-prefix");
  }
  std::string& program = prefix.m_words.front();
  if (program.find('/') != std::string::npos) {
    program = absolute(program, folder);
  }
  if (!can_be_run(program)) {
    return fail("the prefix cannot be run: there is no program " + program,
                "name it by its path, or see that it is on PATH", "bad-prefix");
  }
  prefix.m_text = text;
  const bool wants_text = std::any_of(prefix.m_words.begin(), prefix.m_words.end(), is_ssh) ||
                          ends_in_shell(prefix.m_words);
  if (wants_text && !prefix.takes_text()) {
    prefix.m_words.emplace_back(command_word);
  }
  return prefix;
}

bool Prefix::takes_text() const {
  return std::any_of(m_words.begin(), m_words.end(), holds_command);
}

std::vector<std::string> Prefix::before(const std::vector<std::string>& argv,
                                        const std::string& folder) const {
  std::vector<std::string> words = m_words;
  if (!takes_text()) {
    words.insert(words.end(), argv.begin(), argv.end());
    return words;
  }
  const std::string command = "cd " + shell_quote(folder) + " && " + shell_join(argv);
  for (std::string& word : words) {
    if (const auto at = word.find(command_word); at != std::string::npos) {
      word.replace(at, command_word.size(), command);
    }
  }
  return words;
}

std::string Prefix::script(const std::string& program) const {
  const std::string start = "#!/bin/sh\n# Written by AutoPass: the program, through the prefix.\n";
  if (!takes_text()) {
    return start + "exec " + shell_join(m_words) + " " + shell_quote(program) + " \"$@\"\n";
  }
  std::string line = "exec";
  for (const std::string& word : m_words) {
    const auto at = word.find(command_word);
    line += " " + (at == std::string::npos ? shell_quote(word)
                                           : shell_quote(word.substr(0, at)) + "\"$command\"" +
                                                 shell_quote(word.substr(at + command_word.size())));
  }
  return start + "set -- \"$PWD\" " + shell_quote(program) + " \"$@\"\n" +
         std::string(quoting_script) + line + "\n";
}

} // namespace autopass
