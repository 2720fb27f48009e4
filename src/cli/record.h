// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "cache/build_record.h"

namespace autopass {

// builds.db with everything that compiles have appended to the spool so far.
Result<BuildRecord> open_build_record();

} // namespace autopass
