// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The back end is one pipeline of passes that takes a function at a time from IR to machine code.
// A pass of ours at its head (llvm_compat.h says how it gets there) sees each function first and
// sets what its plan says; it changes nothing itself. So a function's settings are in force until
// the next function comes by, or the module ends. (For targets where that is not so, plans have none.)
//
// Machine-level passes ask the context's pass gate whether they may run. Ours answers for the
// function at hand, and is there only while some plan skips such a pass.
#include "codegen.h"

#include "llvm_compat.h"
#include "plant.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

// Function passes ask by the short name that plans use, loop passes by the long one.
bool is_called(StringRef asking, StringRef short_name) {
  const PassInfo* info = PassRegistry::getPassRegistry()->getPassInfo(short_name);
  return asking == short_name || (info != nullptr && info->getPassName() == asking);
}

class Gate : public PassGate {
public:
  void enter(const AppliedPlan* plan) { m_plan = plan; }

  bool may_run(StringRef pass) const override {
    return m_plan == nullptr ||
           std::none_of(m_plan->machine_skips.begin(), m_plan->machine_skips.end(),
                        [&](const std::string& name) { return is_called(pass, name); });
  }

private:
  const AppliedPlan* m_plan = nullptr;
};

class Settings : public CodegenWatcher {
public:
  explicit Settings(std::shared_ptr<Compilation> compilation)
      : m_compilation(std::move(compilation)) {}

  void begin(Module& module) override {
    OptPassGate& present = module.getContext().getOptPassGate();
    if (!present.isEnabled()) { // somebody bisects: leave his gate where it is
      m_present = &present;
      module.getContext().setOptPassGate(m_gate);
    }
  }

  void enter(Function& function) override {
    if (&function == m_function) {
      return;
    }
    m_function = &function;
    const AppliedPlan* plan = m_compilation->plans.of(function);
    m_compilation->flip.set(plan != nullptr ? &plan->codegen : nullptr);
    m_gate.enter(plan);
    if (m_compilation->evidence) {
      m_compilation->evidence->enters_codegen(function);
    }
    if (plan != nullptr) {
      fail_if_planted(Place::Emission, *function.getParent(), m_compilation->plans);
    }
  }

  void end(Module& module) override {
    m_function = nullptr;
    m_compilation->flip.set(nullptr);
    if (m_present != nullptr) {
      module.getContext().setOptPassGate(*m_present);
      m_present = nullptr;
    }
    fail_if_planted(Place::Written, module, m_compilation->plans);
    if (m_compilation->evidence) {
      m_compilation->evidence->write(); // with what the back end had to say
    }
  }

private:
  std::shared_ptr<Compilation> m_compilation;
  Gate m_gate;
  OptPassGate* m_present = nullptr;
  const Function* m_function = nullptr; // at hand
};

// Of the compilation that is going on; null: it does nothing in the back end.
std::shared_ptr<CodegenWatcher>& current() {
  static std::shared_ptr<CodegenWatcher> settings;
  return settings;
}

std::shared_ptr<CodegenWatcher> watcher() {
  return current();
}

} // namespace

bool codegen_goes_by_function(const Module& module) {
  const Triple target(module.getTargetTriple());
  const auto& options = cl::getRegisteredOptions();
  const auto by_calls = options.find("enable-ipra"); // callees first
  return target.isX86() && target.isOSBinFormatELF() &&
         (by_calls == options.end() || by_calls->second->getNumOccurrences() == 0);
}

void follow_codegen(const std::shared_ptr<Compilation>& compilation) {
  const auto acts = [](const AppliedPlan& plan) { return plan.needs_codegen(); };
  if (!compilation->evidence && !compilation->plans.any(acts) && !is_planted(Place::Emission) &&
      !is_planted(Place::Written)) {
    current().reset();
    return;
  }
  current() = std::make_shared<Settings>(compilation);
  watch_codegen<watcher>();
}

} // namespace autopass
