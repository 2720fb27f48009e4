// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for each library: what most of its files include sooner or later takes most of the time
// that they take to compile. Each file still includes what it uses.
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <variant>
#include <vector>
