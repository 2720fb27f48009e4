// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The two commands of a replay, made from the arguments of a recorded job.
#include "commands.h"

#include "elf.h"
#include "option_rules.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <functional>

namespace autopass {
namespace {

// Passes the linker's words of all -Wl, and -Xlinker arguments through `change`, which answers with
// the word to use in its place; words that write side outputs vanish, over argument boundaries too.
class LinkerWords {
public:
  using Change = std::function<std::string(const std::string&)>;
  explicit LinkerWords(Change change) : m_change(std::move(change)) {}

  std::vector<std::string> rewrite(const Argument& argument) {
    const bool one = argument.words.front() == "-Xlinker";
    std::vector<std::string> kept;
    for (const auto& word : one ? std::vector{argument.value} : split(argument.value, ',')) {
      if (m_skip_next) {
        m_skip_next = false;
        continue;
      }
      if (const auto* rule = find_linker_rule(word)) {
        m_skip_next = rule->form == Form::Separate;
        continue;
      }
      kept.push_back(m_change(word));
    }
    if (kept.empty()) {
      return {};
    }
    return one ? std::vector<std::string>{"-Xlinker", kept.front()}
               : std::vector<std::string>{"-Wl," + join(kept, ",")};
  }

private:
  Change m_change;
  bool m_skip_next = false;
};

std::vector<std::string> rewrite_preprocessor(const Argument& argument) {
  std::vector<std::string> kept;
  bool skip_next = false;
  for (const auto& word : split(argument.value, ',')) {
    const auto* rule = skip_next ? nullptr : find_rule(preprocessor_rules(), word);
    if (!skip_next && rule == nullptr) {
      kept.push_back(word);
    }
    skip_next = rule != nullptr && rule->form == Form::Separate;
  }
  return kept.empty() ? std::vector<std::string>{}
                      : std::vector<std::string>{"-Wp," + join(kept, ",")};
}

// Which file -lfoo means: the static archive, or empty when a shared library comes first.
std::string find_library(std::string_view name, const std::vector<std::string>& folders,
                         bool only_static) {
  for (const auto& folder : folders) {
    if (name.starts_with(':')) {
      const std::string path = folder + "/" + std::string(name.substr(1));
      if (exists(path)) {
        return is_archive(path) ? path : std::string();
      }
      continue;
    }
    const std::string stem = folder + "/lib" + std::string(name);
    if (!only_static && exists(stem + ".so")) {
      return {};
    }
    if (is_archive(stem + ".a")) {
      return stem + ".a";
    }
  }
  return {};
}

bool is_input_file(const std::string& path) {
  return is_object(path) || is_archive(path);
}

// Calls `input` with the path of each input and library, in order, and with the word that names it
// (a driver's argument, or one of the linker's words).
void each_link_input(
    const Job& job, const std::vector<Argument>& arguments,
    const std::function<void(const std::string& word, const std::string& path)>& input) {
  std::vector<std::string> folders;
  bool only_static = false;
  const auto search = [&](std::string_view folder) {
    folders.push_back(absolute(folder, job.folder));
  };
  for (const auto& argument : arguments) {
    if (argument.effect == Effect::SearchFolder) {
      search(argument.value);
    } else if (argument.effect == Effect::Linker) {
      for (const auto& word : split(argument.value, ',')) {
        if (word.starts_with("-L") && word.size() > 2) {
          search(std::string_view(word).substr(2));
        }
      }
    }
    only_static |= argument.words.front() == "-static";
  }
  const auto library = [&](const std::string& word, std::string_view name) {
    if (const auto path = find_library(name, folders, only_static); !path.empty()) {
      input(word, path);
    }
  };
  for (const auto& argument : arguments) {
    if (argument.effect == Effect::Input) {
      input(argument.words.front(), argument.value);
    } else if (argument.effect == Effect::Library) {
      library(argument.words.front(), argument.value);
    } else if (argument.effect == Effect::Linker) {
      for (const auto& word : split(argument.value, ',')) {
        if (word == "-Bstatic" || word == "-static" || word == "-dn" || word == "-Bdynamic" ||
            word == "-dy") {
          only_static = word != "-Bdynamic" && word != "-dy";
        } else if (word.starts_with("-l") && word.size() > 2) {
          library(word, std::string_view(word).substr(2));
        } else if (!word.starts_with('-') && is_input_file(absolute(word, job.folder))) {
          input(word, absolute(word, job.folder));
        }
      }
    }
  }
}

} // namespace

std::vector<std::string> link_inputs(const Job& job, const std::vector<Argument>& arguments) {
  std::vector<std::string> paths;
  each_link_input(job, arguments, [&](const std::string&, const std::string& path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      paths.push_back(path);
    }
  });
  return paths;
}

Result<std::vector<std::string>> compile_command(const Job& job, const std::string& source,
                                                 const std::string& object,
                                                 const std::vector<std::string>& additions,
                                                 const std::vector<std::string>& last) {
  TRY(const auto arguments, take_apart(job));
  std::vector<std::string> command = {job.argv.front()};
  if (job.kind == JobKind::CompileAndLink) {
    // One phase of two: what is meant for the other one is not worth a warning.
    command.insert(command.end(), {"-Wno-unused-command-line-argument", "-c"});
  }
  command.insert(command.end(), additions.begin(), additions.end());
  command.insert(command.end(), {"-o", object});
  for (const auto& argument : arguments) {
    switch (argument.effect) {
    case Effect::Refused:
      return fail("cannot replay a compile with " + argument.words.front() +
                      ": it writes files beside its output",
                  "build the target without it", "side-outputs");
    case Effect::Input:
      if (argument.value != source) {
        continue;
      }
      break;
    case Effect::Output:
    case Effect::SideOutput:
    case Effect::Linker:
    case Effect::Library:
      continue;
    case Effect::Preprocessor: {
      const auto kept = rewrite_preprocessor(argument);
      command.insert(command.end(), kept.begin(), kept.end());
      continue;
    }
    default:
      break;
    }
    command.insert(command.end(), argument.words.begin(), argument.words.end());
  }
  // Behind "--" they would be inputs.
  command.insert(std::find(command.begin(), command.end(), "--"), last.begin(), last.end());
  return command;
}

Result<std::vector<std::string>> link_command(const Job& job,
                                              const std::map<std::string, std::string>& substitutes,
                                              const std::string& padding,
                                              const std::string& output) {
  TRY(const auto arguments, take_apart(job));
  std::map<std::string, std::string> new_words; // "-lfoo" -> "/scratch/libfoo.a"
  each_link_input(job, arguments, [&](const std::string& word, const std::string& path) {
    if (const auto found = substitutes.find(path); found != substitutes.end()) {
      new_words[word] = found->second;
    }
  });
  const auto change = [&](const std::string& word) {
    const auto found = new_words.find(word);
    return found == new_words.end() ? word : found->second;
  };
  LinkerWords linker_words(change);

  std::vector<std::string> command = {job.argv.front()};
  if (job.kind == JobKind::CompileAndLink) {
    command.push_back("-Wno-unused-command-line-argument");
  }
  command.insert(command.end(), {"-o", output});
  bool padded = padding.empty();
  for (const auto& argument : arguments) {
    switch (argument.effect) {
    case Effect::Refused:
      return fail("cannot replay a link with " + argument.words.front() +
                      ": it writes files beside its output",
                  "build the target without it", "side-outputs");
    case Effect::Output:
    case Effect::SideOutput:
      continue;
    case Effect::Language:
      if (job.kind == JobKind::CompileAndLink) {
        continue; // everything is an object now
      }
      break;
    case Effect::Linker: {
      const auto kept = linker_words.rewrite(argument);
      command.insert(command.end(), kept.begin(), kept.end());
      continue;
    }
    case Effect::Input:
      if (!padded) {
        command.push_back(padding);
        padded = true;
      }
      command.push_back(change(argument.words.front()));
      continue;
    case Effect::Library: {
      const std::string& word = argument.words.front();
      if (new_words.contains(word)) {
        command.push_back(change(word));
        continue;
      }
      break;
    }
    default:
      break;
    }
    command.insert(command.end(), argument.words.begin(), argument.words.end());
  }
  if (!padded) {
    command.push_back(padding);
  }
  return command;
}

} // namespace autopass
