// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reason.h"

#include <cassert>
#include <iterator>

namespace autopass {
namespace {

namespace reason_table {

using enum Trace; // here alone: Job is also what we write down of one

// In the order of the enumeration, which entry_of() asserts.
constexpr ReasonEntry reasons[] = {
    {Reason::None, "", false, Job, "plans are applied, or there is nothing to compile"},
    {Reason::Off, "off", true, Nothing, "AUTOPASS=off: not even counted"},
    {Reason::Recursion, "recursion", true, Count, "the compiler that we started has started us"},
    {Reason::InternalError, "internal-error", true, Count,
     "something in us has failed, memory for instance: the compiler was run as it is"},
    {Reason::ResponseFileUnreadable, "response-file-unreadable", true, Job,
     "an @file could not be read as clang reads it"},
    {Reason::DriverEnvironment, "driver-environment", true, Job,
     "a variable like CCC_OVERRIDE_OPTIONS changes or prints the command"},
    {Reason::ConfigFile, "config-file", true, Job,
     "a configuration file, or what leads to one, brings options that we do not see"},
    {Reason::CompilerInternal, "compiler-internal", true, Job, "-cc1 and the like"},
    {Reason::OtherDriverMode, "other-driver-mode", true, Job, "--driver-mode of another driver"},
    {Reason::NotClang, "not-clang", true, Job,
     "called as cc or c++, or launching a compiler, where that is not clang"},
    {Reason::Probe, "probe", true, Count, "a build system asks what the compiler can do"},
    {Reason::PrintOnly, "print-only", true, Job, "--version, -print-..., -### and the like"},
    {Reason::PreprocessOnly, "preprocess-only", true, Job, "-E, -M, -MM"},
    {Reason::SyntaxOnly, "syntax-only", true, Job, "-fsyntax-only, -ast-dump and the like"},
    {Reason::AssemblyOutput, "assembly-output", true, Job, "-S"},
    {Reason::IrOutput, "ir-output", true, Job, "-emit-llvm and the like"},
    {Reason::NoInput, "no-input", true, Job, "nothing to compile or link"},
    {Reason::StdinInput, "stdin-input", true, Job, "the source is standard input"},
    {Reason::OutputToStdout, "output-to-stdout", true, Job, "-o -"},
    {Reason::OpenFileName, "open-file-name", true, Job,
     "a file is named as one that is open already: /dev/stdin, /dev/fd/N, /proc/self/fd/N, <(...)"},
    {Reason::SeveralOutputs, "several-outputs", true, Job, "one command writes several objects"},
    {Reason::AssemblerInput, "assembler-input", true, Job, "a source in assembly language"},
    {Reason::IrInput, "ir-input", true, Job, "a source in LLVM IR"},
    {Reason::PchOrModules, "pch-or-modules", true, Job, "precompiled headers or modules are made"},
    {Reason::Offload, "offload", true, Job, "CUDA, HIP, OpenCL or OpenMP offloading, or -Xarch_ options"},
    {Reason::OtherLanguage, "other-language", true, Job, "-x with a language that we do not know"},
    {Reason::Lto, "lto", true, Job,
     "link-time optimisation in a way that plans do not follow: before LLVM 22, -ffat-lto-objects, "
     "-funified-lto, -fthinlto-index=, -fthinlto-distributor="},
    {Reason::LtoLinker, "lto-linker-loads-no-plugin", false, Job,
     "a link with link-time optimisation by another linker than lld: what plans leave to the link is not done"},
    {Reason::LtoLinkOptions, "lto-link-options", false, Job,
     "a link with link-time optimisation that keeps objects in a cache, is made in steps, copies its command or "
     "loads a plugin: what plans leave to the link is not done"},
    {Reason::LinkerUnknown, "linker-unknown", false, Job,
     "it was never tried whether this lld, as it is, loads the plugin; `autopass doctor` tries the one "
     "beside clang: what plans leave to the link is not done"},
    {Reason::Sanitizer, "sanitizer", false, Job, "-fsanitize"},
    {Reason::Coverage, "coverage", false, Job, "instrumentation for profiles or coverage"},
    {Reason::SaveTemps, "save-temps", false, Job, "-save-temps writes files beside the output"},
    {Reason::RecordCommandLine, "record-command-line", false, Job,
     "the command line becomes part of the object, as it can wherever CodeView is written"},
    {Reason::DumpOptions, "dump-options", false, Job,
     "remarks, reports or a side output tell about the command or the passes"},
    {Reason::Verbose, "verbose", false, Job, "-v prints the command"},
    {Reason::OtherPlugin, "other-plugin", false, Job, "the command loads a plugin of its own"},
    {Reason::Ignored, "ignored", false, Job,
     "there are plans, but the source is on the ignore list"},
    {Reason::BehindCache, "behind-cache", false, Job,
     "a compiler cache has started us and would not see that plans change: AUTOPASS_PREFIX=ccache "
     "starts it the other way round"},
    {Reason::NoSnapshot, "no-snapshot", false, Job, "no plans have been published yet"},
    {Reason::SnapshotNotAFile, "snapshot-not-a-file", false, Job,
     "something else is in the snapshot's place"},
    {Reason::SnapshotTooLarge, "snapshot-too-large", false, Job, "above 2 GiB"},
    {Reason::SnapshotOnNetwork, "snapshot-on-network", false, Job, "on a network file system"},
    {Reason::SnapshotCorrupt, "snapshot-corrupt", false, Job, "the snapshot is damaged, or was edited"},
    {Reason::SnapshotNewer, "snapshot-newer", false, Job, "written by a newer AutoPass"},
    {Reason::SnapshotOlder, "snapshot-older", false, Job,
     "written by an older AutoPass; `autopass doctor` writes it anew"},
    {Reason::DescriptorClosed, "descriptor-closed", false, Job,
     "standard input, output or error is closed"},
    {Reason::NoPlans, "no-plans", false, Job, "the snapshot holds no plan"},
    {Reason::CompilerUnknown, "compiler-unknown", false, Job,
     "it was never tried whether this compiler loads the plugin; `autopass doctor` tries it (and "
     "remembers it where there are plans, by hand too: AUTOPASS_PLANS=file autopass doctor)"},
    {Reason::CompilerChanged, "compiler-changed", false, Job,
     "the compiler was replaced since it was tried; `autopass doctor` tries it again"},
    {Reason::PluginMissing, "plugin-missing", false, Job, "there is no plugin for this LLVM"},
    {Reason::PluginChanged, "plugin-changed", false, Job,
     "the plugin was replaced since it was tried; `autopass doctor` tries it again"},
    {Reason::PluginRefused, "plugin-refused", false, Job,
     "this compiler does not load the plugin; `autopass doctor` says why"},
    {Reason::ProjectUnreadable, "project-unreadable", false, Job,
     ".autopass.toml or the configuration has an error"},
    {Reason::ProjectNotTrusted, "project-not-trusted", false, Job,
     ".autopass.toml belongs to another user, or everybody may write it"},
    {Reason::ScopeNotFound, "scope-not-found", false, Job,
     "no plans for this project, cpu and LLVM"},
    {Reason::PlanFileUnreadable, "plan-file-unreadable", false, Job,
     "the file of plans that AUTOPASS_PLANS names cannot be read, or is above 16 MiB"},
    {Reason::PrefixMissing, "prefix-missing", false, Count,
     "the program that AUTOPASS_PREFIX names was not found: compiled without it"},
    {Reason::PrefixUnusable, "prefix-unusable", false, Count,
     "a target in the compiler's name, or plans where other machines compile, cannot be handed on, "
     "or the prefix could not be started: compiled without it"},
    {Reason::CommandTooLong, "command-too-long", false, Job,
     "with the options for plans the command would be longer than the kernel takes"},
};
static_assert(std::size(reasons) == reason_count);

} // namespace reason_table

using reason_table::reasons;

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
