// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "error.h"

#include <cerrno>
#include <cstring>

namespace autopass {

tl::unexpected<Error> fail_errno(std::string what, std::string next, std::string reason) {
  const int saved = errno;
  return fail(std::move(what) + ": " + std::strerror(saved), std::move(next),
              std::move(reason));
}

} // namespace autopass
