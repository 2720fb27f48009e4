// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small project in a scratch folder, built by the real compiler and recorded as the wrapper
// would.
#pragma once

#include "cache/build_record.h"
#include "util/file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

class Tree {
public:
  Tree();
  const std::string& root() const { return m_root; }
  std::string path(const std::string& name) const { return m_root + "/" + name; }
  void write(const std::string& name, const std::string& content) const;
  // Runs `command` (a shell's words) in the tree; it must succeed. Nothing is recorded.
  void run(const std::string& command) const;
  // Runs and records it: `inputs` and `output` as the wrapper would see them.
  void record(JobKind kind, const std::string& command, const std::vector<std::string>& inputs,
              const std::string& output, const std::string& slice = {});
  BuildRecord& builds() { return *m_builds; }
  // Every file below the root with its content's digest and time of modification.
  std::map<std::string, std::string> listing() const;

private:
  ScratchFolder m_folder;
  std::string m_root;
  std::optional<BuildRecord> m_builds;
};

// The compilers that the tests run.
inline const char* const clang = "/usr/bin/clang-22";
inline const char* const clangxx = "/usr/bin/clang++-22";

} // namespace autopass
