// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What LLVM 19 and LLVM 22 do differently, said once: everything else in this folder is written so
// that both understand it.
//
// The plugin has to see each function before the back end works on it. LLVM 22 lets a plugin put a
// pass of its own behind the back end's first one. LLVM 19 knows no such thing; but its back end
// has the dominator tree of a function made before the first pass that a plan can steer, and looks
// the constructor of that analysis up in a registry. So there our pass is the dominator tree's: it
// tells the watcher, and then does what that always does.
#pragma once

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/OptBisect.h>
#include <llvm/InitializePasses.h>
#include <llvm/Pass.h>
#include <llvm/PassRegistry.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#if LLVM_VERSION_MAJOR >= 22
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/Plugins/PassPlugin.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>
#else
#include <llvm/ADT/Any.h>
#include <llvm/Analysis/LazyCallGraph.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/Passes/PassPlugin.h>
#endif

#include <memory>

#if LLVM_VERSION_MAJOR < 22
// An Any knows its type by the address of a variable. LLVM 22 declares that it is LLVM's own; without
// that the plugin, which hides all that it defines, would have one of its own and recognise nothing.
template <>
[[gnu::visibility("default")]] char llvm::Any::TypeId<const llvm::Module*>::Id;
template <>
[[gnu::visibility("default")]] char llvm::Any::TypeId<const llvm::Function*>::Id;
template <>
[[gnu::visibility("default")]] char llvm::Any::TypeId<const llvm::Loop*>::Id;
template <>
[[gnu::visibility("default")]] char llvm::Any::TypeId<const llvm::LazyCallGraph::SCC*>::Id;
#endif

namespace autopass {

// Is told what the back end works on. Any of these can come more than once in a row.
class CodegenWatcher {
public:
  virtual ~CodegenWatcher() = default;
  virtual void begin(llvm::Module& module) = 0;
  virtual void enter(llvm::Function& function) = 0;
  virtual void end(llvm::Module& module) = 0;
};
// Null: nobody wants to watch.
using WatcherSource = std::shared_ptr<CodegenWatcher> (*)();

// Decides which optional passes run.
class PassGate : public llvm::OptPassGate {
public:
  virtual bool may_run(llvm::StringRef pass) const = 0;
  bool isEnabled() const override { return true; }
#if LLVM_VERSION_MAJOR >= 22
  bool shouldRunPass(llvm::StringRef pass, llvm::StringRef) const final {
    return may_run(pass);
  }
#else
  bool shouldRunPass(llvm::StringRef pass, llvm::StringRef) final {
    return may_run(pass);
  }
#endif
};

#if LLVM_VERSION_MAJOR >= 22
class HeadBase : public llvm::FunctionPass {
public:
  HeadBase() : FunctionPass(ID) {}
  llvm::StringRef getPassName() const override { return "AutoPass settings of a function"; }
  void getAnalysisUsage(llvm::AnalysisUsage& usage) const override { usage.setPreservesAll(); }
  bool runOnFunction(llvm::Function&) override { return false; }

private:
  static inline char ID = 0;
};
#else
using HeadBase = llvm::DominatorTreeWrapperPass;
#endif

class Head : public HeadBase {
public:
  explicit Head(std::shared_ptr<CodegenWatcher> watcher) : m_watcher(std::move(watcher)) {}
  bool doInitialization(llvm::Module& module) override {
    m_watcher->begin(module);
    return HeadBase::doInitialization(module);
  }
  bool runOnFunction(llvm::Function& function) override {
    m_watcher->enter(function);
    return HeadBase::runOnFunction(function);
  }
  bool doFinalization(llvm::Module& module) override {
    m_watcher->end(module);
    return HeadBase::doFinalization(module);
  }

private:
  std::shared_ptr<CodegenWatcher> m_watcher;
};

// Loop passes for a function, with what the default pipelines give such passes.
inline llvm::FunctionToLoopPassAdaptor loop_adaptor(llvm::LoopPassManager passes, bool memory_graph) {
#if LLVM_VERSION_MAJOR >= 22
  return llvm::createFunctionToLoopPassAdaptor(std::move(passes), memory_graph);
#else
  return llvm::createFunctionToLoopPassAdaptor(std::move(passes), memory_graph,
                                               /*UseBlockFrequencyInfo=*/memory_graph);
#endif
}

// Older majors have no place behind the vectorisers where a plugin may add passes.
constexpr bool has_vectorizer_end = LLVM_VERSION_MAJOR >= 22;
template <class Callback>
void at_vectorizer_end([[maybe_unused]] llvm::PassBuilder& builder, Callback callback) {
#if LLVM_VERSION_MAJOR >= 22
  builder.registerVectorizerEndEPCallback(std::move(callback));
#else
  static_cast<void>(callback);
#endif
}

// From now on `source` is asked for a watcher whenever a back end is put together.
template <WatcherSource source> void watch_codegen() {
  llvm::PassRegistry& registry = *llvm::PassRegistry::getPassRegistry();
#if LLVM_VERSION_MAJOR >= 22
  static const llvm::RegisterTargetPassConfigCallback registration(
      [&registry](llvm::TargetMachine&, llvm::PassManagerBase&, llvm::TargetPassConfig* config) {
        const auto watcher = source();
        initializePreISelIntrinsicLoweringLegacyPassPass(registry); // else not until it is made
        const llvm::PassInfo* first =
            registry.getPassInfo(llvm::StringRef("pre-isel-intrinsic-lowering"));
        if (watcher != nullptr && first != nullptr) {
          config->insertPass(first->getTypeInfo(), new Head(watcher));
        }
      });
#else
  initializeDominatorTreeWrapperPassPass(registry);
  const llvm::PassInfo* tree = registry.getPassInfo(&llvm::DominatorTreeWrapperPass::ID);
  const_cast<llvm::PassInfo*>(tree)->setNormalCtor([]() -> llvm::Pass* {
    const auto watcher = source();
    return watcher != nullptr ? new Head(watcher) : new llvm::DominatorTreeWrapperPass();
  });
#endif
}

} // namespace autopass
