// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a request to a chat-completions endpoint must be, strictly.
#pragma once

#include <string>

// What is wrong with the body; empty: it is right.
std::string body_problem(const std::string& text);
