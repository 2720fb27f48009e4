// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a model might say to a request of ours.
#pragma once

#include <string>

// Three rounds of sound ideas about the functions that the request names, then nothing more.
std::string good_content(const std::string& body, int round);
// Passes, parameters, kinds, functions and values that do not exist.
std::string made_up_content(const std::string& body);
