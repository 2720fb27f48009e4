// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frames.h"

#include "util/file.h"

#include <llvm/IR/Function.h>
#include <llvm/Support/JSON.h>

namespace autopass {

using namespace llvm;

namespace {

std::int64_t limit_on(std::int64_t stock) { return 2 * stock + 4096; }

} // namespace

Frames::Frames(const std::string& evidence) {
  const auto text = read_file(evidence);
  StringRef rest = text ? StringRef(*text) : StringRef();
  while (!rest.empty()) {
    const auto [line, behind] = rest.split('\n');
    rest = behind;
    auto parsed = json::parse(line);
    if (!parsed) {
      consumeError(parsed.takeError());
      continue;
    }
    const json::Object* record = parsed->getAsObject();
    const auto name = record != nullptr ? record->getString("function") : std::nullopt;
    const auto bytes = record != nullptr ? record->getInteger("stack_bytes") : std::nullopt;
    if (name && bytes) {
      m_stock[name->str()] = *bytes;
    }
  }
}

std::string Frames::broken(const DiagnosticInfoOptimizationBase& remark) const {
  const auto stock = m_stock.find(json::fixUTF8(remark.getFunction().getName()));
  if (stock == m_stock.end() || remark.getPassName() != frame_pass ||
      remark.getRemarkName() != "StackSize") {
    return {};
  }
  for (const auto& argument : remark.getArgs()) {
    std::int64_t bytes = 0;
    if (argument.Key == "NumStackBytes" && !StringRef(argument.Val).getAsInteger(10, bytes) &&
        bytes > limit_on(stock->second)) {
      return stock->first + " takes " + std::to_string(bytes) + " bytes of stack, " +
             std::to_string(stock->second) + " without its plan";
    }
  }
  return {};
}

} // namespace autopass
