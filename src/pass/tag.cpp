// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tag.h"

namespace autopass {

namespace {

constexpr int tag_format = 1; // how this plugin carries plans out

}

std::string tag_of(const Plan& plan) {
  return Hasher().number(tag_format).number(vocabulary_version).digest(digest(plan)).finish().hex();
}

} // namespace autopass
