// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "subprocess.h"

namespace autopass {

// What a child could not do before its program, sent to us through a pipe that a successful exec closes.
struct StartFailure {
  enum class Step { Sandbox, Folder, Input, Core, Exec } step = Step::Exec;
  int reason = 0;
};

// For people, with something to try.
tl::unexpected<Error> not_started(const Command& command, const StartFailure& failure);

} // namespace autopass
