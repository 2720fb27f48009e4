// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Differential testing of one program over the ways to build it: levels, with and without its plans,
// and the processors that this machine can be.
#pragma once

#include "cache/config.h"
#include "report/matrix.h"
#include "tune/session.h"

namespace autopass {

// Nothing is published or withdrawn. Errors: those of tune().
Result<Matrix> matrix(const TuneOptions& options, const Project& project, const Config& config);

} // namespace autopass
