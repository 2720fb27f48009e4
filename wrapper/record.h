// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What we leave behind: a record in the spool, and a line in AUTOPASS_LOG. Neither can fail a
// build.
#pragma once

#include "cache/build_record.h"
#include "intent.h"

#include <string>

namespace autopass {

// The working folder as clang takes it into debug information: $PWD when that is where we are.
std::string working_folder();

Job make_job(const Intent& intent);
// The job, or a count, as the table of reasons has it.
void write_record(const Intent& intent, const Job& job);
void write_count(Reason reason);
void write_log(const Job& job);

} // namespace autopass
