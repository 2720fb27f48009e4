// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "record.h"

#include "util/paths.h"

namespace autopass {

Result<BuildRecord> open_build_record() {
  if (builds_path().empty()) {
    return fail("there is no place for the build record: neither HOME nor XDG_STATE_HOME is set",
                "set XDG_STATE_HOME to a writable folder", "no-state-folder");
  }
  TRY(BuildRecord record, BuildRecord::open(builds_path()));
  TRY_VOID(record.fold(spool_path()));
  return record;
}

} // namespace autopass
