// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "diagnostics.h"

#include "second_start.h"

#include <llvm/ADT/StringSet.h>
#include <llvm/IR/DiagnosticHandler.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Support/raw_ostream.h>

namespace autopass {

using namespace llvm;

namespace {

std::string text_of(const DiagnosticInfo& diagnostic) {
  std::string text;
  raw_string_ostream stream(text);
  DiagnosticPrinterRawOStream printer(stream);
  diagnostic.print(printer);
  return text;
}

class Listener : public DiagnosticHandler {
public:
  Listener(std::unique_ptr<DiagnosticHandler> user, std::shared_ptr<Compilation> compilation, IsPlanned is_planned)
      : DiagnosticHandler(user->DiagnosticContext), m_user(std::move(user)),
        m_compilation(std::move(compilation)), m_is_planned(std::move(is_planned)) {
    HasErrors = m_user->HasErrors;
    DiagHandlerCallback = m_user->DiagHandlerCallback;
  }

  bool handleDiagnostics(const DiagnosticInfo& diagnostic) override {
    const auto* remark = dyn_cast<DiagnosticInfoOptimizationBase>(&diagnostic);
    if (remark != nullptr) {
      if (m_compilation->evidence) {
        m_compilation->evidence->remark(*remark);
      }
      if (m_compilation->frames && m_compilation->plans.of(remark->getFunction()) != nullptr) {
        const std::string broken = m_compilation->frames->broken(*remark);
        if (!broken.empty()) {
          start_again(FunctionCount::PlanPostcondition, broken);
        }
      }
      if (is_ours_alone(*remark)) {
        return true;
      }
    }
    if (!may_come_of_a_plan(diagnostic)) {
      return m_user->handleDiagnostics(diagnostic);
    }
    if (diagnostic.getSeverity() == DS_Error) {
      start_again(FunctionCount::PlanError, text_of(diagnostic));
    }
    bool handled = true; // clang drops what the user has switched off: then nobody has said anything
    if (would_be_said([&] { handled = m_user->handleDiagnostics(diagnostic); })) {
      start_again(FunctionCount::PlanWarning, text_of(diagnostic));
    }
    return handled;
  }

  bool isAnalysisRemarkEnabled(StringRef pass) const override {
    return wanted(pass) || (m_compilation->frames && pass == frame_pass) ||
           m_user->isAnalysisRemarkEnabled(pass);
  }
  bool isMissedOptRemarkEnabled(StringRef pass) const override {
    // The inliner asks this to know whether it should count on behind the threshold, where a call through a
    // pointer that it can resolve lowers the cost again: it would inline more than it does for the user.
    // Its remarks reach us without, with the cost as far as it was counted.
    return (wanted(pass) && pass != "inline") || m_user->isMissedOptRemarkEnabled(pass);
  }
  bool isPassedOptRemarkEnabled(StringRef pass) const override {
    return wanted(pass) || m_user->isPassedOptRemarkEnabled(pass);
  }
  using DiagnosticHandler::isAnyRemarkEnabled;
  bool isAnyRemarkEnabled() const override {
    return m_compilation->evidence || m_compilation->frames || m_user->isAnyRemarkEnabled();
  }

private:
  bool wanted(StringRef pass) const {
    return m_compilation->evidence && RemarkLog::wants(pass);
  }

  // Of a user's profile stock clang says the same, before any plan acts.
  bool tells_of_profile(const DiagnosticInfo& diagnostic) const {
    const int kind = diagnostic.getKind();
    return kind == DK_PGOProfile || kind == DK_SampleProfile ||
           (kind == DK_MisExpect && m_compilation->has_user_profile);
  }

  // A frame may be larger with a plan, a call be left that the source forbids, a statement in assembly be there twice, a
  // pragma not be followed that came with a callee which nobody has seen beforehand.
  bool may_come_of_a_plan(const DiagnosticInfo& diagnostic) const {
    if (diagnostic.getSeverity() != DS_Warning && diagnostic.getSeverity() != DS_Error) {
      return false;
    }
    if (const auto* remark = dyn_cast<DiagnosticInfoOptimizationBase>(&diagnostic)) {
      const Function& function = remark->getFunction();
      return m_compilation->plans.of(function) != nullptr &&
             m_compilation->with_pragma.count(function.getName().str()) == 0;
    }
    const auto* frame = dyn_cast<DiagnosticInfoResourceLimit>(&diagnostic);
    return !tells_of_profile(diagnostic) && m_is_planned(frame != nullptr ? &frame->getFunction() : nullptr);
  }

  // A remark that stock clang would not have made, or what is said because of a hint that the user
  // never wrote. Functions with the user's own loop pragmas get no hints.
  bool is_ours_alone(const DiagnosticInfoOptimizationBase& remark) const {
    const bool hinted = m_compilation->hinted.count(remark.getFunction().getName().str()) != 0;
    if (remark.getKind() == DK_OptimizationFailure) {
      return hinted;
    }
    if (remark.getSeverity() != DS_Remark) {
      return false;
    }
    const bool forced = remark.getPassName() == OptimizationRemarkAnalysis::AlwaysPrint;
    return !m_user->isAnyRemarkEnabled() ||
           (hinted && forced && !m_user->isAnalysisRemarkEnabled("loop-vectorize"));
  }

  std::unique_ptr<DiagnosticHandler> m_user;
  std::shared_ptr<Compilation> m_compilation;
  IsPlanned m_is_planned;
};

} // namespace

IsPlanned planned_or_around(const Module& module, const AppliedPlans& plans) {
  auto around = std::make_shared<StringSet<>>(); // by name: functions come and go
  std::vector<const Function*> queue;
  for (const Function& function : module) {
    if (plans.of(function) != nullptr && around->insert(function.getName()).second) {
      queue.push_back(&function);
    }
  }
  while (!queue.empty()) {
    const Function& next = *queue.back();
    queue.pop_back();
    for (const User* user : next.users()) {
      const auto* instruction = dyn_cast<Instruction>(user);
      if (instruction != nullptr && around->insert(instruction->getFunction()->getName()).second) {
        queue.push_back(instruction->getFunction());
      }
    }
  }
  return [around = std::move(around)](const Function* function) {
    return function != nullptr ? around->contains(function->getName()) : !around->empty();
  };
}

void listen(LLVMContext& context, std::shared_ptr<Compilation> compilation, IsPlanned is_planned, Filtering filtering) {
  std::unique_ptr<DiagnosticHandler> user = context.getDiagnosticHandler();
  if (user == nullptr) {
    user = std::make_unique<DiagnosticHandler>();
  }
  context.setDiagnosticHandler(
      std::make_unique<Listener>(std::move(user), std::move(compilation), std::move(is_planned)),
      filtering == Filtering::ByContext);
}

} // namespace autopass
