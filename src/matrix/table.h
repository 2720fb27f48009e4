// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rows of a matrix: what each way prints, how fast it is, and which pass is to blame.
#pragma once

#include "comparer.h"
#include "report/matrix.h"
#include "tune/talk.h"
#include "ways.h"

#include <vector>

namespace autopass {

// Outputs first: a way that prints something else is bisected to the pass (differing_pass.h). Then speeds: "slower" is
// said when the interval, at the comparer's level, and several code layouts that lose alike say so; then the
// pass to blame is looked for (slow_pass.h). A row for each way, in their order; what could not be done is a note.
// Errors: the build itself gives another result than at the start, or its runs fail.
Result<void> fill_table(const std::vector<Way>& ways, const Comparer& comparer, const Talk& talk, Matrix& matrix);

} // namespace autopass
