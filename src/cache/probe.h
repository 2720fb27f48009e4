// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What came of trying whether a compiler loads a plugin. A session and `autopass doctor` try, and
// the answer is remembered with the plans, for exactly these two files (and the libraries that are
// most of the compiler); a compile only looks it up:
//
//   never tried           compiler-unknown      the compiler was replaced       compiler-changed
//   there is no plugin    plugin-missing        the plugin was replaced         plugin-changed
//   it does not load it   plugin-refused
//
// All tries of the last files at a path are kept: after a downgrade, or with two installations of
// AutoPass side by side, the answer is there already.
#pragma once

#include "compiler_identity.h"
#include "util/error.h"

#include <string>
#include <vector>

namespace autopass {

struct Probe {
  FileIdentity compiler;
  int llvm_major = 0;
  FileIdentity plugin;      // no path: there was none for this major, or it is not known any more
  std::string plugin_build; // hash of its file
  std::string refusal;      // what the compiler said; empty: it loads the plugin
  // libLLVM and libclang-cpp, where the compiler is a small program in front of them: built anew they
  // are another compiler behind the same file. With them the lld beside the compiler, if it loads the plugin, too.
  std::vector<FileIdentity> libraries{};
};

struct Standing {
  std::string reason;  // empty: the compiler loads the plugin
  int llvm_major = 0;  // 0: not known
  std::string plugin;  // path, when there is one
  std::string linker;  // path of an lld that loads it, too; empty: none is known
  std::string refusal; // with plugin-refused
};

bool is_linker(const FileIdentity& file);
// The two files as they are now, of which nothing was tried yet.
Result<Probe> pair_up(const std::string& compiler, int llvm_major);
// As words, for the snapshot's map; what is no such list has no probe in it.
// Of FileIdentities, one a line: "SIZE MODIFIED PATH".
std::string lines_of(const std::vector<FileIdentity>& files);
std::vector<FileIdentity> files_in(const std::string& lines);
std::vector<std::string> words_of(const std::vector<Probe>& probes);
std::vector<Probe> probes_in(const std::string& compiler, const std::vector<std::string>& words);
// What `probes`, which are of this compiler's path, say about it as it is now.
Standing judge(const std::vector<Probe>& probes, const FileIdentity& compiler);

} // namespace autopass
