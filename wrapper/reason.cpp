// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reason.h"

#include <cassert>
#include <iterator>

namespace autopass {
namespace {

// In the order of the enumeration, which entry_of() asserts.
constexpr ReasonEntry reasons[] = {
    {Reason::None, "", false, true, "plans are applied, or there is nothing to compile"},
    {Reason::Off, "off", true, false, "AUTOPASS=off"},
    {Reason::Recursion, "recursion", true, false, "the compiler that we started has started us"},
    {Reason::ResponseFileUnreadable, "response-file-unreadable", true, true,
     "an @file could not be read as clang reads it"},
    {Reason::DriverEnvironment, "driver-environment", true, true,
     "a variable like CCC_OVERRIDE_OPTIONS changes or prints the command"},
    {Reason::ConfigFile, "config-file", true, true, "--config brings options that we do not see"},
    {Reason::CompilerInternal, "compiler-internal", true, true, "-cc1 and the like"},
    {Reason::OtherDriverMode, "other-driver-mode", true, true, "--driver-mode of another driver"},
    {Reason::NotClang, "not-clang", true, true, "as a launcher we were told another compiler"},
    {Reason::Probe, "probe", true, false, "a build system asks what the compiler can do"},
    {Reason::PrintOnly, "print-only", true, true, "--version, -print-..., -###"},
    {Reason::PreprocessOnly, "preprocess-only", true, true, "-E, -M, -MM"},
    {Reason::SyntaxOnly, "syntax-only", true, true, "-fsyntax-only"},
    {Reason::AssemblyOutput, "assembly-output", true, true, "-S"},
    {Reason::IrOutput, "ir-output", true, true, "-emit-llvm and the like"},
    {Reason::NoInput, "no-input", true, true, "nothing to compile or link"},
    {Reason::StdinInput, "stdin-input", true, true, "the source is standard input"},
    {Reason::OutputToStdout, "output-to-stdout", true, true, "-o -"},
    {Reason::SeveralOutputs, "several-outputs", true, true, "one command writes several objects"},
    {Reason::AssemblerInput, "assembler-input", true, true, "a source in assembly language"},
    {Reason::IrInput, "ir-input", true, true, "a source in LLVM IR"},
    {Reason::PchOrModules, "pch-or-modules", true, true, "precompiled headers or modules are made"},
    {Reason::Offload, "offload", true, true, "CUDA, HIP, OpenCL or OpenMP offloading"},
    {Reason::OtherLanguage, "other-language", true, true, "-x with a language that we do not know"},
    {Reason::Lto, "lto", true, true, "link-time optimisation"},
    {Reason::Sanitizer, "sanitizer", false, true, "-fsanitize"},
    {Reason::Coverage, "coverage", false, true, "instrumentation for profiles or coverage"},
    {Reason::SaveTemps, "save-temps", false, true, "-save-temps writes files beside the output"},
    {Reason::RecordCommandLine, "record-command-line", false, true,
     "the command line becomes part of the object"},
    {Reason::DumpOptions, "dump-options", false, true,
     "a side output tells about the command or the passes"},
    {Reason::Verbose, "verbose", false, true, "-v prints the command"},
    {Reason::OtherPlugin, "other-plugin", false, true, "the command loads a plugin of its own"},
    {Reason::NoSnapshot, "no-snapshot", false, true, "no plans have been published yet"},
    {Reason::SnapshotNotAFile, "snapshot-not-a-file", false, true,
     "something else is in the snapshot's place"},
    {Reason::SnapshotTooLarge, "snapshot-too-large", false, true, "above 1 GiB"},
    {Reason::SnapshotOnNetwork, "snapshot-on-network", false, true, "on a network file system"},
    {Reason::SnapshotCorrupt, "snapshot-corrupt", false, true, "the snapshot is damaged"},
    {Reason::SnapshotNewer, "snapshot-newer", false, true, "written by a newer AutoPass"},
    {Reason::SnapshotOlder, "snapshot-older", false, true,
     "written by an older AutoPass; `autopass doctor` writes it anew"},
    {Reason::DescriptorClosed, "descriptor-closed", false, true,
     "standard input, output or error is closed"},
    {Reason::NoPlans, "no-plans", false, true, "the snapshot holds no plan"},
    {Reason::CompilerUnknown, "compiler-unknown", false, true,
     "it was never tried whether this compiler loads the plugin; `autopass doctor` tries it"},
    {Reason::CompilerChanged, "compiler-changed", false, true,
     "the compiler was replaced since it was tried; `autopass doctor` tries it again"},
    {Reason::PluginMissing, "plugin-missing", false, true, "there is no plugin for this LLVM"},
    {Reason::PluginChanged, "plugin-changed", false, true,
     "the plugin was replaced since it was tried; `autopass doctor` tries it again"},
    {Reason::PluginRefused, "plugin-refused", false, true,
     "this compiler does not load the plugin; `autopass doctor` says why"},
    {Reason::ProjectUnreadable, "project-unreadable", false, true,
     ".autopass.toml or the configuration has an error"},
    {Reason::ScopeNotFound, "scope-not-found", false, true,
     "no plans for this project, cpu and LLVM"},
};
static_assert(std::size(reasons) == reason_count);

} // namespace

const ReasonEntry& entry_of(Reason reason) {
  const ReasonEntry& entry = reasons[static_cast<std::size_t>(reason)];
  assert(entry.reason == reason);
  return entry;
}

Reason reason_called(std::string_view name) {
  for (const auto& entry : reasons) {
    if (!name.empty() && entry.name == name) {
      return entry.reason;
    }
  }
  return Reason::SnapshotCorrupt;
}

} // namespace autopass
