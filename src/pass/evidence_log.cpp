// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "evidence_log.h"

#include "loop_vectors.h"
#include "util/file.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/raw_ostream.h>

namespace autopass {

using namespace llvm;

namespace {

const char* linkage_of(const Function& function) {
  if (function.hasLocalLinkage()) {
    return "internal";
  }
  if (function.hasLinkOnceLinkage() || function.hasWeakLinkage()) {
    return "weak";
  }
  return "external";
}

struct Shape {
  std::int64_t instructions = 0, calls = 0, branches = 0, selects = 0, switches = 0;
};

Shape shape_of(const Function& function) {
  Shape shape;
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

} // namespace

void EvidenceLog::begin(const Function& function, const Digest& fingerprint,
                        const Digest& context) {
  const Shape shape = shape_of(function);
  Record record;
  record.name = function.getName().str();
  record.changes.begin(function);
  record.facts = json::Object{{"v", 1},
                              {"function", json::fixUTF8(record.name)},
                              {"fingerprint", fingerprint.hex()},
                              {"context", context.hex()},
                              {"linkage", linkage_of(function)},
                              {"instructions", shape.instructions},
                              {"blocks", std::int64_t(function.size())},
                              {"calls", shape.calls},
                              {"branches", shape.branches},
                              {"selects", shape.selects},
                              {"switches", shape.switches}};
  if (m_points.wants(record.name, "start")) {
    record.ir.add("start", function);
  }
  m_places[function.getName()] = m_records.size();
  m_records.push_back(std::move(record));
}

EvidenceLog::Record* EvidenceLog::find(StringRef function) {
  const auto place = m_places.find(function);
  return place == m_places.end() ? nullptr : &m_records[place->second];
}

void EvidenceLog::loops(const Function& function, DescribedLoops described) {
  if (Record* record = find(function.getName())) {
    record->loops = std::move(described.loops);
    m_with_loops = record->name;
    m_headers.assign(described.headers.begin(), described.headers.end());
    if (m_points.wants(record->name, "vectorizer-start")) {
      record->ir.add("vectorizer-start", function);
    }
  }
}

int EvidenceLog::loop_at(const DiagnosticInfoOptimizationBase& remark) const {
  const auto* of_ir = dyn_cast<DiagnosticInfoIROptimization>(&remark);
  const llvm::Value* region = of_ir != nullptr ? of_ir->getCodeRegion() : nullptr;
  if (region == nullptr || remark.getFunction().getName() != m_with_loops) {
    return -1;
  }
  for (std::size_t number = 0; number < m_headers.size(); ++number) {
    const llvm::Value* header = m_headers[number];
    if (header == region) {
      return int(number);
    }
  }
  return -1;
}

void EvidenceLog::remark(const DiagnosticInfoOptimizationBase& remark) {
  m_calls.remark(remark);
  if (Record* record = find(remark.getFunction().getName())) {
    record->remarks.add(remark, loop_at(remark));
  }
}

void EvidenceLog::will_run(const Function& function, StringRef pass) {
  if (m_points.empty()) {
    return;
  }
  if (Record* record = find(function.getName())) {
    const std::string point = record->ir.before(pass);
    if (m_points.wants(record->name, point)) {
      record->ir.add(point, function);
    }
  }
}

void EvidenceLog::ran(const Function& function, StringRef pass, bool changed) {
  Record* record = find(function.getName());
  if (record == nullptr) {
    return;
  }
  record->changes.ran(function, pass, changed);
  if (!m_points.empty()) {
    const std::string point = record->ir.after(pass);
    if (m_points.wants(record->name, point)) {
      record->ir.add(point, function);
    }
  }
}

void EvidenceLog::look(const Function& function, StringRef pass) {
  if (Record* record = find(function.getName()); record != nullptr && !function.isDeclaration()) {
    record->changes.look(function, pass);
  }
}

void EvidenceLog::ran(const Module& module, StringRef pass) {
  for (const Function& function : module) {
    look(function, pass);
  }
}

void EvidenceLog::optimised(Function& function) {
  if (Record* record = find(function.getName())) {
    record->facts["optimised_instructions"] = shape_of(function).instructions;
    record->facts["hot_blocks"] = hot_blocks(function);
    if (m_points.wants(record->name, "end")) {
      record->ir.add("end", function);
    }
  }
}

void EvidenceLog::enters_codegen(const Function& function) {
  Record* record = find(function.getName());
  if (record != nullptr && m_points.wants(record->name, "codegen")) {
    record->ir.add("codegen", function);
  }
}

json::Object EvidenceLog::to_json(const Record& record) const {
  json::Object object = record.facts;
  object["call_sites"] = m_calls.of(record.name);
  object["loops"] = with_vectors(record.loops, record.remarks);
  object["remarks"] = record.remarks.remarks();
  object["inlining"] = record.remarks.inlining();
  object["passes"] = record.changes.passes();
  object["changes"] = record.changes.changes();
  if (json::Array texts = record.ir.texts(); !texts.empty()) {
    object["ir"] = std::move(texts);
  }
  for (const auto& [key, value] : record.remarks.machine()) {
    object[key] = value;
  }
  return object;
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
