// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "response.h"

#include "util/file.h"

#include <string_view>

namespace autopass {
namespace {

constexpr std::uint64_t largest_response = 16 << 20;
constexpr int deepest_nesting = 10;

// UTF-8 may say so in its first bytes, which are no part of a word.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  return text.substr(text.substr(0, mark.size()) == mark ? mark.size() : 0);
}

// Clang turns such a file into UTF-8; we leave it to clang.
bool is_utf16(std::string_view text) {
  const std::string_view first = text.substr(0, 2);
  return first == "\xff\xfe" || first == "\xfe\xff";
}

bool expand(const std::vector<std::string>& arguments, int depth, std::vector<std::string>& into) {
  for (const auto& argument : arguments) {
    if (argument.size() < 2 || argument[0] != '@') {
      into.push_back(argument);
      continue;
    }
    const auto text = read_file(argument.substr(1), largest_response);
    if (!text || is_utf16(*text) || depth == deepest_nesting ||
        !expand(split_words(without_mark(*text)), depth + 1, into)) {
      return false;
    }
  }
  return true;
}

} // namespace

// Words are separated by white space; inside quotes and outside, a backslash takes the next
// character as it is.
std::vector<std::string> split_words(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '\\' && at + 1 < text.size()) {
      word += text[++at];
      in_word = true;
    } else if (quote != '\0') {
      if (byte == quote) {
        quote = '\0';
      } else {
        word += byte;
      }
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
      in_word = true;
    } else if (blank.find(byte) == std::string_view::npos) {
      word += byte;
      in_word = true;
    } else if (in_word) {
      words.push_back(std::move(word));
      word.clear();
      in_word = false;
    }
  }
  if (in_word) {
    words.push_back(std::move(word));
  }
  return words;
}

std::optional<std::vector<std::string>>
expand_responses(const std::vector<std::string>& arguments) {
  std::vector<std::string> expanded;
  if (!expand(arguments, 0, expanded)) {
    return std::nullopt;
  }
  return expanded;
}

} // namespace autopass
