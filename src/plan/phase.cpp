// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "phase.h"

#include <algorithm>
#include <functional>

namespace autopass {

namespace {

bool is_in_second_half(const Insertion& insertion) {
  return insertion.at.starts_with("vectorizer-");
}

Plan before_link(Plan plan, bool second_half_follows) {
  plan.codegen.clear();
  if (second_half_follows) {
    std::erase_if(plan.pipeline.insert, is_in_second_half);
    plan.pipeline.optimization.clear();
    plan.loops.clear();
  }
  return plan;
}

Plan in_link(const Plan& plan, bool second_half_is_here) {
  Plan part;
  for (const Skip& skip : plan.pipeline.skip) {
    if (skip.run == 0) {
      part.pipeline.skip.push_back(skip);
    }
  }
  if (second_half_is_here) {
    part.pipeline.insert = plan.pipeline.insert;
    std::erase_if(part.pipeline.insert, std::not_fn(is_in_second_half));
    part.pipeline.optimization = plan.pipeline.optimization;
    part.loops = plan.loops;
  }
  return part;
}

} // namespace

Plan part_of(const Plan& plan, Phase phase) {
  switch (phase) {
  case Phase::Whole: return plan;
  case Phase::BeforeThinLink: return before_link(plan, true);
  case Phase::BeforeFullLink: return before_link(plan, false);
  case Phase::ThinLink: return in_link(plan, true);
  case Phase::FullLink: return in_link(plan, false);
  }
  return plan;
}

std::int64_t idle_settings(const Plan& plan, Phase phase) {
  switch (phase) {
  case Phase::Whole: return 0;
  case Phase::BeforeThinLink:
  case Phase::BeforeFullLink: return std::int64_t(plan.codegen.size());
  case Phase::ThinLink:
  case Phase::FullLink: return std::int64_t(plan.params.size());
  }
  return 0;
}

} // namespace autopass
