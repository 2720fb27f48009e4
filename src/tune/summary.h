// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A session's results as a report.
#pragma once

#include "basis.h"
#include "report/report.h"
#include "search.h"
#include "self_test.h"
#include "settle.h"
#include "subjects.h"

namespace autopass {

Report summarise(const Basis& basis, const Harness& harness, const Inspection& inspection,
                 const SelfTest& self_test, const SearchOutcome& outcome, const Settled& settled,
                 const TuneOptions& options);
Report summarise_dry_run(const Basis& basis, const Talk& talk);

// All that was measured to confirm, and what is odd about it as notes.
void report_samples(const std::vector<LayoutSamples>& samples, Report& report);

// What blame has put on the deny list.
void report_denials(const Blame& blame, Report& report);

// A note where most files are compiled at a level that leaves out whole passes, which no plan makes good; else empty.
std::string low_level(const BuiltTarget& target);

// The head of any report: program, machine, noise.
Report report_about(const Basis& basis, const Harness& harness, const Inspection& inspection);

} // namespace autopass
