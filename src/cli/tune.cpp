// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"
#include "report/samples.h"
#include "session_request.h"
#include "util/file.h"

namespace autopass {

Result<int> execute(const TuneArguments& arguments) {
  TRY_VOID(takes_result(arguments.csv));
  TRY(SessionRequest request,
      request_session(arguments.target, arguments.workload, arguments.budget, arguments.sandbox));
  TuneOptions& options = request.options;
  if (!arguments.agent.empty()) {
    options.agent = arguments.agent;
  }
  options.dry_run = arguments.dry_run;
  options.trust_unseen = arguments.trust_unseen;
  options.show_prompts = arguments.show_prompts;
  options.fresh = arguments.fresh;
  TRY(const Report report,
      talk_through<Report>(options,
                   "\nautopass: interrupted; what was measured is kept, the next tune goes on\n",
                   [&] { return tune(options, request.project, request.config); }));
  print(arguments.json ? to_json(report) + "\n" : to_text(report, colour_wanted(1)));
  if (!arguments.csv.empty()) {
    TRY_VOID(write_file(arguments.csv, to_csv(report.samples)));
  }
  return exit_done;
}

} // namespace autopass
