// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What only a comparison with stock code can tell: volatile and atomic accesses that a plan has lost,
// and stack frames that it has blown up. Written by the compile that collects evidence (which makes
// stock code), read by the session's compiles with plans.
#pragma once

#include <llvm/IR/Module.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace autopass {

class CodeFacts {
public:
  void look_at(const llvm::Module& module); // at the end of the IR pipeline
  void frame(llvm::StringRef function, std::int64_t bytes);
  void write(const std::string& path) const; // a file that cannot be written tells nothing
  static std::optional<CodeFacts> read(const std::string& path);
  // How code with plans breaks what stock code keeps; empty: it does not.
  std::string accesses_lost_in(const CodeFacts& planned) const;
  std::string frame_too_large_in(const CodeFacts& planned) const;

private:
  struct Access {
    std::string what;   // "atomicrmw add i64 seq_cst"
    std::string object; // a global's name; empty: reached by a pointer
    auto operator<=>(const Access&) const = default;
  };
  struct Facts {
    std::set<Access> accesses; // of the function and of what it calls in this module
    std::int64_t frame = 0;    // bytes
  };
  static bool holds(const std::set<Access>& accesses, const Access& wanted);
  std::map<std::string, Facts> m_functions;
};

} // namespace autopass
