// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a compiler command does, read from its words alone: no file of the command is opened but
// response files.
#pragma once

#include "cache/build_record.h"
#include "reason.h"

#include <string>
#include <vector>

namespace autopass {

struct Decision {
  JobKind kind = JobKind::PassThrough;
  Reason reason = Reason::None;       // None for Compile, Link and CompileAndLink, so far
  std::vector<std::string> arguments; // without argv[0], response files expanded
  std::vector<std::string> inputs;    // as written; sources, objects and archives
  std::vector<std::string> sources;   // those of them that are compiled
  std::string source;                 // the first that is compiled
  std::string output;                 // as written or by default; empty: none that we know of
  bool to_object = false;             // -c: what makes an object and nothing else
  // Link-time optimisation, and what matters of its link.
  bool lto = false;
  std::string linker, linker_path;     // -fuse-ld=, --ld-path=, which is stronger; empty: the default
  bool finds_linker_elsewhere = false; // clang is told where to look for programs, or for another machine
  bool linker_keeps_or_tells = false;  // a cache of objects, an archive of the command, a plugin of the user's
  Reason link_reason = Reason::None;   // why the link gets no plugin, though it is built again like any other
};

// `arguments` without argv[0]; `folder` is the working folder.
Decision classify(const std::vector<std::string>& arguments, const std::string& folder);

} // namespace autopass
