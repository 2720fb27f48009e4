// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// stdout is the result, stderr the talk.
#pragma once

#include "util/error.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace autopass {

// "autopass: what" and, on a line of its own, "  try: what next".
void complain(const Error& error);
void print(const std::string& text);
// One line of JSON that begins with "schema":1.
void print_json(const nlohmann::ordered_json& record);
// Whether a file that is to be written last can be: before hours are spent on what goes into it. Empty: none is wanted.
Result<void> takes_result(const std::string& file);
// Columns of the terminal that the result goes to; 0: it goes elsewhere.
std::size_t terminal_width();
// A terminal that wants it: not with NO_COLOR, not when TERM is dumb.
bool colour_wanted(int descriptor);

} // namespace autopass
