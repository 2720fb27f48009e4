// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for each test program. Each file still includes what it uses.
#include <doctest/doctest.h>

#include "../../../src/pch/standard.h"
#include <fstream>
#include <sstream>
