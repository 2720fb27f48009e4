// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "vocabulary_tables.h"

#include <algorithm>
#include <string>
#include <vector>

namespace autopass {

namespace {

// No effect on the code of the tests; testsuite/ir/vocabulary.sh fails when one of these has one, and
// when one of the others has none.
constexpr std::string_view unproven[] = {
    "attrs inlinehint", "attrs noinline", "attrs prefer-no-gather", "attrs prefer-vector-width",
    "attrs slow-shld", "codegen consthoist", "codegen disable-preheader-prot",
    "codegen early-ifcvt", "codegen early-tailduplication", "codegen enable-aa-sched-mi",
    "codegen enable-lsr-phielim", "codegen enable-shrink-wrap",
    "codegen enable-shrink-wrap-region-split", "codegen join-splitedges",
    "codegen machine-combiner", "codegen machine-sink-load-blocks-threshold",
    "codegen max-store-memcpy", "codegen misched-regpressure",
    "codegen regalloc-csr-first-time-cost", "codegen shrink-wrap", "codegen tail-dup-placement",
    "codegen tailduplication", "codegen triangle-chain-count", "codegen x86-optimize-LEAs",
    "loops distribute", "loops licm", "loops runtime-unroll", "loops unroll-full",
    "params enable-epilogue-vectorization", "params enable-loadstore-runtime-interleave",
    "params gvn-max-block-speculations", "params inline-memaccess-cost",
    "params instcombine-code-sinking", "params memory-check-merge-threshold",
    "params simplifycfg-branch-fold-common-dest-vector-multiplier", "params slp-min-reg-size",
    "params unroll-allow-partial", "params unroll-max-iteration-count-to-analyze",
    "pipeline adce", "pipeline aggressive-instcombine", "pipeline alignment-from-assumptions",
    "pipeline bdce", "pipeline break-crit-edges", "pipeline callsite-splitting",
    "pipeline canon-freeze", "pipeline chr", "pipeline consthoist", "pipeline coro-elide",
    "pipeline dce", "pipeline div-rem-pairs", "pipeline drop-unnecessary-assumes", "pipeline dse",
    "pipeline extra-simple-loop-unswitch-passes", "pipeline infer-alignment",
    "pipeline inject-tli-mappings", "pipeline inline", "pipeline instsimplify", "pipeline lcssa",
    "pipeline loop-deletion", "pipeline loop-distribute", "pipeline loop-instsimplify",
    "pipeline loop-load-elim", "pipeline loop-simplify",
    "pipeline loop-simplifycfg", "pipeline loop-sink", "pipeline lower-constant-intrinsics",
    "pipeline lower-expect", "pipeline mem2reg", "pipeline mergeicmps", "pipeline mldst-motion",
    "pipeline move-auto-init", "pipeline partially-inline-libcalls",
    "pipeline sink", "pipeline speculative-execution", "pipeline vector-combine",
};

std::string_view default_of(const AdmittedPass& pass) {
  switch (pass.uses & (simplifies | optimises)) {
  case simplifies: return "in the simplification half";
  case optimises: return "in the optimisation half";
  case simplifies | optimises: return "in both halves";
  default: return "not run";
  }
}

std::vector<Entry> whole_table() {
  std::vector<Entry> table;
  for (const AdmittedPass& pass : passes()) {
    table.push_back({Kind::Pipeline, pass.id, ValueType::Flag, 0, 1, {}, default_of(pass),
                     pass.what, pass.source, Means::Pass, &pass});
  }
  table.push_back({Kind::Pipeline, "polly", ValueType::Flag, 1, 1, {}, "false",
                   "Keeps the function out of line, runs the polyhedral optimiser on it where the "
                   "clang has it, and simplifies the result as usual.",
                   "polly/lib/Support/RegisterPasses.cpp", Means::Pass});
  for (const auto part : {params_entries(), codegen_entries(), attrs_entries(), loops_entries(),
                          calls_entries(), profile_entries()}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  return table;
}

} // namespace

std::span<const Entry> vocabulary() {
  static const std::vector<Entry> table = whole_table();
  return table;
}

bool is_for_size(std::string_view attribute) { return attribute == "optsize" || attribute == "minsize"; }

bool is_left_out_of_lto(std::string_view attribute) {
  return is_for_size(attribute) || attribute == "no-jump-tables";
}

const Entry* find_entry(Kind kind, std::string_view name) {
  const auto table = vocabulary();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& entry) {
    return entry.kind == kind &&
           (entry.name == name || (entry.pass != nullptr && entry.pass->class_name == name));
  });
  return found == table.end() ? nullptr : &*found;
}

bool is_proven(const Entry& entry) {
  const bool set = entry.means != Means::Pass && entry.kind != Kind::Calls &&
                   entry.kind != Kind::Profile;
  const std::string name = std::string(kind_name(entry.kind)) + " " + std::string(entry.name);
  const auto known = std::find(std::begin(unproven), std::end(unproven), name);
  return (entry.pass != nullptr || set) && known == std::end(unproven);
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
  case Kind::Pipeline: return "pipeline";
  case Kind::Params: return "params";
  case Kind::Codegen: return "codegen";
  case Kind::Attrs: return "attrs";
  case Kind::Loops: return "loops";
  case Kind::Calls: return "calls";
  case Kind::Profile: return "profile";
  }
  return "";
}

std::string values_of(const Entry& entry) {
  switch (entry.type) {
  case ValueType::Flag:
    return entry.low == 1 ? "true" : entry.high == 0 ? "false" : "true|false";
  case ValueType::Number: return std::to_string(entry.low) + ".." + std::to_string(entry.high);
  case ValueType::Word: return std::string(entry.words);
  }
  return {};
}

} // namespace autopass
