// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "attrs.h"

#include <llvm/IR/Module.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

// Rows of the vocabulary that name a property of a processor.
bool is_tuning(const std::string& name) {
  const Entry* entry = find_entry(Kind::Attrs, name);
  return entry != nullptr && entry->source == "Target/X86/X86.td";
}

void set_tuning(Function& function, const Setting& setting) {
  std::string features = function.getFnAttribute("target-features").getValueAsString().str();
  features += (features.empty() ? "" : ",") +
              ((std::get<bool>(setting.value) ? "+" : "-") + setting.name);
  function.addFnAttr("target-features", features);
}

void set_attribute(Function& function, const Setting& setting) {
  const auto* word = std::get_if<std::string>(&setting.value);
  const bool x86 = Triple(function.getParent()->getTargetTriple()).isX86(); // others warn
  if (setting.name == "noinline") {
    keep_out_of_line(function);
  } else if (setting.name == "inlinehint") {
    if (!function.hasFnAttribute(Attribute::NoInline)) {
      function.addFnAttr(Attribute::InlineHint);
    }
  } else if (setting.name == "optsize") {
    function.addFnAttr(Attribute::OptimizeForSize);
  } else if (setting.name == "minsize") { // implies the other, as -Oz does
    function.addFnAttr(Attribute::OptimizeForSize);
    function.addFnAttr(Attribute::MinSize);
  } else if (setting.name == "optforfuzzing") {
    function.addFnAttr(Attribute::OptForFuzzing);
  } else if (setting.name == "align") {
    const Align wanted(std::stoull(*word));
    function.setAlignment(std::max(function.getAlign().valueOrOne(), wanted));
  } else if (setting.name == "tune-cpu") {
    if (x86) {
      function.addFnAttr(setting.name, *word);
    }
  } else if (is_tuning(setting.name)) {
    if (x86) {
      set_tuning(function, setting);
    }
  } else if (word != nullptr) { // prefer-vector-width
    function.addFnAttr(setting.name, *word);
  }
}

bool is_late(const Setting& setting) { return setting.name == "no-jump-tables"; }

} // namespace

void keep_out_of_line(Function& function) {
  if (!function.hasFnAttribute(Attribute::AlwaysInline)) {
    function.removeFnAttr(Attribute::InlineHint);
    function.addFnAttr(Attribute::NoInline);
  }
}

void set_attributes(Function& function, const std::vector<Setting>& attributes) {
  for (const Setting& setting : attributes) {
    if (!is_late(setting)) {
      set_attribute(function, setting);
    }
  }
}

void set_late_attributes(Function& function, const std::vector<Setting>& attributes) {
  for (const Setting& setting : attributes) {
    if (is_late(setting)) {
      function.addFnAttr(setting.name, "true");
    }
  }
}

} // namespace autopass
