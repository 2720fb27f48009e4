// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler says about one function in its remarks, normalised: numbers and reasons are
// fields, the same remark is said once with a count, decisions of the inliner are a list of their
// own, and what the back end says in remarks (stack, spills, instructions) are plain numbers.
// Remarks that name no reason are dropped: they are worse than none.
#pragma once

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/Support/JSON.h>

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace autopass {

class RemarkLog {
public:
  // Whether anything that we write down comes from remarks of this pass. Others should not even be
  // asked for: LLVM counts the module's instructions around every pass as long as somebody wants
  // "size-info".
  static bool wants(llvm::StringRef pass);
  // `loop`: the number of the loop that it is about, -1: of none.
  void add(const llvm::DiagnosticInfoOptimizationBase& remark, int loop);

  llvm::json::Array remarks() const;
  llvm::json::Array inlining() const;
  const std::map<std::string, std::int64_t>& machine() const { return m_machine; }
  // What the vectoriser said about a loop: names and fields.
  struct OfLoop {
    std::string kind, name;
    const llvm::json::Object* fields;
  };
  std::vector<OfLoop> of_loop(llvm::StringRef pass, int loop) const;

private:
  struct Said {
    llvm::json::Object fields;
    std::int64_t count = 1, line = 0, column = 0;
  };
  using Key = std::tuple<std::string, std::string, std::string, std::string, int>;
  using Decision = std::tuple<std::string, bool, std::string>; // callee, inlined?, fields as text

  void add_inlining(const llvm::DiagnosticInfoOptimizationBase& remark);

  std::map<Key, Said> m_remarks; // pass, kind, name, message, loop
  std::map<Decision, Said> m_inlining;
  std::map<std::string, std::int64_t> m_machine;
};

} // namespace autopass
