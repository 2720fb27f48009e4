// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "remark_log.h"

namespace autopass {

// The loops, each with what the vectoriser made of it: the width and interleave count that it chose,
// and why not more.
llvm::json::Array with_vectors(const llvm::json::Array& loops, const RemarkLog& remarks);

} // namespace autopass
