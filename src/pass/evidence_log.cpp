// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "evidence_log.h"

#include "plan/vocabulary.h"
#include "util/file.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <array>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_remarks = 60;
constexpr std::size_t most_of_one_name = 8;
constexpr std::size_t longest_message = 240;

const char* kind_of(const DiagnosticInfoOptimizationBase& remark) {
  switch (remark.getKind()) {
  case DK_OptimizationRemark:
  case DK_MachineOptimizationRemark: return "passed";
  case DK_OptimizationRemarkMissed:
  case DK_MachineOptimizationRemarkMissed: return "missed";
  case DK_OptimizationFailure: return "failure";
  default: return "analysis";
  }
}

std::string valid_text(StringRef text) { return json::fixUTF8(text); }

const char* linkage_of(const Function& function) {
  if (function.hasLocalLinkage()) {
    return "internal";
  }
  if (function.hasLinkOnceLinkage() || function.hasWeakLinkage()) {
    return "weak";
  }
  return "external";
}

} // namespace

EvidenceLog::Shape EvidenceLog::shape_of(const Function& function) {
  Shape shape;
  shape.blocks = std::int64_t(function.size());
  for (const Instruction& instruction : instructions(function)) {
    if (isa<DbgInfoIntrinsic>(instruction)) {
      continue;
    }
    ++shape.instructions;
    const auto* branch = dyn_cast<BranchInst>(&instruction);
    shape.branches += branch != nullptr && branch->isConditional();
    shape.calls += isa<CallBase>(instruction) && !isa<IntrinsicInst>(instruction);
    shape.selects += isa<SelectInst>(instruction);
    shape.switches += isa<SwitchInst>(instruction);
  }
  return shape;
}

bool EvidenceLog::wants(StringRef pass) {
  constexpr std::array<StringRef, 8> noise = {"annotation-remarks", "asm-printer",  "ir-size",
                                              "kernel-info",        "prologepilog", "size-info",
                                              "stack-frame-layout", "memory-op"};
  return std::find(noise.begin(), noise.end(), pass) == noise.end();
}

void EvidenceLog::begin(const Function& function, const Digest& fingerprint,
                        const Digest& context) {
  Record record;
  record.name = function.getName().str();
  record.linkage = linkage_of(function);
  record.fingerprint = fingerprint;
  record.context = context;
  record.shape = shape_of(function);
  m_places[function.getName()] = m_records.size();
  m_records.push_back(std::move(record));
}

EvidenceLog::Record* EvidenceLog::find(StringRef function) {
  const auto place = m_places.find(function);
  return place == m_places.end() ? nullptr : &m_records[place->second];
}

void EvidenceLog::loops(const Function& function, json::Array loops) {
  if (Record* record = find(function.getName())) {
    record->loops = std::move(loops);
  }
}

void EvidenceLog::remark(const DiagnosticInfoOptimizationBase& remark) {
  m_calls.remark(remark);
  Record* record = find(remark.getFunction().getName());
  if (record == nullptr || !wants(remark.getPassName())) {
    return;
  }
  const std::string pass =
      remark.getPassName().empty() ? "loop-vectorize" : remark.getPassName().str();
  const RemarkKey key = {pass, kind_of(remark), remark.getRemarkName().str(),
                         valid_text(remark.getMsg()).substr(0, longest_message)};
  const auto known = record->remarks.find(key);
  if (known != record->remarks.end()) {
    ++known->second;
    return;
  }
  const auto of_this_name =
      std::count_if(record->remarks.begin(), record->remarks.end(), [&](const auto& other) {
        return std::get<0>(other.first) == pass && std::get<2>(other.first) == std::get<2>(key);
      });
  if (record->remarks.size() < most_remarks && std::size_t(of_this_name) < most_of_one_name) {
    record->remarks.emplace(key, 1);
  }
}

void EvidenceLog::ran(StringRef function, StringRef pass, bool changed) {
  if (find_skippable(std::string_view(pass.data(), pass.size())) == nullptr) {
    return; // no plan could leave it out
  }
  if (Record* record = find(function)) {
    Runs& runs = record->passes[pass.str()];
    ++runs.runs;
    runs.changed += changed;
  }
}

void EvidenceLog::optimised(const Function& function) {
  if (Record* record = find(function.getName())) {
    record->optimised_instructions = shape_of(function).instructions;
  }
}

json::Object EvidenceLog::to_json(const Record& record) const {
  json::Array remarks;
  for (const auto& [key, count] : record.remarks) {
    const auto& [pass, kind, name, message] = key;
    remarks.push_back(json::Object{{"pass", valid_text(pass)},
                                   {"kind", kind},
                                   {"name", valid_text(name)},
                                   {"message", valid_text(message)},
                                   {"count", count}});
  }
  json::Array passes;
  for (const auto& [pass, runs] : record.passes) {
    passes.push_back(json::Object{{"pass", pass}, {"runs", runs.runs}, {"changed", runs.changed}});
  }
  return json::Object{{"v", 1},
                      {"function", valid_text(record.name)},
                      {"fingerprint", record.fingerprint.hex()},
                      {"context", record.context.hex()},
                      {"linkage", record.linkage},
                      {"instructions", record.shape.instructions},
                      {"blocks", record.shape.blocks},
                      {"calls", record.shape.calls},
                      {"branches", record.shape.branches},
                      {"selects", record.shape.selects},
                      {"switches", record.shape.switches},
                      {"optimised_instructions", record.optimised_instructions},
                      {"call_sites", m_calls.of(record.name)},
                      {"loops", json::Array(record.loops)},
                      {"remarks", std::move(remarks)},
                      {"passes", std::move(passes)}};
}

void EvidenceLog::write() const {
  std::string text;
  raw_string_ostream stream(text);
  for (const Record& record : m_records) {
    stream << json::Value(to_json(record)) << '\n';
  }
  static_cast<void>(write_file(m_path, text));
}

} // namespace autopass
