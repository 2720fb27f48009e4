// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Evidence on calls: what a plan could decide about, and what the inliner has decided.
#pragma once

#include "fingerprint.h"

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/Function.h>
#include <llvm/Support/JSON.h>

#include <map>
#include <string>
#include <vector>

namespace autopass {

class CallLog {
public:
  // Notes the calls of functions with a body, in the front end's IR.
  void begin(llvm::Module& module, Fingerprinter& fingerprints);
  // The inliner's words on a pair of functions: LLVM does not say which of several calls it means.
  void remark(const llvm::DiagnosticInfoOptimizationBase& remark);
  llvm::json::Array of(const std::string& function) const;

private:
  struct Call {
    std::int64_t number = 0;
    std::string callee;
    Digest fingerprint;
    bool can_inline = false; // a plan may say so
  };
  struct Said {
    std::int64_t inlined = 0, kept = 0;
    std::int64_t cost = 0, threshold = 0; // of the last one that had any
  };
  std::map<std::string, std::vector<Call>> m_calls;                   // by caller
  std::map<std::pair<std::string, std::string>, Said> m_said; // by caller and callee
};

} // namespace autopass
