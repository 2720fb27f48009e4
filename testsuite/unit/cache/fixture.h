// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "cache/plan_store.h"
#include "util/file.h"

#include <cstdlib>
#include <optional>
#include <string>

namespace autopass {

// A folder of the test's own.
struct TestFolder {
  ScratchFolder scratch = *ScratchFolder::create("autopass-test");
  std::string operator/(const std::string& name) const { return scratch.path() + "/" + name; }
};

// An environment variable for the length of a test; a null value unsets it.
class TestVariable {
public:
  TestVariable(const char* name, const char* value) : m_name(name) {
    if (const char* before = std::getenv(name)) {
      m_before = before;
    }
    value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~TestVariable() { m_before ? ::setenv(m_name, m_before->c_str(), 1) : ::unsetenv(m_name); }

private:
  const char* m_name;
  std::optional<std::string> m_before;
};

inline const SliceKey test_key{"lz4", "znver3", 22};

// A plan for function number `function` that unrolls `count` times.
inline StoredPlan unroll(std::uint64_t function, std::int64_t count, Digest context = {7, 7}) {
  StoredPlan stored;
  stored.fingerprint = {1, function};
  stored.context = context;
  stored.plan.params = {{"unroll-count", count}};
  stored.function = "f" + std::to_string(function);
  stored.evidence = "{}";
  stored.created_at = "2026-11-21T00:00:00Z";
  return stored;
}

} // namespace autopass
