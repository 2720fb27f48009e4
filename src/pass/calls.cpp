// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A decision names a call by its number in the front end's IR and is checked by the fingerprint of
// the callee. "Do not inline" is an attribute of the call, written at once.
//
// "Inline" is one, too, but clang has two inliners: one for what must be inlined runs first, on IR
// that nobody has simplified, the other walks the call graph, callees first. A call that were marked
// from the beginning would get its callee's raw body. So the call carries a mark of ours, which means
// nothing to LLVM, until the second inliner is about to work on the function; then it becomes
// "always inline". The mark is copied with the call, by unrolling, say, and into functions that
// inline the planned one; there it stays a mark, since it names the plan that it is from.
#include "calls.h"

#include "tag.h"
#include "unit.h"

#include <llvm/ADT/SCCIterator.h>
#include <llvm/Analysis/CallGraph.h>
#include <llvm/IR/Attributes.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

constexpr StringRef mark = "autopass-inline"; // its value: the tag of the plan that says so

// In bytes. LLVM's inliner has the same limit for what it inlines into a recursive function: each level of
// the recursion has to carry it. A call that must be inlined gets past that, so we look ourselves.
constexpr std::uint64_t most_stack_in_recursion = 1024;

bool takes_much_stack(const Function& callee) {
  const DataLayout& layout = callee.getParent()->getDataLayout();
  std::uint64_t bytes = 0;
  for (const Instruction& instruction : instructions(callee)) {
    if (const auto* object = dyn_cast<AllocaInst>(&instruction)) {
      const auto size = object->getAllocationSize(layout); // none: known when the program runs
      if (!size || size->isScalable() || size->getFixedValue() > most_stack_in_recursion - bytes) {
        return true;
      }
      bytes += size->getFixedValue();
    }
  }
  return false;
}

bool same_word(const Function& one, const Function& other, StringRef name) {
  return one.getFnAttribute(name).getValueAsString() ==
         other.getFnAttribute(name).getValueAsString();
}

bool has_own_frame(const Function& callee) {
  return callee.isVarArg() || callee.hasFnAttribute(Attribute::ReturnsTwice) ||
         callee.hasFnAttribute(Attribute::Naked);
}

bool fits_into(const Function& callee, const Function& caller) {
  return AttributeFuncs::areInlineCompatible(caller, callee) &&
         same_word(callee, caller, "target-cpu") && same_word(callee, caller, "target-features") &&
         callee.hasFnAttribute(Attribute::StrictFP) == caller.hasFnAttribute(Attribute::StrictFP) &&
         callee.hasGC() == caller.hasGC();
}

// All zeros, in a plan by hand: whatever is called there.
bool is_meant(const CallDecision& decision, const Function& callee, Fingerprinter& fingerprints) {
  return !callee.isDeclaration() &&
         (decision.callee == Digest{} || fingerprints.function(callee) == decision.callee);
}

// The source's own word on a call or its callee stands.
bool may_decide(const CallBase& call, bool inline_it, const FunctionSet& in_cycles) {
  const Function& callee = *call.getCalledFunction();
  if (!inline_it) {
    return !callee.hasFnAttribute(Attribute::AlwaysInline) &&
           !call.hasFnAttr(Attribute::AlwaysInline);
  }
  return may_inline(call, in_cycles);
}

// Lets the inliner, which is about to work on the component, inline what the function's plan says. All of a component
// but a lone function is recursive; and what has joined it since calls were decided (a call by a pointer that has
// become known) stays out, as it would have then.
void hand_over_marked(Compilation& compilation, const Function& function,
                      const std::vector<const Function*>& component) {
  const AppliedPlan* plan = compilation.plans.of(function);
  if (plan == nullptr || plan->plan.calls.empty()) {
    return;
  }
  const StringRef tag = function.getFnAttribute(tag_attribute).getValueAsString();
  const std::vector<CallBase*> calls = direct_calls(function);
  const auto is_own = [&](const CallBase* call) { return call->getCalledFunction() == &function; };
  const bool recursive = component.size() > 1 || std::any_of(calls.begin(), calls.end(), is_own);
  for (CallBase* call : calls) {
    const Attribute marked = call->getFnAttr(mark);
    if (!marked.isValid() || marked.getValueAsString() != tag) {
      continue;
    }
    call->removeFnAttr(mark);
    const Function* callee = call->getCalledFunction();
    if (std::find(component.begin(), component.end(), callee) != component.end() ||
        (recursive && takes_much_stack(*callee))) { // with what it has inlined itself
      compilation.count(FunctionCount::CallRefused);
    } else {
      call->addFnAttr(Attribute::AlwaysInline);
    }
  }
}

} // namespace

std::vector<CallBase*> direct_calls(const Function& function) {
  std::vector<CallBase*> calls;
  for (const Instruction& instruction : instructions(function)) {
    const auto* call = dyn_cast<CallBase>(&instruction);
    const Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
    if (callee != nullptr && !callee->isIntrinsic()) {
      calls.push_back(const_cast<CallBase*>(call));
    }
  }
  return calls;
}

FunctionSet functions_in_cycles(Module& module) {
  FunctionSet found;
  CallGraph graph(module);
  for (auto component = scc_begin(&graph); !component.isAtEnd(); ++component) {
    for (const CallGraphNode* node : *component) {
      if (component.hasCycle() && node->getFunction() != nullptr) {
        found.insert(node->getFunction());
      }
    }
  }
  return found;
}

bool may_inline(const CallBase& call, const FunctionSet& in_cycles) {
  const Function& callee = *call.getCalledFunction();
  const Function& caller = *call.getFunction();
  return !callee.isDeclaration() && !callee.isInterposable() && !callee.hasOptNone() &&
         !callee.isPresplitCoroutine() && !callee.hasFnAttribute(Attribute::NoInline) &&
         !call.isNoInline() && !call.isMustTailCall() && !has_own_frame(callee) &&
         fits_into(callee, caller) && in_cycles.count(&callee) == 0 &&
         (in_cycles.count(&caller) == 0 || !takes_much_stack(callee));
}

void decide_calls(Compilation& compilation, Function& function, const Plan& plan,
                  Fingerprinter& fingerprints, const FunctionSet& in_cycles) {
  const std::vector<CallBase*> calls = direct_calls(function);
  for (const CallDecision& decision : plan.calls) {
    CallBase* call =
        std::size_t(decision.call) < calls.size() ? calls[std::size_t(decision.call)] : nullptr;
    if (call == nullptr || !is_meant(decision, *call->getCalledFunction(), fingerprints)) {
      compilation.count(FunctionCount::CallChanged);
    } else if (!may_decide(*call, decision.inline_it, in_cycles)) {
      compilation.count(FunctionCount::CallRefused);
    } else {
      if (decision.inline_it) {
        const StringRef tag = function.getFnAttribute(tag_attribute).getValueAsString();
        call->addFnAttr(llvm::Attribute::get(call->getContext(), mark, tag));
      } else {
        call->addFnAttr(Attribute::NoInline);
      }
      compilation.count(FunctionCount::CallDecided);
    }
  }
}

void follow_inliner(PassInstrumentationCallbacks& callbacks,
                    std::shared_ptr<Compilation> compilation) {
  callbacks.registerBeforeNonSkippedPassCallback(
      [compilation = std::move(compilation)](StringRef pass, Any unit) {
        if (pass != "InlinerPass") {
          return;
        }
        const std::vector<const Function*> component = functions_of(unit);
        for (const Function* function : component) {
          hand_over_marked(*compilation, *function, component);
        }
      });
}

} // namespace autopass
