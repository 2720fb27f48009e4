// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for each library whose files use little else. Each file still includes what it uses.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
