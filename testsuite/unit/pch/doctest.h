// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for each test program. Each file still includes what it uses.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>
