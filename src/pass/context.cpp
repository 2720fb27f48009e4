// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A context is the compile's settings, what a profile says of the function and, for everything that
// could be inlined into it, its fingerprint, its profile and who names it: a walk over the call
// graph from the function, each callee once, in the order in which they are named first. A callee met again is written
// as its number, so cycles end. A function whose address is an operand counts like one that is called: once what takes
// it has been inlined, a call through the pointer is a direct one.
//
// Cost: one step for each operand that can be reached; fingerprints and
// profiles are looked at once a module. sqlite3.c, where nearly everything can reach everything else, makes
// hundreds of steps for each of its functions.
#include "context.h"

#include "content.h"
#include "option_values.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/InstrTypes.h>

#include <algorithm>
#include <set>

namespace autopass {

using namespace llvm;

namespace {

bool is_inlinable(const Function& function) {
  return !function.isDeclaration() && !function.isInterposable() &&
         !function.hasFnAttribute(Attribute::NoInline);
}

// Position-independence, code model and the like; what describes debug information does not count.
void add_module_flags(Hasher& hash, const Module& module) {
  SmallVector<Module::ModuleFlagEntry, 8> flags;
  module.getModuleFlagsMetadata(flags);
  std::vector<std::pair<StringRef, std::uint64_t>> numbers;
  for (const Module::ModuleFlagEntry& flag : flags) {
    const StringRef name = flag.Key->getString();
    const auto* value = mdconst::dyn_extract<ConstantInt>(flag.Val);
    const bool about_debugging = name.contains_insensitive("debug") ||
                                 name.contains_insensitive("dwarf") || name == "CodeView";
    if (value != nullptr && !about_debugging) {
      numbers.emplace_back(name, value->getZExtValue());
    }
  }
  std::sort(numbers.begin(), numbers.end());
  for (const auto& [name, value] : numbers) {
    hash.text(view(name)).number(value);
  }
}

} // namespace

Contexts::Contexts(const Module& module, OptimizationLevel level, const CompileSettings& settings,
                   Fingerprinter& fingerprints)
    : m_module(module), m_level(level), m_settings(settings), m_fingerprints(fingerprints) {}

// Only asked for where there is a plan.
const Digest& Contexts::of_compile() {
  if (!m_compile) {
    Hasher hash;
    hash.text("autopass context 3").number(m_level.getSpeedupLevel()).number(m_level.getSizeLevel());
    add_module_flags(hash, m_module);
    m_settings.add_to(hash);
    for (const auto& [name, value] : options_set_by_user()) {
      hash.text(name).text(value);
    }
    m_compile = hash.finish();
  }
  return *m_compile;
}

const std::vector<const Function*>& Contexts::inlinable(const Function& function) {
  const auto [place, is_new] = m_callees.try_emplace(&function);
  if (is_new) {
    for (const Instruction& instruction : instructions(function)) {
      for (const llvm::Value* operand : instruction.operand_values()) {
        const auto* named = dyn_cast<Function>(operand);
        if (named != nullptr && is_inlinable(*named)) {
          place->second.push_back(named);
        }
      }
    }
  }
  return place->second; // until the next one is asked for
}

Digest Contexts::of(const Function& function) {
  Hasher hash;
  hash.digest(of_compile()).digest(m_fingerprints.profile(function));
  DenseMap<const Function*, std::uint64_t> numbers = {{&function, 0}};
  std::vector<const Function*> queue = {&function};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    hash.number(next);
    for (const Function* callee : inlinable(*queue[next])) {
      const auto [place, is_new] = numbers.try_emplace(callee, numbers.size());
      hash.number(place->second);
      if (is_new) {
        hash.digest(m_fingerprints.function(*callee)).digest(m_fingerprints.profile(*callee));
        queue.push_back(callee);
      }
    }
  }
  return hash.finish();
}

bool Contexts::any(const Function& function, function_ref<bool(const Function&)> holds) {
  std::set<const Function*> met = {&function};
  std::vector<const Function*> queue = {&function};
  while (!queue.empty()) {
    const Function& next = *queue.back();
    queue.pop_back();
    if (holds(next)) {
      return true;
    }
    for (const Function* callee : inlinable(next)) {
      if (met.insert(callee).second) {
        queue.push_back(callee);
      }
    }
  }
  return false;
}

} // namespace autopass
