// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session has published is a claim about one machine and one day. This measures it again: the
// target as it is now, with its plans and without them, in several code layouts, on every workload.
#pragma once

#include "cache/config.h"
#include "report/report.h"
#include "session.h"

#include <functional>
#include <string>

namespace autopass {

// What is asked beyond what sessions are asked: target, workloads and budget are read from there.
struct VerifyOptions {
  TuneOptions session;
  bool keep = false;   // withdraw nothing
  bool bisect = false; // measure nothing unless the program is wrong
  // Plans by hand instead of what is published: that of the function of this symbol, or null. The store is
  // left alone then, but for the deny list.
  std::function<const Plan*(const std::string& symbol)> by_hand = {};
};

// The report's verdict is
//   holds              confirmed again, by the rules of confirm.h
//   no longer holds    it was not; unless `keep`, the target's plans are withdrawn in one transaction
//   holds in part      it is wrong with them, but not without what was found to be to blame (blame.h): the rest was
//                      confirmed and has taken their place
//   nothing to verify  no plan of this target acts in what is built now
//   nothing wrong      with `bisect`: it is right with them; nothing was measured
//   wrong              the same `by_hand`: it is not
// and, unless it holds, its last note says why; `published` is whether plans stay in force. Errors: those of tune().
Result<Report> verify(const VerifyOptions& options, const Project& project, const Config& config);

} // namespace autopass
