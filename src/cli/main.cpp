// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arguments.h"
#include "output.h"

#include <csignal>
#include <cstdio>
#include <exception>

namespace autopass {
namespace {

int perform(const Invocation& invocation) {
  const Result<int> outcome =
      std::visit([](const auto& arguments) { return execute(arguments); }, invocation);
  if (!outcome) {
    complain(outcome.error());
    return outcome.error().reason == usage_reason ? exit_usage : exit_no;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    complain({"cannot write the result: standard output takes no more", {}, {}});
    return exit_no;
  }
  return *outcome;
}

} // namespace
} // namespace autopass

int main(int argc, char** argv) {
  std::signal(SIGCHLD, SIG_DFL); // who started us may ignore it, and then no child of ours could be waited for
  try {
    const autopass::Parsed parsed = autopass::parse_arguments(argc, argv);
    return parsed.invocation ? autopass::perform(*parsed.invocation) : parsed.exit_code;
  } catch (const std::exception& error) {
    autopass::complain({std::string("stopped by a mistake of ours: ") + error.what(), {}, {}});
    return autopass::exit_no;
  }
}
