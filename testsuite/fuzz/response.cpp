// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Response files: the input is the text of one, which may name itself ("@r").
#include "fuzz.h"
#include "wrapper/response.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace autopass;
  enter_scratch_folder();
  must(write_file("r", text(data, size)));
  if (const auto words = expand_responses({"first", "@r", "last"})) {
    check(words->size() >= 2 && words->front() == "first" && words->back() == "last");
  }
  return 0;
}
