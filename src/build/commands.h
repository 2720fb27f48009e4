// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The two commands of a replay, made from a recorded job: nothing is changed but outputs and
// inputs.
#pragma once

#include "arguments.h"

#include <map>
#include <string>
#include <vector>

namespace autopass {

// A link's inputs in order, absolute, each once; -lfoo stands for the static archive that the
// search folders on the command line give, if any.
std::vector<std::string> link_inputs(const Job& job, const std::vector<Argument>& arguments);

// The compile of `source` alone into `object`, with `additions` in front of the user's options and `last`
// behind them.
// Reason of errors: side-outputs.
Result<std::vector<std::string>> compile_command(const Job& job, const std::string& source,
                                                 const std::string& object,
                                                 const std::vector<std::string>& additions,
                                                 const std::vector<std::string>& last = {});

// The link into `output`: inputs that are keys of `substitutes` (absolute paths) are replaced;
// `padding`, if any, goes in front of the first input.
Result<std::vector<std::string>> link_command(const Job& job,
                                              const std::map<std::string, std::string>& substitutes,
                                              const std::string& padding,
                                              const std::string& output);

} // namespace autopass
