// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which slice a compile's plans are in. The compile that looks for plans and the session that
// publishes them both ask here: two answers would mean plans that no compile ever finds.
#pragma once

#include "config.h"

#include <string>

namespace autopass {

struct SlicePlace {
  std::string scope;
  std::string cpu; // empty: nobody chose one, so it is the store's
};

// The project around `source` (its real path), else around `folder`, the compile's working folder.
Result<Project> project_around(const std::string& source, const std::string& folder);

// The scope: of the project around `source` (its real path), else of the project around `folder`, the
// compile's working folder. The cpu: AUTOPASS_CPU, else that project's, else the configuration's.
// Reasons of errors: bad-project-file, bad-config.
Result<SlicePlace> slice_place(const std::string& source, const std::string& folder);
Result<SlicePlace> slice_place(const Project& project);

} // namespace autopass
