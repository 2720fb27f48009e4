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
// An object that something else has written since (AUTOPASS=off, another compiler, a copy) is none of
// these: no record tells of it, and nothing is claimed (cache/object_time.h).
//
// Dated one second before its source an object is out of date for make and for ninja; it is still
// there should the build fail, and the source is not touched (docs/decisions.md: what was tried).
#include "cache/slice_place.h"
#include "cache/snapshot.h"
#include "cache/snapshot_check.h"
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

enum class State { Fresh, Stale, Unknown, Unrecorded };

struct StaleObject {
  Job job;
  std::string why;
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
    TRY(const auto whose, m_record.whose_output(job));
    if (whose == BuildRecord::Output::OfAnEarlierOne) {
      why = "older than its last compile, which has failed";
      return State::Stale;
    }
    if (whose == BuildRecord::Output::WrittenSince) {
      return State::Unrecorded;
    }
    const auto slice = slice_of_next_compile(job);
    if (job.slice == (slice ? slice->hex() : "")) {
      return State::Fresh;
    }
    TRY(const auto plugin, m_record.plugin_record(job.output));
    const bool known = plugin && (plugin->functions == 0 || !plugin->prints.empty());
    if (!job.slice.empty() && (!known || plugin->slice != job.slice || job.inputs.size() != 1)) {
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
    const Slice slice = look_up({job.compiler, {}, {}}, source, job.folder);
    // What a cache has started it will start again.
    if (is_ignored(job.inputs, job.folder, slice.project) ||
        job.reason == entry_of(Reason::BehindCache).name) {
      return std::nullopt;
    }
    return Digest::from_hex(slice.digest);
  }

  const std::vector<Digest>& functions(const Digest& slice) {
    const auto [known, added] = m_functions.try_emplace(slice);
    if (added) {
      known->second = planned_functions(snapshot_path(), slice).value_or(std::vector<Digest>());
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

// It stays the object that we know, until something writes it anew.
Result<void> date_before_source(BuildRecord& record, const Job& job) {
  struct stat source {};
  if (::stat(job.inputs.front().c_str(), &source) != 0) {
    return fail(job.output + " cannot be compiled again: there is no " + job.inputs.front());
  }
  const timespec times[2] = {{0, UTIME_OMIT}, {source.st_mtim.tv_sec - 1, 0}};
  if (::utimensat(AT_FDCWD, job.output.c_str(), times, 0) != 0) {
    return fail_errno("cannot date " + job.output + " before its source");
  }
  return record.remember_object(job, times[1].tv_sec * 1'000'000'000ll);
}

struct Found {
  std::vector<StaleObject> stale;
  std::size_t unknown = 0;    // compiled without plans, seen by nobody
  std::size_t unrecorded = 0; // written since without a record
};

Result<Found> find_stale(BuildRecord& record, const std::string& folder) {
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
      found.stale.push_back({job, why});
    }
    found.unknown += state == State::Unknown ? 1 : 0;
    found.unrecorded += state == State::Unrecorded ? 1 : 0;
  }
  return found;
}

void print_as_json(const Found& found, bool touched) {
  nlohmann::ordered_json stale = nlohmann::ordered_json::array();
  for (const auto& object : found.stale) {
    const Job& job = object.job;
    stale.push_back({{"output", job.output}, {"source", job.inputs.front()}, {"why", object.why}});
  }
  print_json({{"stale", stale},
              {"unknown", found.unknown},
              {"unrecorded", found.unrecorded},
              {"touched", touched}});
}

void complain_of_the_rest(const Found& found) {
  const auto were = [](std::size_t count) { return count == 1 ? " was" : "s were"; };
  const auto them = [](std::size_t count) { return count == 1 ? "it" : "them"; };
  if (const auto count = found.unknown; count > 0) {
    complain({format("%zu more object%s compiled without plans, and no session has seen what is in %s",
                     count, were(count), them(count)),
              "a clean build, should they have plans, too", {}});
  }
  if (const auto count = found.unrecorded; count > 0) {
    complain({format("%zu more object%s written since without a record of ours (AUTOPASS=off, another "
                     "compiler, a copy): what is in %s is not known",
                     count, were(count), them(count)),
              "a build with autopass-clang, should they have plans", {}});
  }
}

} // namespace

Result<int> execute(const StaleArguments& arguments) {
  const std::string folder =
      absolute(arguments.folder.empty() ? "." : arguments.folder, working_folder());
  if (!exists(folder)) {
    return fail("there is no " + folder);
  }
  TRY(BuildRecord record, open_build_record());
  TRY(const Found found, find_stale(record, folder.size() > 1 && folder.back() == '/'
                                                ? folder.substr(0, folder.size() - 1)
                                                : folder));
  int exit_code = exit_done;
  for (const auto& object : found.stale) {
    if (!arguments.json) {
      print(object.job.output + "  (" + object.why + ")\n");
    }
    if (const auto dated = arguments.touch ? date_before_source(record, object.job) : Result<void>();
        !dated) {
      complain(dated.error());
      exit_code = exit_no;
    }
  }
  if (arguments.json) {
    print_as_json(found, arguments.touch && exit_code == exit_done);
  } else {
    complain_of_the_rest(found);
  }
  return exit_code;
}

} // namespace autopass
