// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a function has, as far as the levers ask: from its evidence and from the findings on it.
#include "traits.h"

#include <array>

namespace autopass {

namespace {

using namespace trait;

struct FindingTrait {
  std::string_view finding;
  Traits bits;
};
constexpr auto finding_traits = std::to_array<FindingTrait>({
    {"not-vectorised", not_vectorised},
    {"vectorised", vectorised | loop},
    {"slp-vectorised", slp},
    {"unrolled", unrolled | loop},
    {"fully-unrolled", unrolled | loop},
    {"short-trip-count", counted},
    {"known-trip-count", counted},
    {"unknown-trip-count", runtime},
    {"nested-loop", nested},
    {"branchy-loop", branchy | selects},
    {"branchy", branchy},
    {"select-heavy", selects},
    {"switch-in-loop", switches | branchy},
    {"calls-in-hot-loop", calls},
    {"table-lookup", loads},
    {"reduction", loads},
    {"floating-loop", floating},
    {"not-inlined", calls},
    {"inlined", inlined},
    {"load-pre", load_pre},
    {"promoted", promoted},
    {"idiom", idiom},
    {"spills", spills},
});

} // namespace

Traits traits_of(std::string_view finding) {
  for (const FindingTrait& rule : finding_traits) {
    if (rule.finding == finding) {
      return rule.bits;
    }
  }
  return 0;
}

Traits traits(const Subject& subject, const std::vector<Finding>& findings) {
  Traits bits = always;
  const FunctionEvidence& evidence = subject.evidence;
  if (!evidence.loops.empty()) {
    bits |= loop;
  }
  int innermost = 0;
  for (const LoopEvidence& one : evidence.loops) {
    innermost += one.innermost ? 1 : 0;
    bits |= one.loads > 0 ? loads : 0;
    bits |= one.depth >= 3 ? deep : 0;
  }
  bits |= innermost > 1 ? multiple : 0;
  bits |= evidence.selects > 0 ? selects : 0;
  bits |= evidence.branches >= 4 ? branchy : 0;
  bits |= evidence.switches > 0 ? switches : 0;
  bits |= evidence.calls > 0 ? calls : 0;
  bits |= evidence.optimised_instructions > 200 ? large : 0;
  bits |= subject.share <= 0 ? callee : 0;
  for (const Finding& finding : findings) {
    bits |= traits_of(finding.name);
  }
  return bits;
}

} // namespace autopass
