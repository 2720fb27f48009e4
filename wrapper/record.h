// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What we leave behind: a record in the spool, and a line in AUTOPASS_LOG. Neither can fail a
// build.
#pragma once

#include "classify.h"
#include "compiler.h"
#include "look_up.h"

#include <string>

namespace autopass {

// The working folder as clang takes it into debug information: $PWD when that is where we are.
std::string working_folder();

Job make_job(const Compiler& compiler, const Decision& decision, const Slice& slice,
             const std::string& folder);
void write_record(const Job& job);
void write_log(const Job& job);

} // namespace autopass
