// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session says while it runs; nothing of it is needed for the result.
#pragma once

#include "budget.h"
#include "session.h"

namespace autopass {

struct Talk {
  const TuneOptions& options;
  const Budget& budget;

  void say(const std::string& line) const {
    if (options.say) {
      options.say(line);
    }
  }
  // `done` from 0 to 1 within the step.
  void progress(const std::string& step, double done) const {
    if (options.progress) {
      options.progress(step, done, budget.left());
    }
  }
};

} // namespace autopass
