// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Just enough of the shell's grammar to find the program names in a command; whatever it cannot
// read is left to the shell.
//
//   LC_ALL=C ./prog -9 'a b' < in | sort && ./prog -d
//   ........ ^^^^^^               ^^^^    ^^^^^^
//
// A program name is the first word after the start, an operator that begins a command, a reserved
// word such as `do`, or an assignment. Arguments are left alone: `./prog ./prog` compresses the
// built program, whichever binary does it.
#include "command_line.h"

#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace autopass {
namespace {

constexpr std::string_view placeholder = "{target}";
constexpr std::string_view blanks = " \t";
constexpr std::string_view operators = ";|&<>()\n";

bool one_of(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

bool is_assignment(std::string_view word) {
  const auto sign = word.find('=');
  return sign != std::string_view::npos && sign > 0 &&
         std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(sign), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

bool is_reserved(std::string_view word) {
  constexpr std::array<std::string_view, 11> words{"if", "then", "elif", "else", "while", "until",
                                                   "do", "{",    "!",    "time", "exec"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Reads one word, quotes and all; `at` is left behind it.
Token read_word(std::string_view command, std::size_t& at) {
  Token word;
  word.begin = at;
  char quote = 0;
  for (; at < command.size(); ++at) {
    const char c = command[at];
    if (quote == 0 && (one_of(blanks, c) || one_of(operators, c))) {
      break;
    }
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote != '\'' && c == '\\' && at + 1 < command.size()) {
      const char escaped = command[++at];
      word.plain = word.plain && quote == 0 && escaped != '\n'; // that one joins lines
      word.text += escaped == '\n' ? "" : std::string(1, escaped);
    } else {
      const std::string_view special = quote == '\'' ? "" : quote == '"' ? "$`\\" : "$`*?[]{}~#!";
      word.plain = word.plain && !one_of(special, c);
      word.text += c;
    }
  }
  word.end = at;
  word.plain = word.plain && quote == 0;
  return word;
}

// By name, or by another way to the same file (a symbolic link in a folder's path).
bool names_target(const Token& word, std::string_view target, std::string_view folder) {
  const std::string named = absolute(word.text, folder);
  const std::string wanted = absolute(target, folder);
  std::error_code missing; // not there: not the same
  return word.text == target || named == wanted ||
         (base_name(named) == base_name(wanted) &&
          std::filesystem::equivalent(named, wanted, missing));
}

std::string replace_placeholder(std::string_view command, const std::string& binary, bool& used) {
  std::string text(command);
  for (auto at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + binary.size())) {
    text.replace(at, placeholder.size(), binary);
    used = true;
  }
  return text;
}

std::string replace_words(std::string_view command, const std::vector<Token>& words,
                          const std::string& binary) {
  std::string text(command);
  for (auto word = words.rbegin(); word != words.rend(); ++word) { // from the end: offsets hold
    text.replace(word->begin, word->end - word->begin, binary);
  }
  return text;
}

std::vector<Token> words_to_replace(std::string_view command, std::string_view target,
                                    std::string_view folder) {
  std::vector<Token> programs, others;
  for (const Token& token : tokens(command)) {
    if (token.kind != Token::Kind::Word || !names_target(token, target, folder)) {
      continue;
    }
    if (token.command) {
      programs.push_back(token);
    } else if (one_of(token.text, '/')) { // a bare word may be anything
      others.push_back(token);
    }
  }
  if (programs.empty() && !others.empty()) {
    programs.push_back(others.front());
  }
  return programs;
}

} // namespace

std::vector<Token> tokens(std::string_view command) {
  std::vector<Token> result;
  bool command_next = true;
  bool redirection = false;
  for (std::size_t at = 0; at < command.size();) {
    if (one_of(blanks, command[at])) {
      ++at;
      continue;
    }
    if (command.substr(at, 2) == "\\\n") { // joins lines
      at += 2;
      continue;
    }
    if (one_of(operators, command[at])) {
      const char c = command[at];
      result.push_back({Token::Kind::Operator, at, at + 1, std::string(1, c), false, false});
      ++at;
      // In `2>&1` the ampersand belongs to the redirection.
      redirection = c == '<' || c == '>' || (redirection && c == '&');
      command_next = command_next || !redirection;
      continue;
    }
    Token word = read_word(command, at);
    if (redirection) { // a file's name; what was expected before it still is
      redirection = false;
    } else {
      word.command = command_next;
      command_next = command_next && (is_assignment(word.text) || is_reserved(word.text));
    }
    result.push_back(std::move(word));
  }
  return result;
}

TargetCommand put_target(std::string_view command, std::string_view target, std::string_view folder,
                         std::string_view binary) {
  TargetCommand result;
  const std::string quoted = shell_quote(binary);
  std::string text = replace_placeholder(command, quoted, result.used);
  if (!result.used) {
    const auto words = words_to_replace(command, target, folder);
    result.used = !words.empty();
    text = replace_words(command, words, quoted);
  }
  const std::vector<Token> parts = tokens(text);
  const bool simple = !parts.empty() && parts.front().text == binary &&
                      std::all_of(parts.begin(), parts.end(), [](const Token& part) {
                        return part.kind == Token::Kind::Word && part.plain;
                      });
  if (!simple) {
    result.argv = {"/bin/sh", "-c", text};
    return result;
  }
  for (const Token& part : parts) {
    result.argv.push_back(part.text);
  }
  return result;
}

bool reads_target_variable(std::string_view command, std::string_view folder) {
  constexpr std::string_view variable = "AUTOPASS_TARGET";
  if (command.find(variable) != std::string_view::npos) {
    return true;
  }
  for (const Token& token : tokens(command)) {
    if (token.kind == Token::Kind::Word) {
      const auto content = read_file(absolute(token.text, folder), 1 << 20);
      if (content && content->find(variable) != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

} // namespace autopass
