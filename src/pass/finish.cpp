// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/build_record.h"
#include "cache/spool.h"
#include "compilation.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Verifier.h>

#include <filesystem>

namespace autopass {

using namespace llvm;

namespace {

// A plan must never reach code generation with IR that makes no sense. Nothing can be undone here,
// so this is an error; it is met in the tuning session, which refuses the candidate.
void check_planned(Compilation& compilation, Module& module) {
  for (Function& function : module) {
    if (compilation.plans.of(function) != nullptr && verifyFunction(function)) {
      module.getContext().emitError("autopass: the plan of function '" + function.getName() +
                                    "' made IR that does not verify; compile with AUTOPASS=off");
    }
  }
}

// The plugin is not told where the object goes; the command line of this process says it.
std::string output_of_this_process() {
  const auto arguments = read_file("/proc/self/cmdline");
  std::string output;
  if (arguments) {
    const std::vector<std::string> words = split(*arguments, '\0');
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i] == "-o") {
        output = words[i + 1];
      }
    }
  }
  std::error_code ignored;
  const std::string folder = std::filesystem::current_path(ignored).string();
  return output.empty() ? output : absolute(output, folder);
}

void append_record(const Compilation& compilation) {
  const std::string spool = chosen_spool();
  if (spool.empty()) {
    return;
  }
  PluginRecord record;
  record.output = output_of_this_process();
  record.slice = compilation.slice->hex();
  record.functions = compilation.functions;
  for (const auto& [name, count] : compilation.counts) {
    if (count > 0) {
      record.counts[name] = count;
    }
  }
  append(spool, record);
}

} // namespace

void finish(Compilation& compilation, Module& module) {
  check_planned(compilation, module);
  if (compilation.evidence) {
    for (const Function& function : module) {
      if (!function.isDeclaration()) {
        compilation.evidence->optimised(function);
      }
    }
    compilation.evidence->write();
  }
  if (compilation.slice) {
    append_record(compilation);
  }
}

} // namespace autopass
