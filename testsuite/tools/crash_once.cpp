// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pass plugin under which a compiler or linker crashes behind the module that has the function `hot`, as long as the
// file that CRASH_ONCE names is there: it is removed first. What it holds says how: "segv",
// "abort", "stack" or "fatal".
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Plugins/PassPlugin.h>
#include <llvm/Support/ErrorHandling.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <unistd.h>

namespace {

using namespace llvm;

int overflow(volatile char* above) {
  volatile char frame[4096];
  frame[0] = above != nullptr ? *above : 1;
  return frame[0] == 0 ? 0 : overflow(frame) + frame[0]; // never 0
}

struct Crash : PassInfoMixin<Crash> {
  PreservedAnalyses run(Module& module, ModuleAnalysisManager&) {
    const char* name = std::getenv("CRASH_ONCE");
    const Function* hot = module.getFunction("hot");
    std::string how;
    if (name != nullptr && hot != nullptr && !hot->isDeclarationForLinker() && std::ifstream(name) >> how && ::unlink(name) == 0) {
      if (how == "fatal") {
        report_fatal_error("on purpose");
      }
      if (how == "stack") {
        ::_exit(overflow(nullptr));
      }
      ::raise(how == "abort" ? SIGABRT : SIGSEGV);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }
};

} // namespace

extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "crash-once", "1", [](PassBuilder& builder) {
            builder.registerOptimizerLastEPCallback([](ModulePassManager& passes, auto...) { passes.addPass(Crash()); });
            builder.registerFullLinkTimeOptimizationLastEPCallback(
                [](ModulePassManager& passes, auto...) { passes.addPass(Crash()); });
          }};
}
