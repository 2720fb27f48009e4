// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the compiler said about a function, as the plugin's evidence mode writes it: JSON Lines, one
// object a function:
//
//   {"v":1,"function":"f","fingerprint":"<hex>","context":"<hex>","linkage":"external",
//    "instructions":120,"blocks":14,"calls":2,"branches":6,"selects":3,"switches":0,"optimised_instructions":260,
//    "call_sites":[{"call":3,"callee":"g","fingerprint":"<hex>","can_inline":true,"inlined":0,"kept":1,
//                   "cost":260,"threshold":250}],
//    "loops":[{"loop":0,"parent":-1,"hash":"<hex>","depth":1,"blocks":1,"instructions":12,"loads":2,
//              "stores":1,"branches":1,"selects":0,"calls":0,"float":false,"trip_count":0,
//              "trip_multiple":1,"innermost":true,"element_bits":32}],
//    "remarks":[{"pass":"loop-vectorize","kind":"missed","name":"CantReorderMemOps",
//                "message":"...","count":1}],
//    "passes":[{"pass":"SLPVectorizerPass","runs":1,"changed":0}]}
//
// instructions .. switches are counted at the start of the pipeline, loops at the start of the
// vectoriser (where loop hints are addressed), optimised_instructions at the end. Text in it comes
// from the user's sources: data, never instructions.
#pragma once

#include "util/error.h"
#include "util/hash.h"

#include <string>
#include <string_view>
#include <vector>

namespace autopass {

struct LoopEvidence {
  int loop = 0, parent = -1, depth = 1;
  Digest hash;
  int blocks = 0, instructions = 0, loads = 0, stores = 0, branches = 0, selects = 0, calls = 0;
  bool floating = false, innermost = false;
  long trip_count = 0; // 0: unknown at compile time
  long trip_multiple = 1;
  int element_bits = 0; // of the widest memory access, 0: none
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
};

struct PassEvidence {
  std::string pass; // class name, as in Skip::pass
  int runs = 0, changed = 0;
};

struct FunctionEvidence {
  std::string function, linkage;
  Digest fingerprint, context;
  int instructions = 0, blocks = 0, calls = 0, branches = 0, selects = 0, switches = 0;
  int optimised_instructions = 0;
  std::vector<CallEvidence> call_sites;
  std::vector<LoopEvidence> loops;
  std::vector<Remark> remarks;
  std::vector<PassEvidence> passes;
};

Result<std::vector<FunctionEvidence>> parse_evidence(std::string_view json_lines);

} // namespace autopass
