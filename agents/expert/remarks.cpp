// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "remarks.h"

#include <charconv>
#include <set>

namespace autopass {

std::string_view quoted_name(std::string_view message) {
  const std::size_t open = message.find('\'');
  if (open == std::string_view::npos) {
    return {};
  }
  const std::size_t close = message.find('\'', open + 1);
  return close == std::string_view::npos ? std::string_view{}
                                         : message.substr(open + 1, close - open - 1);
}

std::optional<long> number_after(std::string_view message, std::string_view label) {
  const std::size_t found = message.find(label);
  if (found == std::string_view::npos) {
    return std::nullopt;
  }
  message.remove_prefix(found + label.size());
  const std::size_t digit = message.find_first_not_of(" :=");
  if (digit == std::string_view::npos) {
    return std::nullopt;
  }
  message.remove_prefix(digit);
  long number = 0;
  const auto [end, error] =
      std::from_chars(message.data(), message.data() + message.size(), number);
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

std::vector<std::string> inlined_into(const FunctionEvidence& function) {
  std::set<std::string> callees;
  for (const Remark& remark : function.remarks) {
    if (remark.pass == "inline" && remark.kind == "passed") {
      if (const std::string_view callee = quoted_name(remark.message); !callee.empty()) {
        callees.emplace(callee);
      }
    }
  }
  return {callees.begin(), callees.end()};
}

} // namespace autopass
