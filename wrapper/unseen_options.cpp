// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unseen_options.h"

#include "options.h"
#include "program.h"
#include "response.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace autopass {
namespace {

constexpr std::uint64_t largest_configuration = 1 << 20;

// The options are judged like a command's own; what names or holds more than we read is refused.
bool forbids(const std::string& path, bool links) {
  const auto text = read_file(path, largest_configuration);
  if (!text || text->find('@') != std::string::npos || text->find("\\\n") != std::string::npos) {
    return true;
  }
  std::vector<std::string> words{"-c", "some.c"};
  for (const auto& line : split(*text, '\n')) {
    const auto rest = trim(line);
    if (rest.substr(0, 1) != "#") {
      const auto more = split_words(rest);
      words.insert(words.end(), more.begin(), more.end());
    }
  }
  const Decision decision = classify(words, "/");
  const bool chooses_linker = !decision.linker.empty() || !decision.linker_path.empty() || decision.finds_linker_elsewhere;
  return decision.reason != Reason::None || decision.lto ||
         (links && (chooses_linker || decision.linker_keeps_or_tells));
}

// Beside the program that all links lead to, and where distributions have it built in.
std::vector<std::string> configuration_folders(const Intent& intent) {
  const auto& words = intent.decision.arguments;
  const bool as_called = std::find(words.begin(), words.end(), "-no-canonical-prefixes") !=
                         words.end();
  const std::string program =
      as_called ? intent.compiler.path
                : real_path(intent.compiler.path);
  std::vector<std::string> folders{
      parent(program), "/etc/clang", "/etc/clang/" + std::to_string(intent.slice.llvm_major)};
  if (const char* home = std::getenv("HOME")) {
    folders.push_back(std::string(home) + "/.config/clang");
  }
  return folders;
}

} // namespace

bool has_forbidding_configuration(const std::string& folder, bool links) {
  const auto entries = entries_of(folder); // mostly there is no such folder
  return entries && std::any_of(entries->begin(), entries->end(), [&](const std::string& name) {
    return name.ends_with(".cfg") && forbids(folder + "/" + name, links);
  });
}

Reason forbidden_unseen(const Intent& intent) {
  if (has_codeview(base_name(intent.compiler.name))) {
    return Reason::RecordCommandLine;
  }
  const auto folders = configuration_folders(intent);
  const bool links = intent.decision.lto && intent.decision.kind != JobKind::Compile;
  const bool forbidden = std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
    return has_forbidding_configuration(folder, links);
  });
  return forbidden ? Reason::ConfigFile : Reason::None;
}

} // namespace autopass
