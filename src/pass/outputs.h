// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a compile has open, seen from whether it could be done once more.
#pragma once

namespace autopass {

// False when it has opened something for writing from which nothing can be taken back: a pipe, a device.
// clang opens its object before it parses.
bool outputs_can_be_made_again();

} // namespace autopass
