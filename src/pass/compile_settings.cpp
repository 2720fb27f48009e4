// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang hands these settings to the pass builder and to nobody else, and the pass builder tells
// nobody. Neither leaves a trace in the module before the passes run: -fno-vectorize makes another
// program of the same IR. So they are read where they are: the arguments of an explicit
// instantiation may name what is private.
#include "compile_settings.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Config/llvm-config.h>

namespace autopass {

using namespace llvm;

namespace {

struct Tuning {
  using Member = PipelineTuningOptions PassBuilder::*;
  friend Member member_of(Tuning);
};
struct Profiles {
  using Member = std::optional<PGOOptions> PassBuilder::*;
  friend Member member_of(Profiles);
};
template <class Which, typename Which::Member member> struct Opened {
  friend typename Which::Member member_of(Which) { return member; }
};
template struct Opened<Tuning, &PassBuilder::PTO>;
template struct Opened<Profiles, &PassBuilder::PGOOpt>;

void add_file(Hasher& hash, const std::string& path) {
  const auto content = path.empty() ? Digest{} : hash_file(path).value_or(Digest{});
  hash.number(path.empty()).digest(content);
}

} // namespace

CompileSettings::CompileSettings(const PassBuilder& builder)
    : tuning(builder.*member_of(Tuning{})), profiles(builder.*member_of(Profiles{})) {}

// Each library has names of its own for these two.
void CompileSettings::see_library(Module& module, ModuleAnalysisManager& analyses) {
  const auto body = find_if_not(module, [](const Function& f) { return f.isDeclaration(); });
  if (body != module.end()) {
    auto& of_functions = analyses.getResult<FunctionAnalysisManagerModuleProxy>(module).getManager();
    const auto& library = of_functions.getResult<TargetLibraryAnalysis>(*body);
    const auto two = library.getVectorizedFunction("sin", ElementCount::getFixed(2), false);
    const auto four = library.getVectorizedFunction("sinf", ElementCount::getFixed(4), false);
    vector_functions = (two + " " + four).str();
  }
}

void CompileSettings::add_to(Hasher& hash) const {
  hash.text("tuning").number(tuning.LoopInterleaving).number(tuning.LoopVectorization);
  hash.number(tuning.SLPVectorization).number(tuning.LoopUnrolling);
  hash.number(tuning.ForgetAllSCEVInLoopUnroll).number(tuning.LicmMssaOptCap);
  hash.number(tuning.LicmMssaNoAccForPromotionCap).number(tuning.UnifiedLTO);
  hash.number(tuning.MergeFunctions).number(std::uint64_t(tuning.InlinerThreshold));
  hash.number(tuning.EagerlyInvalidateAnalyses);
#if LLVM_VERSION_MAJOR >= 22
  hash.number(tuning.LoopInterchange).number(tuning.LoopFusion);
  hash.number(tuning.DevirtualizeSpeculatively);
#endif
  hash.text(vector_functions);
  if (profiles) {
    hash.text("profiles").number(profiles->Action).number(profiles->CSAction);
    hash.number(std::uint64_t(profiles->ColdOptType)).number(profiles->PseudoProbeForProfiling);
    add_file(hash, profiles->ProfileFile);
    add_file(hash, profiles->ProfileRemappingFile);
    add_file(hash, profiles->MemoryProfile);
  }
}

} // namespace autopass
