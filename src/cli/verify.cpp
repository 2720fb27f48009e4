// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `autopass verify`: exit code 1 when plans do not hold, or something is found, so that a script can ask.
#include "tune/verify.h"

#include "matrix/matrix.h"
#include "output.h"
#include "report/samples.h"
#include "session_request.h"
#include "util/file.h"

namespace autopass {
namespace {

Result<int> try_all_ways(SessionRequest request, bool json) {
  TRY(const Matrix found, talk_through<Matrix>(request.options, plans_stay, [&] {
        return matrix(request.options, request.project, request.config);
      }));
  print(json ? to_json(found) + "\n" : to_text(found));
  return found.has_finding() ? exit_no : exit_done;
}

} // namespace

Result<int> execute(const VerifyArguments& arguments) {
  TRY_VOID(takes_result(arguments.csv));
  TRY(SessionRequest request,
      request_session(arguments.target, arguments.workload, arguments.budget, arguments.sandbox));
  if (arguments.matrix) {
    return try_all_ways(std::move(request), arguments.json);
  }
  VerifyOptions options{std::move(request.options), arguments.keep};
  TRY(const Report report,
      talk_through<Report>(options.session, plans_stay,
                   [&] { return verify(options, request.project, request.config); }));
  print(arguments.json ? to_json(report) + "\n" : to_text(report, colour_wanted(1)));
  if (!arguments.csv.empty()) {
    TRY_VOID(write_file(arguments.csv, to_csv(report.samples)));
  }
  return report.verdict == verdict_holds_no_longer || report.verdict == verdict_holds_in_part
             ? exit_no
             : exit_done;
}

} // namespace autopass
