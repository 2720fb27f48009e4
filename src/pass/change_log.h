// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which passes changed one function, in order, and by how much.
//
// A pass says which analyses it kept; one that did not keep them all need not have changed
// anything. So the function is summed up after each such pass: every instruction with its operands,
// flags and place, by address. An equal sum means an unchanged function; what is different in
// metadata alone is not seen. The sum is worth nothing beyond this process.
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/Support/JSON.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace autopass {

class ChangeLog {
public:
  void begin(const llvm::Function& function) { m_state = state_of(function); }
  // A pass that worked on this function alone; when it kept all analyses it is not looked at.
  void ran(const llvm::Function& function, llvm::StringRef pass, bool changed);
  // After a pass that worked on more than this function.
  void look(const llvm::Function& function, llvm::StringRef pass);

  llvm::json::Array passes() const;  // how often each ran, and changed it
  llvm::json::Array changes() const; // one for each that did, in order

private:
  struct State {
    std::int64_t instructions = 0, blocks = 0;
    std::uint64_t sum = 0;
  };
  struct Runs {
    std::int64_t runs = 0, changed = 0;
  };
  struct Change {
    std::string pass;
    std::int64_t run = 0, instructions = 0, blocks = 0; // by how many more
  };
  static State state_of(const llvm::Function& function);
  bool note(const llvm::Function& function, llvm::StringRef pass, std::int64_t run);

  State m_state;
  std::map<std::string, Runs, std::less<>> m_passes;
  std::vector<Change> m_changes;
};

} // namespace autopass
