// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/vocabulary.h"

#include "output.h"
#include "report/layout.h"
#include "util/text.h"
#include "verbs.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

std::string text_of(const Entry& entry) {
  std::string title = "  " + std::string(entry.name);
  if (entry.pass == nullptr) { // a pass is named, not set
    title += "  " + values_of(entry);
  }
  if (!entry.fallback.empty()) {
    title += "  (default: " + std::string(entry.fallback) + ")";
  }
  return title + "\n" + wrapped("      ", entry.what);
}

} // namespace

Result<int> execute(const VocabularyArguments& arguments) {
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  std::string text = format("vocabulary version %d\n", vocabulary_version);
  std::string_view kind;
  for (const auto& entry : vocabulary()) {
    entries.push_back({{"kind", kind_name(entry.kind)},
                       {"name", entry.name},
                       {"values", values_of(entry)},
                       {"default", entry.fallback},
                       {"what", entry.what},
                       {"source", entry.source}});
    if (kind_name(entry.kind) != kind) {
      kind = kind_name(entry.kind);
      text += "\n" + std::string(kind) + "\n";
    }
    text += text_of(entry);
  }
  if (arguments.json) {
    print_json({{"version", vocabulary_version}, {"entries", entries}});
  } else {
    print(text);
  }
  return exit_done;
}

} // namespace autopass
