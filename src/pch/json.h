// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The same for libraries in which many files read or write JSON.
#include "standard.h"

#include <nlohmann/json.hpp>
