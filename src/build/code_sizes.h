// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "util/error.h"

#include <string>

namespace autopass {

// The compiler does not know how many bytes a function's code takes until its object is written:
// adds "bytes" to each function in a file of evidence, from the object of the same compile.
Result<void> add_code_sizes(const std::string& evidence, const std::string& object);

} // namespace autopass
