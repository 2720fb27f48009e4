// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Only what can be said without stock clang's own result: a compile knows what went in and what came
// out. Whether a volatile access that is gone would be gone without the plan as well (dead branches
// are full of them), only stock clang could tell: docs/decisions.md, 2026-11-28.
#include "postconditions.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Verifier.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

// Attributes that a function has to keep: hardening, and what the code around it relies on. Inlining
// may add some of them; nothing in the default pipelines takes one away. (Of the stack protector's
// three strengths it may get a stronger one.)
constexpr StringLiteral kept[] = {
    "safestack", "shadowcallstack", "strictfp", "null_pointer_is_valid",
    "speculative_load_hardening", "nocf_check", "noredzone", "noimplicitfloat", "uwtable",
    "fn_ret_thunk_extern", "disable_sanitizer_instrumentation", "sanitize_address",
    "sanitize_hwaddress", "sanitize_memory", "sanitize_memtag", "sanitize_thread",
    // and these are attributes by text
    "probe-stack", "no-stack-arg-probe", "zero-call-used-regs", "stack-protector-buffer-size",
    "sign-return-address", "sign-return-address-key", "branch-target-enforcement",
    "branch-protection-pauth-lr", "guarded-control-stack", "ptrauth-returns", "ptrauth-calls",
    "ptrauth-auth-traps", "ptrauth-indirect-gotos", "frame-pointer", "stackrealign",
    "use-soft-float", "denormal-fp-math", "denormal-fp-math-f32", "target-cpu", "target-features",
    "patchable-function", "patchable-function-entry", "patchable-function-prefix", "fentry-call",
    "indirect-tls-seg-refs", "no_caller_saved_registers", "interrupt"};

int stack_protection(const AttributeSet& attributes) {
  return attributes.hasAttribute(Attribute::StackProtectReq)      ? 3
         : attributes.hasAttribute(Attribute::StackProtectStrong) ? 2
         : attributes.hasAttribute(Attribute::StackProtect)       ? 1
                                                                  : 0;
}

Attribute find(const AttributeSet& attributes, StringRef name) {
  const Attribute::AttrKind kind = Attribute::getAttrKindFromName(name);
  return kind != Attribute::None ? attributes.getAttribute(kind) : attributes.getAttribute(name);
}

StringRef lost_attribute(const AttributeSet& before, const AttributeSet& after) {
  if (stack_protection(after) < stack_protection(before)) {
    return "ssp";
  }
  const auto lost = std::find_if(std::begin(kept), std::end(kept), [&](StringRef name) {
    const Attribute was = find(before, name), is = find(after, name);
    return was.isValid() && (was.isStringAttribute() ? was != is : !is.isValid());
  });
  return lost != std::end(kept) ? StringRef(*lost) : StringRef();
}

} // namespace

Postconditions::Postconditions(const Module& module, ArrayRef<const Function*> planned)
    : m_exported(exported(module)) {
  for (const Function& function : module) {
    m_functions.insert(function.getName());
  }
  for (const Function* function : planned) {
    m_attributes[function->getName()] = function->getAttributes().getFnAttrs();
  }
}

// What the linker is promised. A definition that may be dropped when nobody needs it is none.
Postconditions::Symbols Postconditions::exported(const Module& module) {
  Symbols symbols;
  for (const GlobalValue& value : module.global_values()) {
    if (!value.isDeclaration() && !value.hasLocalLinkage() && !value.isDiscardableIfUnused() &&
        !value.getName().starts_with("llvm.")) {
      symbols[value.getName()] = {value.getLinkage(), value.getVisibility()};
    }
  }
  return symbols;
}

std::string Postconditions::broken(const Module& module, const AppliedPlans& plans) const {
  for (const Function& function : module) {
    if (plans.of(function) != nullptr && verifyFunction(function)) {
      return "the IR of " + function.getName().str() + " does not verify";
    }
  }
  std::string what = broken_attribute(module);
  if (what.empty()) {
    what = broken_symbol(module);
  }
  return what.empty() ? new_callee(module) : what;
}

std::string Postconditions::broken_attribute(const Module& module) const {
  for (const auto& entry : m_attributes) {
    const Function* function = module.getFunction(entry.getKey());
    if (function == nullptr || function->isDeclaration()) {
      continue; // inlined wherever it was called
    }
    const StringRef lost = lost_attribute(entry.second, function->getAttributes().getFnAttrs());
    if (!lost.empty()) {
      return (entry.getKey() + " has lost its attribute " + lost).str();
    }
  }
  return {};
}

std::string Postconditions::broken_symbol(const Module& module) const {
  const Symbols now = exported(module);
  for (const auto& symbol : m_exported) {
    const auto found = now.find(symbol.getKey());
    if (found == now.end()) {
      return ("symbol " + symbol.getKey() + " is gone").str();
    }
    if (found->second.linkage != symbol.second.linkage ||
        found->second.visibility != symbol.second.visibility) {
      return ("symbol " + symbol.getKey() + " has another linkage").str();
    }
  }
  for (const auto& symbol : now) {
    if (!m_exported.contains(symbol.getKey())) {
      return ("symbol " + symbol.getKey() + " is new").str();
    }
  }
  return {};
}

// Passes call what the C library is known to have. The vectoriser's functions of -fveclib are kept
// alive by llvm.compiler.used, which nothing else puts a declaration into.
std::string Postconditions::new_callee(const Module& module) const {
  for (const Function& function : module) {
    if (!function.isDeclaration() || function.isIntrinsic() || function.use_empty() ||
        m_functions.contains(function.getName())) {
      continue;
    }
    const TargetLibraryInfoImpl library{Triple(module.getTargetTriple())};
    SmallVector<GlobalValue*, 8> used;
    collectUsedGlobalVariables(module, used, true);
    LibFunc known;
    if (!library.getLibFunc(function.getName(), known) &&
        std::find(used.begin(), used.end(), &function) == used.end()) {
      return ("a call of " + function.getName() + " is new").str();
    }
  }
  return {};
}

} // namespace autopass
