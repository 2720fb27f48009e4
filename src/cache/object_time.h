// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether an object is the one that a recorded job wrote. With AUTOPASS=off, by another compiler or by
// a copy it becomes another one without a record, and what is known of the old one must not be said
// of the new one.
#pragma once

#include "records.h"

#include <optional>

namespace autopass {

// Of a regular file, by CLOCK_REALTIME; nothing when there is none.
std::optional<std::int64_t> modification_time(const std::string& path);
// By its times alone: not before the job was started (the plugin ended), and not so long after that
// that the compile cannot have taken it.
bool could_have_written(const Job& job, const std::optional<PluginRecord>& plugin,
                        std::int64_t written_ns);
// Before the job was started: it has failed, and left what was there.
bool is_older(std::int64_t written_ns, const Job& job);

} // namespace autopass
