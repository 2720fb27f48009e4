// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "attrs.h"

#include <llvm/IR/Module.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

void set_attribute(Function& function, const Setting& setting) {
  const auto* word = std::get_if<std::string>(&setting.value);
  if (setting.name == "noinline") {
    if (!function.hasFnAttribute(Attribute::AlwaysInline)) {
      function.removeFnAttr(Attribute::InlineHint);
      function.addFnAttr(Attribute::NoInline);
    }
  } else if (setting.name == "inlinehint") {
    if (!function.hasFnAttribute(Attribute::NoInline)) {
      function.addFnAttr(Attribute::InlineHint);
    }
  } else if (setting.name == "optsize") {
    function.addFnAttr(Attribute::OptimizeForSize);
  } else if (setting.name == "align") {
    const Align wanted(std::stoull(*word));
    function.setAlignment(std::max(function.getAlign().valueOrOne(), wanted));
  } else if (setting.name == "tune-cpu") {
    if (Triple(function.getParent()->getTargetTriple()).isX86()) { // others warn
      function.addFnAttr(setting.name, *word);
    }
  } else if (word != nullptr) { // prefer-vector-width
    function.addFnAttr(setting.name, *word);
  } else { // no-jump-tables
    function.addFnAttr(setting.name, "true");
  }
}

} // namespace

void set_attributes(Function& function, const std::vector<Setting>& attributes) {
  for (const Setting& setting : attributes) {
    set_attribute(function, setting);
  }
}

} // namespace autopass
