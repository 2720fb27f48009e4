// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine_model.h"

#include "util/file.h"
#include "util/subprocess.h"
#include "util/text.h"

namespace autopass {

Result<std::vector<std::string>> machine_model(const std::vector<std::string>& loop,
                                               const std::string& cpu, int llvm_major,
                                               const std::string& scratch) {
  const std::string file = scratch + "/loop.s";
  const std::string program = "llvm-mca-" + std::to_string(llvm_major);
  TRY_VOID(write_file(file, join(loop, "\n") + "\n"));
  Command command;
  command.argv = {program, "-mcpu=" + (cpu.empty() ? "native" : cpu), "-iterations=100", "-instruction-info=false",
                  "-resource-pressure=false", file};
  command.timeout = 20;
  const auto outcome = run(command);
  if (!outcome || outcome->exit_code == 127) {
    return fail("there is no " + program + ", which knows how long instructions take",
                "apt-get install llvm-" + std::to_string(llvm_major), "mca-missing");
  }
  if (!outcome->success()) {
    return fail(program + " cannot tell: " + outcome->status() + ": " +
                    std::string(trim(outcome->errors)).substr(0, 500),
                {}, "mca-failed");
  }
  std::vector<std::string> figures;
  for (const std::string& line : split(outcome->output, '\n')) {
    if (line.find(": ") != std::string::npos) {
      figures.emplace_back(trim(line));
    }
  }
  return figures;
}

} // namespace autopass
