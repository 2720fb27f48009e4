// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Why a command gets no plugin, or not the prefix that was asked for. Every one has a name that is
// counted and shown by `autopass stats`; of several the first in this order is told.
#pragma once

#include <string_view>

namespace autopass {

enum class Reason {
  None,
  // The command cannot be understood, or must not be touched.
  Off,
  Recursion,
  InternalError,
  ResponseFileUnreadable,
  DriverEnvironment,
  ConfigFile,
  CompilerInternal,
  OtherDriverMode,
  NotClang,
  Probe,
  // Nothing is compiled to an object.
  PrintOnly,
  PreprocessOnly,
  SyntaxOnly,
  AssemblyOutput,
  IrOutput,
  NoInput,
  // Something is, but not in the way that we know how to change and build again.
  StdinInput,
  OutputToStdout,
  OpenFileName,
  SeveralOutputs,
  AssemblerInput,
  IrInput,
  PchOrModules,
  Offload,
  OtherLanguage,
  Lto,
  LtoLinker,
  LtoLinkOptions,
  LinkerUnknown,
  Sanitizer,
  Coverage,
  SaveTemps,
  RecordCommandLine,
  DumpOptions,
  Verbose,
  OtherPlugin,
  Ignored,
  BehindCache,
  // The look-up found no plan.
  NoSnapshot,
  SnapshotNotAFile,
  SnapshotTooLarge,
  SnapshotOnNetwork,
  SnapshotCorrupt,
  SnapshotNewer,
  SnapshotOlder,
  DescriptorClosed,
  NoPlans,
  CompilerUnknown,
  CompilerChanged,
  PluginMissing,
  PluginChanged,
  PluginRefused,
  ProjectUnreadable,
  ProjectNotTrusted,
  ScopeNotFound,
  // The compiler is started without the prefix.
  PlanFileUnreadable,
  PrefixMissing,
  PrefixUnusable,
  // Found out when the compiler was to be started with all that.
  CommandTooLong,
  Count_,
};
inline constexpr auto reason_count = static_cast<std::size_t>(Reason::Count_);

// What a command leaves behind: the job, to be built again; one more of this reason; or no trace.
enum class Trace { Job, Count, Nothing };

struct ReasonEntry {
  Reason reason;
  std::string_view name;
  bool stops_links;      // true: a link under it cannot be replayed either
  Trace trace;
  std::string_view what; // one sentence for people
};
const ReasonEntry& entry_of(Reason reason);
// SnapshotCorrupt for a name that is not in the table.
Reason reason_called(std::string_view name);

} // namespace autopass
