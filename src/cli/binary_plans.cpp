// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which plans are in a file that is there. Said of a plan is "applied" only when all of this holds:
//
//   the file is what its recorded link (or compile) wrote, by time, or by content where it was copied
//   each object in it is what its recorded compile wrote, and not newer than the file
//   the plugin's record of that compile names the plan, and says that all it names were applied
//
// With link-time optimisation a part of a plan can be left to the link, or left out: that is said of the object.
// Everything else is "not known", with the reason; what a later build would apply is not asked here
// (autopass stale).
#include "binary_plans.h"

#include "build/elf.h"
#include "cache/function_counts.h"
#include "cache/object_time.h"
#include "cache/source_endings.h"
#include "function_place.h"
#include "plan/plan_file.h"
#include "record.h"
#include "request.h"
#include "util/file.h"
#include "util/hash.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/classify.h"

#include <algorithm>
#include <set>

namespace autopass {
namespace {

using Output = BuildRecord::Output;

std::string why_not_known(Output whose) {
  return whose == Output::OfAnEarlierOne
             ? "its last compile has failed, and left what an earlier one had written"
             : "written since without a record of ours (AUTOPASS=off, another compiler, a copy)";
}

// The file that AUTOPASS_PLANS names, for the names of what was compiled with it.
struct PlansByHand {
  std::string slice;
  PlanFile file;
};

PlansByHand read_plans_by_hand() {
  const auto text = read_file(plan_file_path(), largest_plan_file);
  auto file = text ? parse_plan_file(*text) : tl::make_unexpected(text.error());
  return file ? PlansByHand{hash_text(*text).hex(), std::move(*file)} : PlansByHand();
}

bool is_source(const std::string& path) { return is_one_of(ending_of(path), source_endings); }

class Reader {
public:
  Reader(BuildRecord& record, std::vector<PublishedPlan> published, std::string binary)
      : m_record(record), m_published(std::move(published)), m_binary(std::move(binary)) {
    if (const auto symbols = functions(m_binary)) {
      for (const Symbol& symbol : *symbols) {
        m_symbols.insert(symbol.name);
      }
    }
  }

  // What the plugin has written down about this job's output.
  Result<void> read(const Job& job) {
    m_contents.objects += job.kind == JobKind::Link ? 0 : 1;
    if (job.kind == JobKind::Link) {
      const bool knows = !job.reason.empty() || classify({job.argv.begin() + 1, job.argv.end()}, job.folder).lto;
      m_contents.link_reason = knows ? job.reason : "it was not told -flto";
    }
    const auto written = modification_time(job.output);
    if (!written) {
      return unknown(job, "it is not there any more");
    }
    TRY(const Output whose, m_record.whose_output(job));
    if (whose != Output::OfTheJob) {
      return unknown(job, why_not_known(whose));
    }
    if (const auto whole = modification_time(m_binary); whole && *written > *whole) {
      return unknown(job, "newer than the file that it was linked into");
    }
    if (job.slice.empty()) {
      return {}; // without the plugin: no plans
    }
    m_by_hand_was_used = m_by_hand_was_used || job.slice == m_by_hand.slice;
    TRY(const auto plugin, m_record.plugin_record(job.output));
    if (!plugin || plugin->slice != job.slice) {
      return unknown(job, "the plugin left no record: it was compiled at -O0, or a compiler cache had it");
    }
    if (std::count_if(job.inputs.begin(), job.inputs.end(), is_source) != 1) {
      return unknown(job, "several sources in one command: only the last one's record is there");
    }
    // A plan that was found can still be refused, or given up when the compile with it failed.
    const auto found = std::count_if(plugin->plans.begin(), plugin->plans.end(),
                                     [](const FoundPlan& one) { return !one.plan.empty(); });
    const auto count = [&](FunctionCount what) {
      const auto place = plugin->counts.find(std::string(name_of(what)));
      return place == plugin->counts.end() ? 0 : place->second;
    };
    if (found != count(FunctionCount::Applied)) {
      return unknown(job, "some plan was refused there; autopass explain has the reasons");
    }
    for (const FoundPlan& one : plugin->plans) {
      add(one, job);
    }
    const LeftToLink at_link{count(FunctionCount::LtoLeftOut), count(FunctionCount::LinkNoted)};
    if (at_link.left_out + at_link.functions > 0) {
      m_contents.at_link[job.output] = at_link;
    }
    return {};
  }

  BinaryPlans take() {
    if (m_by_hand_was_used) {
      find_not_met();
    }
    return std::move(m_contents);
  }

private:
  // A plan that several functions have by hand is found as often as there are functions that were met.
  void find_not_met() {
    std::map<std::string, std::vector<std::string>> names;  // by digest
    std::map<std::string, std::set<std::string>> functions; // that have it, by digest
    for (const auto& [name, plan] : m_by_hand.file.functions) {
      if (plan) { // what is not valid is the compiles' to count
        names[digest(*plan).hex()].push_back(name);
      }
    }
    for (const PlanInBinary& one : m_contents.applied) {
      functions[one.found.plan].insert(one.found.fingerprint);
    }
    for (const auto& [plan, called] : names) {
      const std::size_t met = functions[plan].size();
      if (met == 0) {
        m_contents.not_met.insert(m_contents.not_met.end(), called.begin(), called.end());
      } else if (met < called.size()) {
        m_contents.not_met.push_back(format("%zu of ", called.size() - met) + join(called, ", "));
      }
    }
  }

  Result<void> unknown(const Job& job, const std::string& why) {
    m_contents.unknown[job.output] = why;
    return {};
  }

  void add(const FoundPlan& found, const Job& job) {
    PlanInBinary applied;
    applied.found = found;
    applied.object = job.output;
    if (job.slice == m_by_hand.slice) {
      std::vector<std::string> called;
      for (const auto& [name, plan] : m_by_hand.file.functions) {
        if (plan && digest(*plan).hex() == found.plan) {
          applied.elements = join(elements(*plan), "; ");
          called.push_back(name);
        }
      }
      applied.function = called.size() == 1 ? called.front() : ""; // of several with this plan: which?
    }
    for (const PublishedPlan& one : m_published) {
      if (one.plan.fingerprint.hex() == found.fingerprint) {
        applied.function = one.plan.function;
        if (digest(one.plan.plan).hex() == found.plan) {
          applied.elements = join(elements(one.plan.plan), "; ");
        }
      }
    }
    applied.symbol = m_symbols.count(applied.function) != 0;
    (found.plan.empty() ? m_contents.refused : m_contents.applied).push_back(std::move(applied));
  }

  BuildRecord& m_record;
  std::vector<PublishedPlan> m_published;
  std::string m_binary;
  PlansByHand m_by_hand = read_plans_by_hand();
  bool m_by_hand_was_used = false;
  std::set<std::string> m_symbols;
  BinaryPlans m_contents;
};

// The jobs behind a file: its compile, or its link's compiles and the link.
Result<std::vector<Job>> jobs_behind(BuildRecord& record, const std::string& path) {
  TRY(const auto producer, record.producer(path));
  if (producer && producer->kind == JobKind::Compile) {
    return std::vector<Job>{*producer};
  }
  if (producer) { // else the link may be found by what it wrote
    TRY(const Output whose, record.whose_output(*producer));
    if (whose != Output::OfTheJob) {
      return fail("what is in " + path + " is not known: it was " + why_not_known(whose),
                  "build it again with autopass-clang", "output-unknown");
    }
  }
  TRY(const Project project, project_of(path, parent(path)));
  TRY(const BuiltTarget target, resolve(record, project, path));
  std::vector<Job> jobs;
  std::set<std::string> outputs;
  for (const Unit& unit : target.units) {
    if (outputs.insert(unit.compile.output).second) {
      jobs.push_back(unit.compile);
    }
  }
  if (outputs.insert(target.link.output).second) {
    jobs.push_back(target.link);
  }
  return jobs;
}

} // namespace

Result<BinaryPlans> plans_in_binary(const std::string& path) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto jobs, jobs_behind(record, path));
  TRY(auto published, published_plans());
  Reader reader(record, std::move(published), path);
  for (const Job& job : jobs) {
    TRY_VOID(reader.read(job));
  }
  return reader.take();
}

} // namespace autopass
