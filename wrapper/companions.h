// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Programs that are put before a compiler and start it: compiler caches and distributors. One list
// for all who have to know them.
#pragma once

#include <string>

namespace autopass {

struct Companion {
  const char* name;
  bool keeps;     // what comes out, under the command that it was given
  bool elsewhere; // on other machines, too
};

// By the name of its file, ccache-4.10 and .ccache-wrapped too; `program` may be a path. Null: it is none.
const Companion* companion_called(const std::string& program);

} // namespace autopass
