// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session has published is a claim about one machine and one day. This measures it again: the
// target as it is now, with its plans and without them, in several code layouts, on every workload.
#pragma once

#include "cache/config.h"
#include "report/report.h"
#include "session.h"

namespace autopass {

// What is asked beyond what sessions are asked: target, workloads and budget are read from there.
struct VerifyOptions {
  TuneOptions session;
  bool keep = false; // withdraw nothing
};

// The report's verdict is
//   holds              confirmed again, by the rules of confirm.h
//   no longer holds    it was not; unless `keep`, the target's plans are withdrawn in one transaction
//   nothing to verify  no plan of this target acts in what is built now
// and, unless it holds, its last note says why; `published` is whether plans stay in force. Errors: those of tune().
Result<Report> verify(const VerifyOptions& options, const Project& project, const Config& config);

} // namespace autopass
