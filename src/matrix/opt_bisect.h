// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compiler's own account of its passes (llvm/IR/OptBisect.h): each that may be left out is numbered as it comes, in
// one compile, and those behind a limit are.
//
//   -mllvm -opt-bisect-limit=2      BISECT: running pass (1) annotation2metadata on [module]
//                                   BISECT: running pass (2) simplifycfg on grows
//                                   BISECT: NOT running pass (3) sroa on grows
//
// What a compile needs to come out at all has no number: with the limit 0 it is much like -O0.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct PassRun {
  std::size_t number = 0;
  std::string pass; // mostly as -opt-disable names it
  std::string on;   // "[module]", "grows", "function (grows)", "loop %for.body in function grows"
};

// Those that ran, in the order of what the compiler said.
std::vector<PassRun> passes_run(std::string_view said);

constexpr long long every_pass = -1; // as a limit: they run, and are told

std::vector<std::string> with_limit(std::vector<std::string> arguments, long long limit);

} // namespace autopass
