// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reasons.h"

#include "cache/function_counts.h"
#include "wrapper/reason.h"

namespace autopass {

std::string_view meaning_of(std::string_view reason) {
  if (reason == "functions") {
    return "with a body";
  }
  if (reason == "record-dropped") {
    return "the spool was full: what was compiled then is not known";
  }
  for (const FunctionCountEntry& entry : function_counts()) {
    if (entry.name == reason) {
      return entry.what;
    }
  }
  for (std::size_t i = 1; i < reason_count; ++i) { // 0: no reason
    const ReasonEntry& entry = entry_of(static_cast<Reason>(i));
    if (entry.name == reason) {
      return entry.what;
    }
  }
  return {};
}

} // namespace autopass
