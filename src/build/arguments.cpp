// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arguments.h"

#include "cache/source_endings.h"
#include "elf.h"
#include "option_rules.h"
#include "util/file.h"
#include "util/paths.h"

#include <set>

namespace autopass {
namespace {

// clang's own rule: @file that cannot be read stays a word; we only know that it was one.
Result<void> expand(const std::vector<std::string>& words, const std::string& folder, int depth,
                    std::vector<std::string>& expanded) {
  for (const auto& word : words) {
    if (!word.starts_with('@') || depth > 8) {
      expanded.push_back(word);
      continue;
    }
    const auto content = read_file(absolute(word.substr(1), folder), 64 << 20);
    if (!content) {
      return fail("the response file " + word.substr(1) + " of the recorded command is gone",
                  "keep response files after the build (CMake: with "
                  "-DCMAKE_NINJA_FORCE_RESPONSE_FILE=OFF; ninja: -d keeprsp)",
                  "response-file-gone");
    }
    TRY(const auto inner, shell_split(*content));
    TRY_VOID(expand(inner, folder, depth + 1, expanded));
  }
  return {};
}

} // namespace

Result<std::vector<std::string>> shell_split(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false; // a word has begun, though it may be empty ('')
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '\\' && quote != '\'';
    if (escape && i + 1 < text.size()) {
      word += text[++i];
      inside = true;
    } else if (quote != 0) {
      quote = c == quote ? 0 : quote;
      if (quote != 0) {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (inside) {
        words.push_back(std::move(word));
      }
      word.clear();
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (quote != 0) {
    return fail("a quote is not closed: " + std::string(text.substr(0, 80)));
  }
  if (inside) {
    words.push_back(std::move(word));
  }
  return words;
}

bool is_assembly(std::string_view path) {
  return is_one_of(ending_of(path), assembly_endings);
}

bool is_source(std::string_view path) {
  const auto ending = ending_of(path);
  return is_one_of(ending, source_endings) || is_one_of(ending, assembly_endings) ||
         is_one_of(ending, ir_endings);
}

Result<std::vector<Argument>> take_apart(const Job& job) {
  std::vector<std::string> words;
  if (!job.argv.empty()) {
    TRY_VOID(expand({job.argv.begin() + 1, job.argv.end()}, job.folder, 0, words));
  }
  const std::set<std::string> inputs(job.inputs.begin(), job.inputs.end());
  const bool links = job.kind != JobKind::Compile;
  std::vector<Argument> arguments;
  bool options_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    Argument argument{Effect::Keep, {words[i]}, {}};
    const std::string_view word = words[i];
    options_ended |= word == "--";
    if (options_ended || !word.starts_with('-') || word == "-") {
      const auto path = absolute(word, job.folder);
      if (inputs.contains(path) || (links && (is_object(path) || is_archive(path)))) {
        argument.effect = Effect::Input;
        argument.value = path;
      }
    } else if (const auto* rule = find_rule(driver_rules(), word)) {
      argument.effect = rule->effect;
      if (!takes_next(*rule, word)) {
        argument.value = word.substr(rule->name.size());
      } else if (i + 1 < words.size()) {
        argument.value = words[++i];
        argument.words.push_back(argument.value);
      }
      if (argument.effect == Effect::Library) {
        argument.words = {"-l" + argument.value}; // one word, which a link can replace
      }
    }
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

} // namespace autopass
