// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "remark_log.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <array>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_remarks = 60;
constexpr std::size_t most_of_one_name = 8;
constexpr std::size_t longest_text = 240;
constexpr std::size_t most_fields = 12;
constexpr std::size_t most_decisions = 200;

// Of no use to anybody who plans, or said by us already.
constexpr std::array<StringRef, 6> noise = {"annotation-remarks", "ir-size",   "kernel-info",
                                            "stack-frame-layout", "size-info", "memory-op"};

struct Name {
  StringRef pass, name; // an empty name: all of that pass
};
// Say that something was not done, and not why; each comes with another that does, or with nothing.
constexpr Name vague[] = {
    {"loop-vectorize", "MissedDetails"}, {"slp-vectorizer", "NotPossible"},
    {"inline", "NoDefinition"},          {"asm-printer", ""},
    {"prologepilog", ""},
};

struct MachineFact {
  StringRef pass, name, field;
  const char* key;
};
constexpr MachineFact machine_facts[] = {
    {"prologepilog", "StackSize", "NumStackBytes", "stack_bytes"},
    {"asm-printer", "InstructionCount", "NumInstructions", "machine_instructions"},
    {"regalloc", "SpillReloadCopies", "NumSpills", "spills"},
    {"regalloc", "SpillReloadCopies", "NumReloads", "reloads"},
};

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

std::string valid_text(StringRef text) { return json::fixUTF8(text.take_front(longest_text)); }

json::Value value_of(StringRef text) {
  std::int64_t number = 0;
  if (!text.getAsInteger(10, number)) {
    return number;
  }
  return valid_text(text);
}

// Keys are unique; of two the first one counts. "String" is the text in between.
json::Object fields_of(const DiagnosticInfoOptimizationBase& remark) {
  json::Object fields;
  for (const auto& argument : remark.getArgs()) {
    if (argument.Key != "String" && fields.size() < most_fields) {
      fields.try_emplace(json::fixUTF8(argument.Key), value_of(argument.Val));
    }
  }
  return fields;
}

bool is_vague(StringRef pass, StringRef name) {
  return std::any_of(std::begin(vague), std::end(vague), [&](const Name& one) {
    return one.pass == pass && (one.name.empty() || one.name == name);
  });
}

void place(const DiagnosticInfoOptimizationBase& remark, std::int64_t& line, std::int64_t& column) {
  if (remark.isLocationAvailable()) {
    line = remark.getLocation().getLine();
    column = remark.getLocation().getColumn();
  }
}

} // namespace

bool RemarkLog::wants(StringRef pass) {
  return std::find(noise.begin(), noise.end(), pass) == noise.end();
}

void RemarkLog::add(const DiagnosticInfoOptimizationBase& remark, int loop) {
  // Some of the vectoriser's are marked to be printed always, by an empty name.
  const StringRef pass =
      remark.getPassName().empty() ? StringRef("loop-vectorize") : remark.getPassName();
  const StringRef name = remark.getRemarkName();
  for (const MachineFact& fact : machine_facts) {
    if (fact.pass == pass && fact.name == name) {
      for (const auto& argument : remark.getArgs()) {
        std::int64_t number = 0;
        if (argument.Key == fact.field && !StringRef(argument.Val).getAsInteger(10, number)) {
          m_machine[fact.key] = number;
        }
      }
    }
  }
  if (!wants(pass) || is_vague(pass, name)) {
    return;
  }
  if (pass == "inline") {
    add_inlining(remark);
    return;
  }
  const Key key = {valid_text(pass), kind_of(remark), valid_text(name), valid_text(remark.getMsg()),
                   loop};
  const auto known = m_remarks.find(key);
  if (known != m_remarks.end()) {
    ++known->second.count;
    return;
  }
  const auto of_this_name = std::count_if(m_remarks.begin(), m_remarks.end(), [&](const auto& one) {
    return std::get<0>(one.first) == std::get<0>(key) && std::get<2>(one.first) == std::get<2>(key);
  });
  if (m_remarks.size() < most_remarks && std::size_t(of_this_name) < most_of_one_name) {
    Said said{fields_of(remark)};
    place(remark, said.line, said.column);
    m_remarks.emplace(key, std::move(said));
  }
}

void RemarkLog::add_inlining(const DiagnosticInfoOptimizationBase& remark) {
  json::Object fields;
  std::string callee;
  const bool inlined = StringRef(kind_of(remark)) == "passed";
  for (const auto& argument : remark.getArgs()) {
    if (argument.Key == "Callee" && callee.empty()) {
      callee = json::fixUTF8(argument.Val);
    } else if (argument.Key == "Cost" || argument.Key == "Threshold" || argument.Key == "Reason") {
      fields.try_emplace(StringRef(argument.Key).lower(), value_of(argument.Val));
    }
  }
  if (!inlined) {
    fields.try_emplace("reason", valid_text(remark.getRemarkName()));
  }
  std::string text;
  raw_string_ostream(text) << json::Value(json::Object(fields));
  const Decision decision = {callee, inlined, text};
  const auto known = m_inlining.find(decision);
  if (known != m_inlining.end()) {
    ++known->second.count;
  } else if (!callee.empty() && m_inlining.size() < most_decisions) {
    Said said{std::move(fields)};
    place(remark, said.line, said.column);
    m_inlining.emplace(decision, std::move(said));
  }
}

json::Array RemarkLog::remarks() const {
  json::Array array;
  for (const auto& [key, said] : m_remarks) {
    const auto& [pass, kind, name, message, loop] = key;
    json::Object one{{"pass", pass},
                     {"kind", kind},
                     {"name", name},
                     {"message", message},
                     {"count", said.count}};
    if (!said.fields.empty()) {
      one["fields"] = json::Object(said.fields);
    }
    if (loop >= 0) {
      one["loop"] = loop;
    }
    if (said.line > 0) {
      one["line"] = said.line;
      one["column"] = said.column;
    }
    array.push_back(std::move(one));
  }
  return array;
}

json::Array RemarkLog::inlining() const {
  json::Array array;
  for (const auto& [decision, said] : m_inlining) {
    json::Object one = said.fields;
    one["callee"] = std::get<0>(decision);
    one["inlined"] = std::get<1>(decision);
    one["count"] = said.count;
    if (said.line > 0) {
      one["line"] = said.line;
    }
    array.push_back(std::move(one));
  }
  return array;
}

std::vector<RemarkLog::OfLoop> RemarkLog::of_loop(StringRef pass, int loop) const {
  std::vector<OfLoop> found;
  for (const auto& [key, said] : m_remarks) {
    if (std::get<0>(key) == pass && std::get<4>(key) == loop) {
      found.push_back({std::get<1>(key), std::get<2>(key), &said.fields});
    }
  }
  return found;
}

} // namespace autopass
