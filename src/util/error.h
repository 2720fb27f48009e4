// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Errors that a caller can act upon. Two tiers: functions return Result<T>; our own mistakes are
// asserts. Exceptions of libraries are turned into a Result where they are called, and each
// program's main holds the only other catch.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace autopass {

struct Error {
  std::string what;   // what went wrong and where: "cannot read /x/y: No such file or directory"
  std::string next;   // what the user can try next; may be empty
  std::string reason; // a named, countable reason ("link-not-recorded"); may be empty
};

template <class T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string what, std::string next = {},
                                  std::string reason = {}) {
  return tl::make_unexpected(Error{std::move(what), std::move(next), std::move(reason)});
}

// The text of errno, appended to `what` after a colon.
tl::unexpected<Error> fail_errno(std::string what, std::string next = {}, std::string reason = {});

} // namespace autopass

// Evaluates a Result and hands an error on to the caller; otherwise binds the value.
#define AUTOPASS_CONCAT_(a, b) a##b
#define AUTOPASS_CONCAT(a, b) AUTOPASS_CONCAT_(a, b)
#define TRY(declaration, expression)                                                               \
  auto AUTOPASS_CONCAT(result_, __LINE__) = (expression);                                          \
  if (!AUTOPASS_CONCAT(result_, __LINE__)) {                                                       \
    return tl::make_unexpected(std::move(AUTOPASS_CONCAT(result_, __LINE__)).error());             \
  }                                                                                                \
  declaration = std::move(*AUTOPASS_CONCAT(result_, __LINE__))
#define TRY_VOID(expression)                                                                       \
  if (auto AUTOPASS_CONCAT(result_, __LINE__) = (expression);                                      \
      !AUTOPASS_CONCAT(result_, __LINE__)) {                                                       \
    return tl::make_unexpected(std::move(AUTOPASS_CONCAT(result_, __LINE__)).error());             \
  }
