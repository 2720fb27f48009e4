// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How plans are refused, by whom reads them and by whom judges them.
#pragma once

#include "util/error.h"

#include <string>
#include <utility>

namespace autopass {

inline tl::unexpected<Error> invalid(std::string what, std::string next = {}) {
  return fail("invalid plan: " + std::move(what), std::move(next), "invalid-plan");
}

// A name of a plan's author, of which nobody knows how long it is.
inline std::string quoted(const std::string& name) {
  return "'" + name.substr(0, 80) + "'";
}

} // namespace autopass
