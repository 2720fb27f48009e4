// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Accesses are compared as sets, function by function, with those of everything that the function calls
// in this module: unrolling makes three of one, and inlining moves them from a callee to its caller, but
// neither adds a kind or takes one away.
//
//   stock     f: {load volatile i32 @status}           (wait was inlined)
//   planned   f calls wait: {load volatile i32 @status}   the same set
//   planned   f: {}                                       lost: the plan is refused
//
// An access by a pointer stands for every object: after inlining it may be known which.
#include "code_facts.h"

#include "util/file.h"

#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::int64_t frame_allowance = 4096;

std::string object_of(const Value* pointer) {
  const auto* global = dyn_cast<GlobalValue>(getUnderlyingObject(pointer));
  return global != nullptr ? global->getName().str() : std::string();
}

std::string text_of(StringRef kind, const Type* type, bool is_volatile, AtomicOrdering ordering,
                    SyncScope::ID scope) {
  std::string text;
  raw_string_ostream stream(text);
  stream << kind << (is_volatile ? " volatile" : "");
  if (type != nullptr) {
    stream << ' ';
    type->print(stream, false, true);
  }
  if (ordering != AtomicOrdering::NotAtomic) {
    stream << ' ' << toIRString(ordering) << " scope " << unsigned(scope);
  }
  return text;
}

// What an instruction does that others can see as it happens; empty: nothing.
std::string access_of(const Instruction& instruction) {
  const auto seen = [](bool is_volatile, AtomicOrdering ordering) {
    return is_volatile || isStrongerThanUnordered(ordering);
  };
  if (const auto* load = dyn_cast<LoadInst>(&instruction)) {
    return seen(load->isVolatile(), load->getOrdering())
               ? text_of("load", load->getType(), load->isVolatile(), load->getOrdering(),
                         load->getSyncScopeID())
               : std::string();
  }
  if (const auto* store = dyn_cast<StoreInst>(&instruction)) {
    return seen(store->isVolatile(), store->getOrdering())
               ? text_of("store", store->getValueOperand()->getType(), store->isVolatile(),
                         store->getOrdering(), store->getSyncScopeID())
               : std::string();
  }
  if (const auto* update = dyn_cast<AtomicRMWInst>(&instruction)) {
    return text_of(("atomicrmw " + AtomicRMWInst::getOperationName(update->getOperation())).str(),
                   update->getType(), update->isVolatile(), update->getOrdering(),
                   update->getSyncScopeID());
  }
  if (const auto* exchange = dyn_cast<AtomicCmpXchgInst>(&instruction)) {
    return text_of("cmpxchg", exchange->getNewValOperand()->getType(), exchange->isVolatile(),
                   exchange->getSuccessOrdering(), exchange->getSyncScopeID());
  }
  if (const auto* fence = dyn_cast<FenceInst>(&instruction)) {
    return text_of("fence", nullptr, false, fence->getOrdering(), fence->getSyncScopeID());
  }
  const auto* memory = dyn_cast<MemIntrinsic>(&instruction);
  return memory != nullptr && memory->isVolatile()
             ? text_of("memory", nullptr, true, AtomicOrdering::NotAtomic, SyncScope::System)
             : std::string();
}

} // namespace

void CodeFacts::look_at(const Module& module) {
  std::map<std::string, std::set<std::string>> callees;
  for (const Function& function : module) {
    if (function.isDeclaration()) {
      continue;
    }
    Facts& facts = m_functions[function.getName().str()];
    for (const Instruction& instruction : instructions(function)) {
      if (std::string what = access_of(instruction); !what.empty()) {
        const Value* pointer = getLoadStorePointerOperand(&instruction);
        facts.accesses.insert({std::move(what), pointer != nullptr ? object_of(pointer) : ""});
      }
      const auto* call = dyn_cast<CallBase>(&instruction);
      const Function* callee = call != nullptr ? call->getCalledFunction() : nullptr;
      if (callee != nullptr && !callee->isDeclaration()) {
        callees[function.getName().str()].insert(callee->getName().str());
      }
    }
  }
  for (bool grown = true; grown;) { // as often as the longest chain of calls that matters
    grown = false;
    for (const auto& [caller, called] : callees) {
      std::set<Access>& accesses = m_functions[caller].accesses;
      const std::size_t before = accesses.size();
      for (const std::string& callee : called) {
        const std::set<Access> theirs = m_functions[callee].accesses;
        accesses.insert(theirs.begin(), theirs.end());
      }
      grown = grown || accesses.size() > before;
    }
  }
}

void CodeFacts::frame(StringRef function, std::int64_t bytes) {
  m_functions[function.str()].frame = bytes;
}

void CodeFacts::write(const std::string& path) const {
  std::string text;
  raw_string_ostream stream(text);
  for (const auto& [name, facts] : m_functions) {
    json::Array accesses;
    for (const Access& access : facts.accesses) {
      accesses.push_back(json::Array{json::fixUTF8(access.what), json::fixUTF8(access.object)});
    }
    stream << json::Value(json::Object{{"function", json::fixUTF8(name)},
                                       {"frame", facts.frame},
                                       {"accesses", std::move(accesses)}})
           << '\n';
  }
  static_cast<void>(write_file(path, text));
}

std::optional<CodeFacts> CodeFacts::read(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return std::nullopt;
  }
  CodeFacts facts;
  for (StringRef rest(*text); !rest.empty();) {
    StringRef line;
    std::tie(line, rest) = rest.split('\n');
    auto value = json::parse(line);
    if (!value) {
      consumeError(value.takeError());
      return std::nullopt;
    }
    const json::Object* object = value->getAsObject();
    const json::Array* accesses = object != nullptr ? object->getArray("accesses") : nullptr;
    if (accesses == nullptr) {
      return std::nullopt;
    }
    Facts& of = facts.m_functions[object->getString("function").value_or("").str()];
    of.frame = object->getInteger("frame").value_or(0);
    for (const json::Value& access : *accesses) {
      const json::Array* pair = access.getAsArray();
      if (pair != nullptr && pair->size() == 2) {
        of.accesses.insert({(*pair)[0].getAsString().value_or("").str(),
                            (*pair)[1].getAsString().value_or("").str()});
      }
    }
  }
  return facts;
}

bool CodeFacts::holds(const std::set<Access>& accesses, const Access& wanted) {
  return std::any_of(accesses.begin(), accesses.end(), [&](const Access& access) {
    return access.what == wanted.what && (access.object == wanted.object || access.object.empty() ||
                                          wanted.object.empty());
  });
}

std::string CodeFacts::accesses_lost_in(const CodeFacts& planned) const {
  for (const auto& [name, stock] : m_functions) {
    const auto found = planned.m_functions.find(name);
    if (found == planned.m_functions.end()) {
      continue; // inlined wherever it was called: its callers have its accesses
    }
    for (const Access& access : stock.accesses) {
      if (!holds(found->second.accesses, access)) {
        return name + " has lost an access: " + access.what + " " + access.object;
      }
    }
  }
  return {};
}

std::string CodeFacts::frame_too_large_in(const CodeFacts& planned) const {
  for (const auto& [name, stock] : m_functions) {
    const auto found = planned.m_functions.find(name);
    if (found != planned.m_functions.end() &&
        found->second.frame > 2 * stock.frame + frame_allowance) {
      return name + " has a stack frame of " + std::to_string(found->second.frame) +
             " bytes, stock " + std::to_string(stock.frame);
    }
  }
  return {};
}

} // namespace autopass
