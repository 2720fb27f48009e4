// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A target as it was built: its link, and for each object in it the compile that made it.
#pragma once

#include "cache/build_record.h"
#include "cache/config.h"

#include <optional>
#include <string>
#include <vector>

namespace autopass {

// An object of the link that we can compile again.
struct Unit {
  Job compile;        // kind Compile, or CompileAndLink: then only its compile of `source`
  std::string source; // absolute
  std::string object; // the path in the link (for an archive member: the archive's path; where
                      // one command compiles and links: the source's path)
  std::string member; // name inside the archive; empty: a plain object
  std::size_t position = 0; // among the members of that name
};

struct BuiltTarget {
  std::string path; // absolute
  Job link;         // kind Link or CompileAndLink
  std::vector<Unit> units;
  std::vector<std::string> opaque; // objects and archives of unknown origin: linked as they are
};

// Its link, or a compile behind it, is for link-time optimisation.
bool is_optimised_at_link(const BuiltTarget& target);

// Finds the newest link that wrote `path` and the jobs behind its inputs. Archive members are
// matched by content. Reasons of errors: target-not-built, link-not-recorded (next: what to write
// into .autopass.toml), source-changed, objects-not-recorded.
Result<BuiltTarget> resolve(BuildRecord& record, const Project& project, const std::string& path);

} // namespace autopass
