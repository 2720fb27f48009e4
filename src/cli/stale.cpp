// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Neither make nor ninja knows that plans have changed. For each object the record tells with which
// slice it was compiled, which functions are in it and which plans they got; the snapshot tells
// which they would get now:
//
//   compiled with  now         functions of the object  the object is
//   d1             d1          -                        fresh
//   d1             d2 or none  recorded by the plugin   stale if a plan of one differs
//   d1             d2 or none  unknown (from a cache)   stale
//   none           d2          seen by a session        stale if one has a plan
//   none           d2          unknown                  unknown
//
// Dated one second before its source an object is out of date for make and for ninja; it is still
// there should the build fail, and the source is not touched (docs/decisions.md: what was tried).
#include "cache/slice_place.h"
#include "cache/snapshot.h"
#include "output.h"
#include "record.h"
#include "request.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/intent.h"

#include <fcntl.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace autopass {
namespace {

enum class State { Fresh, Stale, Unknown };

struct StaleObject {
  std::string output, source, why;
};

class Inspector {
public:
  explicit Inspector(BuildRecord& record) : m_record(record) {
    if (auto snapshot = Snapshot::open(snapshot_path())) {
      m_snapshot.emplace(std::move(*snapshot));
    }
  }

  // `why` is set for a stale one.
  Result<State> inspect(const Job& job, std::string& why) {
    const auto slice = slice_of_next_compile(job);
    if (job.slice == (slice ? slice->hex() : "")) {
      return State::Fresh;
    }
    TRY(const auto plugin, m_record.plugin_record(job.output));
    if (!job.slice.empty() && (!plugin || plugin->slice != job.slice || job.inputs.size() != 1)) {
      why = "compiled with other plans";
      return State::Stale;
    }
    PluginRecord seen;
    if (plugin && !job.slice.empty()) {
      seen = *plugin;
    } else {
      TRY(const auto prints, m_record.remembered_prints(job));
      if (!prints) {
        return State::Unknown;
      }
      seen.prints = *prints;
    }
    why = difference(seen, slice);
    return why.empty() ? State::Fresh : State::Stale;
  }

private:
  std::optional<Digest> slice_of_next_compile(const Job& job) {
    const std::string source = job.inputs.empty() ? std::string() : job.inputs.front();
    const auto project = project_around(source, job.folder);
    if (is_ignored(job.inputs, job.folder, project ? *project : Project())) {
      return std::nullopt;
    }
    return Digest::from_hex(look_up({job.compiler, {}, {}}, project).digest);
  }

  const std::vector<Digest>& functions(const Digest& slice) {
    const auto [known, added] = m_functions.try_emplace(slice);
    if (added) {
      known->second = m_snapshot->functions(slice).value_or(std::vector<Digest>());
    }
    return known->second;
  }

  // How the plans of an object's functions differ from those they would get; empty: not at all.
  std::string difference(const PluginRecord& seen, const std::optional<Digest>& slice) {
    std::set<std::string> looked_up;
    std::size_t changed = 0;
    for (const FoundPlan& was : seen.plans) {
      looked_up.insert(was.fingerprint);
      changed += was.plan != plan_now(was, slice) ? 1 : 0;
    }
    std::size_t added = 0;
    if (slice && m_snapshot) {
      for (const Digest& function : functions(*slice)) {
        const bool held = holds_print(seen.prints, function);
        added += held && !looked_up.contains(function.hex()) ? 1 : 0;
      }
    }
    if (changed + added == 0) {
      return {};
    }
    return format("%zu function%s with %s plan", changed + added, changed + added == 1 ? "" : "s",
                  changed == 0 ? "a new" : "another");
  }

  std::string plan_now(const FoundPlan& was, const std::optional<Digest>& slice) {
    if (!slice || !m_snapshot) {
      return {};
    }
    const auto plan =
        m_snapshot->find(*slice, Digest::from_hex(was.fingerprint).value_or(Digest{}),
                         Digest::from_hex(was.context).value_or(Digest{}));
    return plan && *plan ? digest(**plan).hex() : std::string();
  }

  BuildRecord& m_record;
  std::optional<Snapshot> m_snapshot;
  std::map<Digest, std::vector<Digest>> m_functions;
};

Result<void> date_before_source(const StaleObject& object) {
  struct stat source {};
  if (::stat(object.source.c_str(), &source) != 0) {
    return fail(object.output + " cannot be compiled again: there is no " + object.source);
  }
  const timespec times[2] = {{0, UTIME_OMIT}, {source.st_mtim.tv_sec - 1, 0}};
  if (::utimensat(AT_FDCWD, object.output.c_str(), times, 0) != 0) {
    return fail_errno("cannot date " + object.output + " before its source");
  }
  return {};
}

struct Found {
  std::vector<StaleObject> stale;
  std::size_t unknown = 0;
};

Result<Found> find_stale(const std::string& folder) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto objects, record.objects(folder));
  Inspector inspector(record);
  Found found;
  for (const Job& job : objects) {
    if (!exists(job.output) || job.inputs.empty()) {
      continue;
    }
    std::string why;
    TRY(const State state, inspector.inspect(job, why));
    if (state == State::Stale) {
      found.stale.push_back({job.output, job.inputs.front(), why});
    }
    found.unknown += state == State::Unknown ? 1 : 0;
  }
  return found;
}

void print_as_json(const Found& found, bool touched) {
  nlohmann::ordered_json stale = nlohmann::ordered_json::array();
  for (const auto& object : found.stale) {
    stale.push_back({{"output", object.output}, {"source", object.source}, {"why", object.why}});
  }
  print_json({{"stale", stale}, {"unknown", found.unknown}, {"touched", touched}});
}

} // namespace

Result<int> execute(const StaleArguments& arguments) {
  const std::string folder =
      absolute(arguments.folder.empty() ? "." : arguments.folder, working_folder());
  TRY(const Found found, find_stale(folder.size() > 1 && folder.back() == '/'
                                        ? folder.substr(0, folder.size() - 1)
                                        : folder));
  int exit_code = exit_done;
  for (const auto& object : found.stale) {
    if (!arguments.json) {
      print(object.output + "  (" + object.why + ")\n");
    }
    if (const auto dated = arguments.touch ? date_before_source(object) : Result<void>(); !dated) {
      complain(dated.error());
      exit_code = exit_no;
    }
  }
  if (arguments.json) {
    print_as_json(found, arguments.touch && exit_code == exit_done);
  } else if (found.unknown > 0) {
    complain({format("%zu more object%s compiled without plans, and no session has seen what is in %s",
                     found.unknown, found.unknown == 1 ? " was" : "s were",
                     found.unknown == 1 ? "it" : "them"),
              "a clean build, should they have plans, too", {}});
  }
  return exit_code;
}

} // namespace autopass
