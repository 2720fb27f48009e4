// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With link-time optimisation a function is compiled twice: from its source to bitcode, and from
// there to code in the link. A planned function meets the plugin in both, and each element of its
// plan acts in one of them:
//
//                                   ThinLTO           LTO
//   attrs, calls, profile           compile           compile    (written into the bitcode)
//   params                          compile           compile    (options of the whole process, and
//                                                                 a link works with many threads)
//   first half, places in it        compile           compile    (what is in the bitcode)
//   second half, loops              link              compile    (where that half runs)
//   skip of every run               both              both
//   skip of one run                 compile           compile    (numbers count from there)
//   codegen                         -                 -          (options again)
#pragma once

#include "plan.h"

namespace autopass {

enum class Phase {
  Whole, // no link-time optimisation
  BeforeThinLink,
  BeforeFullLink,
  ThinLink,
  FullLink,
};

// What of the plan acts in this phase.
Plan part_of(const Plan& plan, Phase phase);
// How many settings act in no phase that comes from here on; of the back end and, in a link, of
// passes.
std::int64_t idle_settings(const Plan& plan, Phase phase);

} // namespace autopass
