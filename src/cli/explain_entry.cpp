// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "explain_entry.h"

#include "output.h"
#include "plan/describe.h"
#include "report/layout.h"
#include "verbs.h"
#include "vocabulary_text.h"

#include <nlohmann/json.hpp>

namespace autopass {

std::vector<const Entry*> entries_called(std::string_view name) {
  std::vector<const Entry*> found;
  for (const Entry& entry : vocabulary()) {
    if (entry.name == name || (entry.pass != nullptr && entry.pass->class_name == name)) {
      found.push_back(&entry);
    }
  }
  return found;
}

int explain_entries(const std::vector<const Entry*>& entries, bool json) {
  if (json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Entry* entry : entries) {
      list.push_back(json_of(*entry));
    }
    print_json({{"entries", list}});
    return exit_done;
  }
  for (const Entry* entry : entries) {
    print(std::string(kind_name(entry->kind)) + "\n" + text_of(*entry));
    print(wrapped("      acts in ", phase_of(*entry)));
    print(wrapped("      read in ", "llvm/lib/.../" + std::string(entry->source)));
    print(wrapped("      say     ", example_of(*entry)));
    print(wrapped("      proven  ", is_proven(*entry)
                                       ? "seen to change its function and no other"
                                       : "no effect seen on the test code, nor on its neighbours"));
  }
  return exit_done;
}

} // namespace autopass
