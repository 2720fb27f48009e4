// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "change_log.h"

#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_changes = 256;

std::uint64_t mixed(std::uint64_t sum, std::uint64_t value) {
  return (sum ^ value) * 0x9e3779b97f4a7c15 + (sum >> 29);
}
std::uint64_t mixed(std::uint64_t sum, const void* pointer) {
  return mixed(sum, std::uint64_t(reinterpret_cast<std::uintptr_t>(pointer)));
}

std::uint64_t mixed(std::uint64_t sum, const Instruction& instruction) {
  sum = mixed(sum, &instruction);
  sum = mixed(sum, instruction.getOpcode() << 8 | instruction.getRawSubclassOptionalData());
  for (const Use& operand : instruction.operands()) {
    sum = mixed(sum, operand.get());
  }
  if (const auto* call = dyn_cast<CallBase>(&instruction)) {
    sum = mixed(sum, call->getAttributes().getRawPointer());
  } else if (const auto* load = dyn_cast<LoadInst>(&instruction)) {
    sum = mixed(sum, load->getAlign().value());
  } else if (const auto* store = dyn_cast<StoreInst>(&instruction)) {
    sum = mixed(sum, store->getAlign().value());
  } else if (const auto* compare = dyn_cast<CmpInst>(&instruction)) {
    sum = mixed(sum, std::uint64_t(compare->getPredicate()));
  }
  return sum;
}

// What a plan begins with (attributes, decisions about calls) is no doing of the compiler's.
bool is_ours(StringRef pass) { return pass.starts_with("autopass::"); }

} // namespace

ChangeLog::State ChangeLog::state_of(const Function& function) {
  State state;
  state.sum = mixed(1, function.getAttributes().getRawPointer());
  for (const BasicBlock& block : function) {
    ++state.blocks;
    state.sum = mixed(state.sum, &block);
    for (const Instruction& instruction : block) {
      state.instructions += !isa<DbgInfoIntrinsic>(instruction);
      state.sum = mixed(state.sum, instruction);
    }
  }
  return state;
}

bool ChangeLog::note(const Function& function, StringRef pass, std::int64_t run) {
  const State now = state_of(function);
  if (now.sum == m_state.sum) {
    return false;
  }
  if (m_changes.size() < most_changes) {
    m_changes.push_back({pass.str(), run, now.instructions - m_state.instructions,
                         now.blocks - m_state.blocks});
  }
  m_state = now;
  return true;
}

void ChangeLog::ran(const Function& function, StringRef pass, bool changed) {
  if (is_ours(pass)) {
    begin(function);
    return;
  }
  auto place = m_passes.find(std::string_view(pass.data(), pass.size()));
  if (place == m_passes.end()) {
    place = m_passes.emplace(pass.str(), Runs{}).first;
  }
  Runs& runs = place->second;
  ++runs.runs;
  runs.changed += changed && note(function, pass, runs.runs);
}

void ChangeLog::look(const Function& function, StringRef pass) {
  if (is_ours(pass)) {
    begin(function);
  } else {
    note(function, pass, 1);
  }
}

json::Array ChangeLog::passes() const {
  json::Array array;
  for (const auto& [pass, runs] : m_passes) {
    array.push_back(json::Object{{"pass", pass}, {"runs", runs.runs}, {"changed", runs.changed}});
  }
  return array;
}

json::Array ChangeLog::changes() const {
  json::Array array;
  for (const Change& change : m_changes) {
    array.push_back(json::Object{{"pass", change.pass},
                                 {"run", change.run},
                                 {"instructions", change.instructions},
                                 {"blocks", change.blocks}});
  }
  return array;
}

} // namespace autopass
