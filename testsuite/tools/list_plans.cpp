// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints one plan a line for every entry of the vocabulary and every end of its range, with HASH in
// place of a loop's hash: what the IR tests try out. Not what stock clang does anyway. With --named,
// "KIND NAME proven|unproven PLAN".
#include "plan/plan.h"
#include "util/text.h"

#include <cstdio>

using namespace autopass;

namespace {

bool named = false;

void print_name(const Entry& entry) {
  if (named) {
    std::printf("%s %s %s ", std::string(kind_name(entry.kind)).c_str(),
                std::string(entry.name).c_str(), is_proven(entry) ? "proven" : "unproven");
  }
}

// Left out, and run once more: on what the front end made, and on what the default half has left.
void print_pass(const Entry& entry) {
  if (entry.pass == nullptr) {
    return;
  }
  if ((entry.pass->uses & can_skip) != 0) {
    print_name(entry);
    std::printf("{\"v\":2,\"pipeline\":{\"skip\":[{\"pass\":\"%s\"}]}}\n",
                std::string(entry.pass->class_name).c_str());
  }
  if (may_run_in(*entry.pass, simplifies)) {
    const std::string id(entry.pass->id);
    print_name(entry);
    std::printf("{\"v\":2,\"pipeline\":{\"insert\":[{\"at\":\"cgscc-late\",\"passes\":[{\"pass\":\"%s\"}]},"
                "{\"at\":\"scalar-late\",\"passes\":[{\"pass\":\"%s\"}]}]}}\n",
                id.c_str(), id.c_str());
  }
}

void print_setting(const Entry& entry, const std::string& value) {
  if (value == entry.fallback || value == '"' + std::string(entry.fallback) + '"') {
    return;
  }
  const std::string kind(kind_name(entry.kind)), name(entry.name);
  print_name(entry);
  if (entry.kind == Kind::Loops) {
    std::printf("{\"v\":2,\"loops\":[{\"loop\":0,\"hash\":\"HASH\",\"%s\":%s}]}\n", name.c_str(),
                value.c_str());
  } else {
    std::printf("{\"v\":2,\"%s\":{\"%s\":%s}}\n", kind.c_str(), name.c_str(), value.c_str());
  }
}

} // namespace

int main(int count, char**) {
  named = count > 1;
  for (const Entry& entry : vocabulary()) {
    if (entry.kind == Kind::Pipeline) {
      print_pass(entry);
      continue;
    }
    if (entry.kind == Kind::Calls || entry.kind == Kind::Profile) {
      continue; // address what only a compile knows
    }
    switch (entry.type) {
    case ValueType::Flag:
      if (entry.low == 0) {
        print_setting(entry, "false");
      }
      if (entry.high == 1) {
        print_setting(entry, "true");
      }
      break;
    case ValueType::Number:
      print_setting(entry, std::to_string(entry.low));
      print_setting(entry, std::to_string(entry.high));
      break;
    case ValueType::Word:
      for (const std::string& word : split(entry.words, '|')) {
        print_setting(entry, "\"" + word + "\"");
      }
      break;
    }
  }
}
