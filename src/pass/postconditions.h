// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What no plan may change, whatever it says. Seen on the module as the front end made it, and again
// at the end of the IR pipeline.
#pragma once

#include "applied_plan.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/IR/Module.h>

#include <string>
#include <vector>

namespace autopass {

class Postconditions {
public:
  Postconditions(const llvm::Module& module, llvm::ArrayRef<const llvm::Function*> planned);
  // Which one does not hold; empty: all do.
  std::string broken(const llvm::Module& module, const AppliedPlans& plans) const;

private:
  struct Symbol {
    llvm::GlobalValue::LinkageTypes linkage;
    llvm::GlobalValue::VisibilityTypes visibility;
  };
  using Symbols = llvm::StringMap<Symbol>;
  static Symbols exported(const llvm::Module& module);
  std::string broken_symbol(const llvm::Module& module) const;
  std::string broken_attribute(const llvm::Module& module) const;
  std::string new_callee(const llvm::Module& module) const;

  Symbols m_exported;
  llvm::StringSet<> m_functions;                  // all that are named, declared or defined
  llvm::StringMap<llvm::AttributeSet> m_attributes; // of planned functions
};

} // namespace autopass
