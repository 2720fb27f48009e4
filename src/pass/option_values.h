// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's command-line options as values that can be read, set for a while and put back.
#pragma once

#include "plan/plan.h"

#include <llvm/Support/CommandLine.h>

#include <string>
#include <utility>
#include <vector>

namespace autopass {

// Name and value of every option that was given with -mllvm, ours left out, sorted by name.
std::vector<std::pair<std::string, std::string>> options_set_by_user();

// Whether this compiler has every option that is set here.
bool has_options(const std::vector<Setting>& settings);

// Settings of a plan, resolved to the options that they set. What the user or the compiler has set
// by other means is left alone: `left_out` counts.
struct OptionSettings {
  struct One {
    llvm::cl::Option* option;
    std::string value;
  };
  std::vector<One> settings;
  int left_out = 0;
};
OptionSettings resolve(const std::vector<Setting>& settings);

// At most one group of settings is in force at a time, in the whole process.
class OptionFlip {
public:
  // Null: what the user has. The settings must live until the next call.
  void set(const OptionSettings* settings);
  ~OptionFlip() { set(nullptr); }

private:
  const OptionSettings* m_current = nullptr;
};

} // namespace autopass
