// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `autopass verify`: exit code 1 when plans do not hold, so that a script can ask.
#include "tune/verify.h"

#include "output.h"
#include "session_request.h"

namespace autopass {

Result<int> execute(const VerifyArguments& arguments) {
  TRY(SessionRequest request,
      request_session(arguments.target, arguments.workload, arguments.budget, arguments.sandbox));
  VerifyOptions options{std::move(request.options), arguments.keep};
  TRY(const Report report,
      talk_through(options.session, "\nautopass: interrupted; the plans stay as they are\n",
                   [&] { return verify(options, request.project, request.config); }));
  print(arguments.json ? to_json(report) + "\n" : to_text(report, colour_wanted(1)));
  return report.verdict == verdict_holds_no_longer ? exit_no : exit_done;
}

} // namespace autopass
