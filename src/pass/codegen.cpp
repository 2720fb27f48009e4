// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The back end is one pipeline of passes that takes a function at a time from IR to machine code.
// A pass of ours at its head, behind the one module pass that precedes it, sees each function first
// and sets what its plan says; it changes nothing itself. So a function's settings are in force
// until the next function comes by, or the module ends.
//
// Machine-level passes ask the context's pass gate whether they may run. Ours answers for the
// function at hand, and is there only while some plan skips such a pass.
#include "codegen.h"

#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/OptBisect.h>
#include <llvm/InitializePasses.h>
#include <llvm/Pass.h>
#include <llvm/PassRegistry.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>

#include <set>

namespace autopass {

using namespace llvm;

namespace {

// Function passes ask by the short name that plans use, loop passes by the long one.
bool is_called(StringRef asking, StringRef short_name) {
  const PassInfo* info = PassRegistry::getPassRegistry()->getPassInfo(short_name);
  return asking == short_name || (info != nullptr && info->getPassName() == asking);
}

class Gate : public OptPassGate {
public:
  void enter(const AppliedPlan* plan) {
    m_plan = plan;
    m_runs.clear();
  }

  bool isEnabled() const override { return true; }
  bool shouldRunPass(StringRef pass, StringRef) const override {
    if (m_plan == nullptr) {
      return true;
    }
    const std::int64_t run = ++m_runs[pass.str()];
    for (const Skip& skip : m_plan->plan.skip) {
      if (is_called(pass, skip.pass) && (skip.run == 0 || skip.run == run)) {
        return false;
      }
    }
    return true;
  }

private:
  const AppliedPlan* m_plan = nullptr;
  mutable std::map<std::string, std::int64_t> m_runs; // on this function
};

class Head : public FunctionPass {
public:
  static char ID;
  explicit Head(std::shared_ptr<Compilation> compilation)
      : FunctionPass(ID), m_compilation(std::move(compilation)) {}

  StringRef getPassName() const override { return "AutoPass settings of a function"; }
  void getAnalysisUsage(AnalysisUsage& usage) const override { usage.setPreservesAll(); }

  bool doInitialization(Module& module) override {
    OptPassGate& present = module.getContext().getOptPassGate();
    if (!present.isEnabled()) { // somebody bisects: leave his gate where it is
      m_present = &present;
      module.getContext().setOptPassGate(m_gate);
    }
    return false;
  }

  bool runOnFunction(Function& function) override {
    const AppliedPlan* plan = m_compilation->plans.of(function);
    m_compilation->flip.set(plan != nullptr ? &plan->codegen : nullptr);
    m_gate.enter(plan);
    return false;
  }

  bool doFinalization(Module& module) override {
    m_compilation->flip.set(nullptr);
    if (m_present != nullptr) {
      module.getContext().setOptPassGate(*m_present);
      m_present = nullptr;
    }
    if (m_compilation->evidence) {
      m_compilation->evidence->write(); // with what the back end had to say
    }
    return false;
  }

private:
  std::shared_ptr<Compilation> m_compilation;
  Gate m_gate;
  OptPassGate* m_present = nullptr;
};

char Head::ID = 0;

std::shared_ptr<Compilation>& current() {
  static std::shared_ptr<Compilation> compilation;
  return compilation;
}

void add_head(TargetMachine&, PassManagerBase&, TargetPassConfig* config) {
  const std::shared_ptr<Compilation> compilation = current();
  const auto acts = [](const AppliedPlan& plan) { return plan.needs_codegen(); };
  if (!compilation || (!compilation->evidence && !compilation->plans.any(acts))) {
    return;
  }
  PassRegistry& registry = *PassRegistry::getPassRegistry();
  initializePreISelIntrinsicLoweringLegacyPassPass(registry); // passes register when first made
  const PassInfo* first = registry.getPassInfo(StringRef("pre-isel-intrinsic-lowering"));
  if (first != nullptr) {
    config->insertPass(first->getTypeInfo(), new Head(compilation));
  }
}

} // namespace

void follow_codegen(std::shared_ptr<Compilation> compilation) {
  static const RegisterTargetPassConfigCallback registration(add_head);
  current() = std::move(compilation);
}

} // namespace autopass
