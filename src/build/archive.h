// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Static archives (the GNU form, ordinary and thin): reading members, and a copy in which some of
// them have another content at the same place under the same name.
#pragma once

#include "util/error.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace autopass {

struct Member {
  std::string name; // "util.o"; names may occur more than once
  std::string file; // thin archives: the member's file, absolute; else empty
  std::string content;
  std::uint64_t offset = 0; // of the header in the archive's file, as the symbol index says it
  std::string header;       // its 60 bytes
};

struct Archive {
  std::vector<Member> special; // the symbol index and the table of long names, in order
  std::vector<Member> members;
};

// Reasons of errors: malformed-archive, archive-form (BSD names, nested thin archives).
Result<Archive> read_archive(const std::string& path);

// Writes `archive` as an ordinary one with `replaced` (number of the member -> content).
Result<void> write_archive(const std::string& path, const Archive& archive,
                           const std::map<std::size_t, std::string>& replaced);

} // namespace autopass
