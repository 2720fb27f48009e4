// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "explain_command.h"
#include "explain_entry.h"
#include "output.h"
#include "reasons.h"
#include "record.h"
#include "report/layout.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Output = BuildRecord::Output;

void print_as_json(const Job& job, const std::optional<PluginRecord>& plugin, Output whose) {
  const bool ours = whose == Output::OfTheJob;
  nlohmann::ordered_json counts;
  if (plugin) {
    counts = plugin->counts;
  }
  print_json({{"output", job.output},
              {"kind", job_kind_name(job.kind)},
              {"reason", job.reason},
              {"meaning", meaning_of(job.reason)},
              {"command", job.argv},
              {"folder", job.folder},
              {"compiler", job.compiler},
              {"scope", job.scope},
              {"slice", ours ? job.slice : ""},
              {"recorded", ours},
              {"functions", counts}});
}

std::string plans_of(const Job& job, Output whose) {
  if (whose == Output::OfAnEarlierOne) {
    return "not known: this command has failed, and left what an earlier one had written";
  }
  if (whose == Output::WrittenSince) {
    return "not known: written since without a record of ours (AUTOPASS=off, another compiler, a "
           "copy)";
  }
  if (!job.slice.empty()) {
    return "looked up in slice " + job.slice.substr(0, 8);
  }
  if (job.reason.empty()) {
    return job.kind == JobKind::Link ? "none: a link; its objects have them" : "nothing was compiled here";
  }
  return "not looked up: " + job.reason + " (" + std::string(meaning_of(job.reason)) + ")";
}

void print_as_text(const Job& job, const std::optional<PluginRecord>& plugin, Output whose) {
  print(wrapped("output    ", job.output));
  print(wrapped("kind      ", job_kind_name(job.kind)));
  print(wrapped("command   ", shell_join(job.argv)));
  print(wrapped("folder    ", job.folder));
  print(wrapped("compiler  ", job.compiler));
  if (job.kind != JobKind::Link) {
    print(wrapped("project   ", job.scope.empty() ? "none: the common scope" : job.scope));
  }
  print(wrapped("plans     ", plans_of(job, whose)));
  if (plugin) {
    const auto line = [](std::int64_t count, const std::string& name) {
      const std::string_view meaning = meaning_of(name);
      print(wrapped(format("%14lld ", static_cast<long long>(count)),
                    meaning.empty() ? name : name + ": " + std::string(meaning)));
    };
    line(plugin->functions, "functions");
    for (const auto& [name, count] : plugin->counts) {
      line(count, name);
    }
  }
}

} // namespace

Result<int> execute(const ExplainArguments& arguments) {
  if (!arguments.command.empty()) {
    return explain_command(arguments);
  }
  if (const auto entries = entries_called(arguments.output);
      !entries.empty() && !exists(arguments.output)) {
    return explain_entries(entries, arguments.json);
  }
  TRY(BuildRecord record, open_build_record());
  const std::string output = absolute(arguments.output, working_folder());
  TRY(const auto job, record.producer(output));
  if (!job && output.ends_with(".a")) {
    return fail("archives are not recorded, they are recognised by what is in them: " + output,
                "autopass explain on an object that was put into it");
  }
  if (!job) {
    return fail("no compile or link through autopass-clang is known to have written " + output,
                "check that the build uses it (make CC=autopass-clang), and that it is not off "
                "(AUTOPASS=off)");
  }
  TRY(auto plugin, record.plugin_record(output));
  if (job->kind != JobKind::Compile && job->inputs.size() != 1) {
    plugin.reset(); // several sources under one name: only the last one's counts are there
  }
  // A link makes no code; that programs are stripped after it is nothing to speak of.
  TRY(const Output whose, job->kind == JobKind::Link ? Result<Output>(Output::OfTheJob)
                                                     : record.whose_output(*job));
  if (whose != Output::OfTheJob) {
    plugin.reset();
  }
  if (arguments.json) {
    print_as_json(*job, plugin, whose);
  } else {
    print_as_text(*job, plugin, whose);
  }
  return exit_done;
}

} // namespace autopass
