// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Collects what the compiler says about each function and writes it as JSON Lines: the format is
// docs/evidence.md, the reader agents/evidence. Bounded in all that grows. Where the facts come
// from:
//
//   call_log        calls that a plan can decide about
//   remark_log      remarks, inlining decisions, and what the back end says in remarks
//   change_log      which pass changed the function, and by how much
//   loop_facts      loops at the start of the vectoriser
//   hot_blocks      block frequencies at the end of the IR pipeline
//   ir_points       the function's IR at points that were asked for
#pragma once

#include "call_log.h"
#include "change_log.h"
#include "fingerprint.h"
#include "ir_points.h"
#include "remark_log.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/ValueHandle.h>
#include <llvm/Support/JSON.h>

#include <string>
#include <vector>

namespace llvm {
class TargetLibraryInfo;
class TargetTransformInfo;
} // namespace llvm

namespace autopass {

// What describe_loops() finds: one object for each loop in preorder, and its header.
struct DescribedLoops {
  llvm::json::Array loops;
  std::vector<llvm::BasicBlock*> headers;
};

class EvidenceLog {
public:
  EvidenceLog(std::string path, IrPoints points)
      : m_path(std::move(path)), m_points(std::move(points)) {}

  // Once, before any function: on the front end's IR.
  void calls(llvm::Module& module, Fingerprinter& fingerprints) { m_calls.begin(module, fingerprints); }
  void begin(const llvm::Function& function, const Digest& fingerprint, const Digest& context);
  // At the start of the vectoriser. Until another function's loops come, remarks that name one of
  // these headers are about that loop.
  void loops(const llvm::Function& function, DescribedLoops described);
  void remark(const llvm::DiagnosticInfoOptimizationBase& remark);
  // A pass is about to work on this function.
  void will_run(const llvm::Function& function, llvm::StringRef pass);
  // It has, and keeps all analyses if not `changed`.
  void ran(const llvm::Function& function, llvm::StringRef pass, bool changed);
  // A pass that works on others, too, has run: is this function another one now?
  void look(const llvm::Function& function, llvm::StringRef pass);
  void ran(const llvm::Module& module, llvm::StringRef pass);
  void optimised(llvm::Function& function);
  void enters_codegen(const llvm::Function& function);
  // Can be called again when more is known; a file that cannot be written is no evidence.
  void write() const;

private:
  struct Record {
    std::string name;
    ChangeLog changes;
    RemarkLog remarks;
    IrTexts ir;
    llvm::json::Array loops;
    llvm::json::Object facts; // what is known once and for all
  };
  llvm::json::Object to_json(const Record& record) const;
  Record* find(llvm::StringRef function);
  int loop_at(const llvm::DiagnosticInfoOptimizationBase& remark) const;

  std::string m_path;
  CallLog m_calls;
  IrPoints m_points;
  std::vector<Record> m_records; // in the module's order
  llvm::StringMap<std::size_t> m_places;
  std::string m_with_loops;            // the function that m_headers are of
  std::vector<llvm::WeakVH> m_headers; // by number of the loop; null: the block is gone
};

DescribedLoops describe_loops(llvm::Function& function, const llvm::TargetLibraryInfo& library,
                              const llvm::TargetTransformInfo& target,
                              Fingerprinter& fingerprints);

// The blocks in which the function is expected to spend its time, the hottest first.
llvm::json::Array hot_blocks(llvm::Function& function);

} // namespace autopass
