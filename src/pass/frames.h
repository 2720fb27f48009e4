// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How much stack functions take without plans, from the evidence of such a compile (-autopass-frames). A
// plan may make a function's frame twice as large and 4 KiB more, so that no program runs out of stack that
// has some left.
#pragma once

#include <llvm/IR/DiagnosticInfo.h>

#include <cstdint>
#include <map>
#include <string>

namespace autopass {

class Frames {
public:
  // What cannot be read says nothing, and allows everything.
  explicit Frames(const std::string& evidence);
  // The back end's remark on the frame of a planned function: what is wrong with it; empty: nothing.
  std::string broken(const llvm::DiagnosticInfoOptimizationBase& remark) const;

private:
  std::map<std::string, std::int64_t> m_stock;
};

// Whose remarks those are.
inline constexpr char frame_pass[] = "prologepilog";

} // namespace autopass
