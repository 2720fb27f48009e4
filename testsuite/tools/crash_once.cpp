// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pass plugin under which a compiler or linker crashes, as long as the file that CRASH_ONCE names is there: it is
// removed first. What it holds says how: "segv", "abort" or "fatal".
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

struct Crash : PassInfoMixin<Crash> {
  PreservedAnalyses run(Module&, ModuleAnalysisManager&) {
    const char* name = std::getenv("CRASH_ONCE");
    std::string how;
    if (name != nullptr && std::ifstream(name) >> how && ::unlink(name) == 0) {
      if (how == "fatal") {
        report_fatal_error("on purpose");
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
