// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function's IR at points of the pipeline that were asked for: FUNCTION@POINT, where a point is
//
//   start              as the front end made it
//   before:PASS[#N]    what the N-th run (from 1, the default) of a pass sees; PASS is its class
//   after:PASS[#N]     what it leaves
//   vectorizer-start   where loops are numbered
//   end                at the end of the IR pipeline
//   codegen            as it enters the back end
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/Support/JSON.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace autopass {

class IrPoints {
public:
  IrPoints() = default;
  explicit IrPoints(const std::vector<std::string>& wanted); // what is no FUNCTION@POINT is dropped
  bool empty() const { return m_wanted.empty(); }
  bool wants(const std::string& function, const std::string& point) const;

private:
  std::set<std::pair<std::string, std::string>> m_wanted;
};

// Of one function.
class IrTexts {
public:
  // The name of the point that comes next: the pass is about to run, or has run.
  std::string before(llvm::StringRef pass);
  std::string after(llvm::StringRef pass);
  void add(const std::string& point, const llvm::Function& function);
  llvm::json::Array texts() const;

private:
  std::map<std::string, int> m_begun, m_ended;
  std::vector<std::pair<std::string, std::string>> m_texts;
  std::size_t m_bytes = 0;
};

} // namespace autopass
