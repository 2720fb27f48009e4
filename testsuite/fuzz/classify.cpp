// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The classifier: the input is a command, its words ending in NUL. What is decided has to hold
// together, because the record and the session take it as it is.
#include "fuzz.h"
#include "cache/spool.h"
#include "wrapper/classify.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace autopass;
  enter_scratch_folder();
  const Decision decision = classify(unpack(text(data, size)), "/build");
  const bool passes = decision.kind == JobKind::PassThrough;
  check(passes == (decision.reason != Reason::None));
  check(entry_of(decision.reason).reason == decision.reason);
  if (!passes) {
    check(decision.output != "-");
  }
  if (decision.kind == JobKind::Compile || decision.kind == JobKind::CompileAndLink) {
    check(std::count(decision.inputs.begin(), decision.inputs.end(), decision.source) > 0);
  }
  return 0;
}
