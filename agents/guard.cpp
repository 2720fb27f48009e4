// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "guard.h"

#include "roles.h"

#include <algorithm>
#include <array>

namespace autopass {

namespace {

constexpr std::array<std::string_view, 10> marks = {
    "constant_time", "consttime",      "const_time", "constanttime", "timingsafe",
    "crypto_verify", "secure_compare", "ct_select",  "ct_eq",        "cmov_ct"};

// Parts of the names of entries that move code between selects, conditional moves and branches.
constexpr std::array<std::string_view, 14> deciding = {
    "cmov",        "two-entry-phi",  "select-optimize", "simplifycfg", "Speculat",  "speculat",
    "SimplifyCFG", "jump-threading", "JumpThreading",   "branch-fold", "br-merging",
    "flatten-cfg", "chr",            "weights"};

} // namespace

bool looks_constant_time(std::string_view function) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return function.find(mark) != std::string_view::npos;
  });
}

bool allowed_for(const Entry& entry, const Subject& subject) {
  if (!looks_constant_time(subject.evidence.function)) {
    return true;
  }
  return std::none_of(deciding.begin(), deciding.end(), [&](std::string_view part) {
    return entry.name.find(part) != std::string_view::npos;
  });
}

} // namespace autopass
