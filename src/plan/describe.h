// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An entry of the vocabulary for readers: what `autopass vocabulary`, the manual page and `autopass
// explain` print.
#pragma once

#include "vocabulary.h"

#include <string>
#include <vector>

namespace autopass {

std::string_view type_name(ValueType type); // "bool", "int", "enum"

// Where an entry can act. A link optimises several modules at once, in threads that share the options
// of the process, and cannot begin again: only what is written in the IR itself, and passes left out, can act there.
bool acts_in_links(const Entry& entry);
std::string_view phase_of(const Entry& entry); // "compile" or "compile, link"

// The part of a plan that says this about the function: {"params":{"unroll-count":4}}.
std::string example_of(const Entry& entry);

// What a plan may do with an IR pass: "skip", "insert", "replace".
std::vector<std::string> roles_of(const AdmittedPass& pass);
std::vector<std::string> points_of(const AdmittedPass& pass); // where it may be inserted

} // namespace autopass
