// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler said about a function, as the plugin's evidence mode writes it: docs/evidence.md
// has the format. Text in it comes from the user's sources: data, never instructions.
#pragma once

#include "util/error.h"
#include "util/hash.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// What the vectoriser made of a loop.
struct LoopVector {
  int width = 1, interleave = 1;
  int widest = 0;    // elements that fit into a register; 0: no memory access
  std::string limit; // why not more: "registers", "cost", or the name of a remark
};

struct LoopEvidence {
  int loop = 0, parent = -1, depth = 1;
  Digest hash;
  int blocks = 0, instructions = 0, loads = 0, stores = 0, branches = 0, selects = 0, calls = 0;
  bool floating = false, innermost = false;
  long trip_count = 0; // 0: unknown at compile time
  long max_trip_count = 0;
  long trip_multiple = 1;
  int element_bits = 0; // of the widest memory access, 0: none
  LoopVector vector;
};

// A direct call in the front end's IR, of a function with a body: what a plan can decide about.
struct CallEvidence {
  int call = 0; // its number among the direct calls, as in CallDecision::call
  std::string callee;
  Digest fingerprint;      // the callee's
  bool can_inline = false; // no rule of the language or the source forbids it
  int inlined = 0, kept = 0; // of the calls of this callee, by clang
  int cost = 0, threshold = 0; // the inliner's last words on one of them; both 0: none
};

struct Remark {
  std::string pass, kind, name, message;
  int count = 1;
  std::map<std::string, std::string> fields{}; // numbers and reasons, by LLVM's keys
  int loop = -1, line = 0;
};
// The number that the remark holds under this key.
std::optional<long> number_in(const Remark& remark, const std::string& key);

// What the inliner decided on calls of one function.
struct InliningDecision {
  std::string callee; // as the linker names it
  bool inlined = false;
  std::optional<long> cost, threshold;
  std::string reason;
  int count = 1;
};

struct PassEvidence {
  std::string pass; // class name, as in Skip::pass
  int runs = 0, changed = 0;
};

// One change along the pipeline: by how many instructions and blocks.
struct PassChange {
  std::string pass;
  int run = 1, instructions = 0, blocks = 0;
};

struct HotBlock {
  int block = 0, depth = 0, instructions = 0;
  double frequency = 0, share = 0; // runs for each run of the function; part of all work in it
};

struct IrText {
  std::string at, text;
};

struct FunctionEvidence {
  std::string function, linkage;
  Digest fingerprint, context;
  int instructions = 0, blocks = 0, calls = 0, branches = 0, selects = 0, switches = 0;
  int optimised_instructions = 0;
  std::vector<CallEvidence> call_sites;
  // Of the machine code; nothing when the back end did not say.
  std::optional<long> bytes, stack_bytes, machine_instructions;
  int spills = 0, reloads = 0;
  std::vector<LoopEvidence> loops;
  std::vector<Remark> remarks;
  std::vector<InliningDecision> inlining;
  std::vector<PassEvidence> passes;
  std::vector<PassChange> changes; // in order
  std::vector<HotBlock> hot_blocks;
  std::vector<IrText> ir;
};

Result<std::vector<FunctionEvidence>> parse_evidence(std::string_view json_lines);

} // namespace autopass
