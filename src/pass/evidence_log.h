// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Collects what the compiler says about each function and writes it as the JSON Lines that
// agents/evidence.h describes. Bounded: a function has at most 60 remarks, the same message once.
#pragma once

#include "call_log.h"
#include "fingerprint.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/Function.h>
#include <llvm/Support/JSON.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace autopass {

class EvidenceLog {
public:
  explicit EvidenceLog(std::string path) : m_path(std::move(path)) {}

  // Once, before any function: on the front end's IR.
  void calls(llvm::Module& module, Fingerprinter& fingerprints) { m_calls.begin(module, fingerprints); }
  void begin(const llvm::Function& function, const Digest& fingerprint, const Digest& context);
  // At the start of the vectoriser; `describe_loops` made it.
  void loops(const llvm::Function& function, llvm::json::Array loops);
  void remark(const llvm::DiagnosticInfoOptimizationBase& remark);
  // Whether a plan could answer to remarks of this pass. Others should not even be asked for: LLVM
  // counts the module's instructions around every pass as long as somebody wants "size-info".
  static bool wants(llvm::StringRef pass);
  void ran(llvm::StringRef function, llvm::StringRef pass, bool changed);
  void optimised(const llvm::Function& function);
  // Can be called again when more is known; a file that cannot be written is no evidence.
  void write() const;

private:
  struct Shape {
    std::int64_t instructions = 0, blocks = 0, calls = 0, branches = 0, selects = 0, switches = 0;
  };
  struct Runs {
    std::int64_t runs = 0, changed = 0;
  };
  using RemarkKey = std::tuple<std::string, std::string, std::string, std::string>;
  struct Record {
    std::string name, linkage;
    Digest fingerprint, context;
    Shape shape;
    std::int64_t optimised_instructions = 0;
    llvm::json::Array loops;
    std::map<RemarkKey, std::int64_t> remarks; // pass, kind, name, message
    std::map<std::string, Runs> passes;
  };
  static Shape shape_of(const llvm::Function& function);
  llvm::json::Object to_json(const Record& record) const;
  Record* find(llvm::StringRef function);

  std::string m_path;
  CallLog m_calls;
  std::vector<Record> m_records; // in the module's order
  llvm::StringMap<std::size_t> m_places;
};

// One object for each loop of the function, in preorder, and the loops in that order.
llvm::json::Array describe_loops(llvm::Function& function, const llvm::TargetLibraryInfo& library,
                                 Fingerprinter& fingerprints);

} // namespace autopass
