// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Writes a plan snapshot for tests:
//
//   make-snapshot FILE < lines of "FINGERPRINT PLAN", or of "FINGERPRINT CONTEXT PLAN"
//
// and prints the slice's digest. Plans go in as they are read; one that does not validate is an error.
#include "cache/plan_store.h"

#include <cstdio>
#include <iostream>
#include <sstream>

using namespace autopass;

namespace {

int complain(const Error& error) {
  std::fprintf(stderr, "make-snapshot: %s\n", error.what.c_str());
  return 1;
}

Result<StoredPlan> read_line(const std::string& line) {
  StoredPlan stored;
  std::istringstream words(line);
  std::string fingerprint, text;
  words >> fingerprint >> text;
  if (const auto context = Digest::from_hex(text)) {
    stored.context = *context;
    words >> text;
  }
  const auto digest = Digest::from_hex(fingerprint);
  if (!digest) {
    return fail("no fingerprint: " + line);
  }
  stored.fingerprint = *digest;
  TRY(stored.plan, parse(text));
  return stored;
}

} // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: make-snapshot FILE < LINES\n");
    return 2;
  }
  std::vector<StoredPlan> plans;
  for (std::string line; std::getline(std::cin, line);) {
    auto stored = read_line(line);
    if (!stored) {
      return complain(stored.error());
    }
    plans.push_back(std::move(*stored));
  }
  const auto slice = write_snapshot(arguments[1], {"test", "generic", 22}, plans, {});
  if (!slice) {
    return complain(slice.error());
  }
  std::printf("%s\n", slice->hex().c_str());
  return 0;
}
