// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for each library in which many files read or write JSON: the library's header is most
// of the time that they take to compile. Each file still includes what it uses.
#include <nlohmann/json.hpp>
