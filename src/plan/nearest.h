// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The name that was meant. A name is only ever taken for one within two edits, and for none when two
// real names are equally near: two edits turn a short word into any other.
#pragma once

#include "vocabulary.h"

namespace autopass {

// Each null when nothing, or more than one thing, is near enough.
const Entry* nearest_entry(Kind kind, std::string_view name);
const AdmittedPass* nearest_pass(std::string_view id);
const AdmittedPass* nearest_skippable(std::string_view class_name);
const Entry* nearest_option(const AdmittedPass& pass, std::string_view name);
const InsertionPoint* nearest_insertion_point(std::string_view name);

} // namespace autopass
