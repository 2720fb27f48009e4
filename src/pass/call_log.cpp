// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "call_log.h"

#include "calls.h"

#include <llvm/ADT/StringExtras.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_calls = 200; // of one function

std::string argument(const DiagnosticInfoOptimizationBase& remark, StringRef key) {
  for (const auto& argument : remark.getArgs()) {
    if (argument.Key == key) {
      return argument.Val;
    }
  }
  return {};
}

} // namespace

void CallLog::begin(Module& module, Fingerprinter& fingerprints) {
  const FunctionSet in_cycles = functions_in_cycles(module);
  for (const Function& function : module) {
    std::vector<Call>& calls = m_calls[function.getName().str()];
    std::int64_t number = -1;
    for (const CallBase* call : direct_calls(function)) {
      ++number;
      const Function& callee = *call->getCalledFunction();
      if (!callee.isDeclaration() && calls.size() < most_calls) {
        calls.push_back({number, callee.getName().str(), fingerprints.function(callee),
                         may_inline(*call, in_cycles)});
      }
    }
  }
}

void CallLog::remark(const DiagnosticInfoOptimizationBase& remark) {
  if (remark.getPassName() != "inline") {
    return;
  }
  const std::string callee = argument(remark, "Callee");
  const std::string caller = remark.getFunction().getName().str();
  const bool inlined = remark.getRemarkName() == "Inlined";
  if (callee.empty() || (!inlined && remark.getRemarkName() != "TooCostly" &&
                         remark.getRemarkName() != "NeverInline")) {
    return;
  }
  Said& said = m_said[{caller, callee}];
  ++(inlined ? said.inlined : said.kept);
  std::int64_t cost = 0, threshold = 0;
  if (to_integer(argument(remark, "Cost"), cost) &&
      to_integer(argument(remark, "Threshold"), threshold)) {
    said.cost = cost;
    said.threshold = threshold;
  }
}

json::Array CallLog::of(const std::string& function) const {
  json::Array list;
  const auto calls = m_calls.find(function);
  if (calls == m_calls.end()) {
    return list;
  }
  for (const Call& call : calls->second) {
    json::Object object{{"call", call.number},
                        {"callee", json::fixUTF8(call.callee)},
                        {"fingerprint", call.fingerprint.hex()},
                        {"can_inline", call.can_inline}};
    if (const auto said = m_said.find({function, call.callee}); said != m_said.end()) {
      object["inlined"] = said->second.inlined;
      object["kept"] = said->second.kept;
      if (said->second.threshold != 0) {
        object["cost"] = said->second.cost;
        object["threshold"] = said->second.threshold;
      }
    }
    list.push_back(std::move(object));
  }
  return list;
}

} // namespace autopass
