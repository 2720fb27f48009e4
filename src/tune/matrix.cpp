// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   way                        must print what the build prints, and is compared with
//   -O0 -O1 -O2 -O3            the level below: more optimisation has no business being slower
//   -Os -Oz                    nothing: they are for size
//   -O1 -O2 -O3 with plans     the level without, where plans act in the program
//   -march=x86-64-v2 -v3 -v4   the build itself, as far as this processor goes
//   aarch64 ... by qemu        nothing: an emulator's time is nobody's (processors.h)
//
// Each way is the recorded build with those words behind each compile's own. Plans belong to the context
// that they were found in; here they act in any. A way that prints something else is bisected to the pass
// (differing_pass.h). "Slower" is said when the interval, at a level
// corrected for the number of comparisons, and several code layouts that lose alike say so; then the
// pass to blame is looked for (slow_pass.h).
#include "matrix.h"

#include "agents/roles.h"
#include "basis.h"
#include "cache/clock.h"
#include "cleared.h"
#include "differing_pass.h"
#include "host_lock.h"
#include "in_force.h"
#include "measure/verdict.h"
#include "processors.h"
#include "slow_pass.h"
#include "subjects.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace autopass {
namespace {

struct Way {
  std::string name;
  Variant variant;
  std::string below; // a way's name; empty: only its output counts
  Prefix prefix = {}; // empty: the session's
};

const std::string as_built = "as built";

bool chooses_processor(const BuiltTarget& target) {
  const auto chooses = [](const std::string& word) {
    return word.starts_with("-march=") || word.starts_with("-mcpu=") || word.starts_with("--target");
  };
  return std::any_of(target.units.begin(), target.units.end(), [&](const Unit& unit) {
    return std::any_of(unit.compile.argv.begin(), unit.compile.argv.end(), chooses);
  });
}

std::vector<Way> all_ways(const BuiltTarget& target, const Candidate& plans, const Prefix& prefix,
                          Matrix& matrix) {
  std::vector<Way> ways = {{as_built, {}, ""},       {"-O0", {{"-O0"}}, ""},    {"-O1", {{"-O1"}}, "-O0"},
                           {"-O2", {{"-O2"}}, "-O1"}, {"-O3", {{"-O3"}}, "-O2"}, {"-Os", {{"-Os"}}, ""},
                           {"-Oz", {{"-Oz"}}, ""}};
  if (plans.plans.empty()) {
    matrix.notes.emplace_back("no plan acts in this program");
  } else {
    for (const char* level : {"-O1", "-O2", "-O3"}) {
      ways.push_back({std::string(level) + " with plans", {{level}, plans}, level});
    }
  }
  if (chooses_processor(target)) {
    matrix.notes.emplace_back("the build chooses a processor itself: no other was tried");
    return ways;
  }
  if (!prefix.empty()) {
    matrix.notes.emplace_back("what the prefix runs may be another processor: none but the build's was tried");
    return ways;
  }
  for (const auto& name : processor_levels()) {
    ways.push_back({"-march=" + name, {{"-march=" + name}}, as_built});
  }
  for (const auto& machine : emulated_processors()) {
    ways.push_back({machine.name, {machine.compile, {}, machine.link}, "", machine.prefix});
  }
  return ways;
}

// -O0 is slow, and no endless loop.
double slow_patience(const CheckedWorkload& workload) { return 60 + 100 * workload.gate.wall_seconds(); }

class Table {
public:
  Table(const Ways& compared, const Talk& talk, Matrix& matrix)
      : m_compared(compared), m_talk(talk), m_matrix(matrix) {}

  Result<void> fill(const std::vector<Way>& ways) {
    for (std::size_t at = 0; at < ways.size(); ++at) {
      m_talk.progress("output", double(at) / double(ways.size()));
      TRY_VOID(add(ways[at]));
    }
    find_differences(ways); // before speeds: a wrong output is worth more
    if (m_compared.harness.run_seconds < least_measured_seconds) {
      m_matrix.notes.push_back(format("a run takes %.0f ms, too little to measure: outputs alone were compared",
                                      1000 * m_compared.harness.run_seconds));
      return {};
    }
    for (std::size_t at = 0; at < ways.size(); ++at) {
      m_talk.progress("measure", double(at) / double(ways.size()));
      measure(ways, at);
    }
    for (std::size_t at = 0; at < ways.size(); ++at) {
      if (m_matrix.rows[at].slower) {
        find_reason(*below(ways, at), ways[at], m_matrix.rows[at]);
      }
    }
    find_differences(ways); // of what measuring has shown
    return {};
  }

private:
  void find_differences(const std::vector<Way>& ways) {
    for (const std::size_t at : std::exchange(m_differs, {})) {
      if (!ways[at].variant.arguments.empty()) {
        find_difference(ways[at], m_matrix.rows[at]);
      }
    }
  }

  // What cannot be built for another processor, for want of a library for instance, says nothing of the program.
  Result<void> add(const Way& way) {
    Matrix::Row row;
    row.name = way.name;
    row.below = way.below;
    const Harness& harness = m_compared.harness;
    const bool emulated = !way.prefix.empty();
    if (m_talk.budget.left() <= 0) {
      row.untried = "the budget is spent";
    } else if (const Result<Binary> binary = harness.replica->build_variant(way.variant); !binary) {
      row.builds = emulated;
      (emulated ? row.untried : row.wrong) = "it does not build: " + binary.error().what;
    } else if (emulated) {
      TRY_VOID(emulate(way.prefix, binary->path, row));
    } else {
      TRY_VOID(judge(binary->path, row));
    }
    m_matrix.rows.push_back(std::move(row));
    return {};
  }

  // An emulator has limits and faults of its own: a run that it does not bring to an end says nothing of the program.
  Result<void> emulate(const Prefix& prefix, const std::string& binary, Matrix::Row& row) {
    const Harness& harness = m_compared.harness;
    TRY(const Complaint complaint, first_complaint(harness.runner.with_prefix(prefix), binary,
                                                   workloads_of(harness, true), slow_patience));
    (complaint.ended ? row.wrong : row.untried) = complaint.what;
    return {};
  }

  // A machine that is short of something says nothing of the program either, so it is run twice, and the build's own between.
  Result<void> judge(const std::string& binary, Matrix::Row& row) {
    const Harness& harness = m_compared.harness;
    const auto run = [&](const std::string& path) {
      return first_complaint(harness.runner, path, workloads_of(harness, true), slow_patience);
    };
    TRY(const Complaint first, run(binary));
    if (first.none()) {
      return {};
    }
    TRY(const Complaint stock, run(harness.replica->baseline().path));
    if (!stock.none()) {
      return fail("the build itself gives another result than at the start: " + stock.what,
                  "try again when the machine has less to do", "output-varies");
    }
    TRY(const Complaint second, run(binary));
    if (second.none() && !first.ended) {
      m_matrix.notes.push_back(row.name + " was right when it was run again: " + first.what);
      return {};
    }
    row.wrong = first.what + (second.none() ? " (not each time)" : "");
    m_differs.insert(m_matrix.rows.size());
    return {};
  }

  void measure(const std::vector<Way>& ways, std::size_t at) {
    Matrix::Row& row = m_matrix.rows[at];
    const Way* lower = below(ways, at);
    if (lower == nullptr || !row.is_right() || !m_matrix.rows[std::size_t(lower - ways.data())].is_right()) {
      return;
    }
    if (m_compared.seconds() > m_talk.budget.left()) {
      m_matrix.notes.push_back(row.name + " was not measured: the budget is spent");
      return;
    }
    const Result<Against> found = m_compared.compare(row.name, lower->variant, ways[at].variant);
    if (!found) {
      m_matrix.notes.push_back(row.name + " was not measured against " + row.below + ": " + found.error().what);
      return;
    }
    const Against& against = *found;
    row.verdict = against.verdict;
    row.slower = against.verdict == verdict_name(Verdict::Slower);
    row.wrong = against.wrong;
    if (!row.wrong.empty()) {
      m_differs.insert(at);
    }
    row.samples = against.samples;
    if (against.interval.pairs > 0) {
      row.against = against.interval;
    }
  }

  // The way that ways[at] is compared with; null: none.
  static const Way* below(const std::vector<Way>& ways, std::size_t at) {
    const auto found = std::find_if(ways.begin(), ways.end(),
                                    [&](const Way& way) { return way.name == ways[at].below; });
    return found == ways.end() ? nullptr : &*found;
  }

  void find_reason(const Way& below, const Way& way, Matrix::Row& row) {
    m_talk.say(row.name + " is slower than " + row.below + ": looking for the pass");
    const Result<SlowPass> looked = find_slow_pass(m_compared, below.variant, way.variant, 1 / row.against->ratio, m_talk);
    if (!looked) {
      m_matrix.notes.push_back(row.name + ": the pass was not found: " + looked.error().what);
      return;
    }
    const SlowPass& found = *looked;
    row.pass = found.pass;
    row.samples.insert(row.samples.end(), found.samples.begin(), found.samples.end());
    if (!found.pass.empty()) {
      row.without = found.without;
    } else {
      m_matrix.notes.push_back(row.name + ": " + found.why_none);
    }
  }

  void find_difference(const Way& way, Matrix::Row& row) {
    m_talk.say(row.name + " prints something else: looking for the pass");
    const Result<DifferingPass> found = find_differing_pass(m_compared.harness, way.variant, slow_patience, m_talk);
    if (!found || found->run.pass.empty()) {
      m_matrix.notes.push_back(row.name + ": " + (found ? found->why_none : found.error().what));
      return;
    }
    row.pass = found->run.pass;
    row.pass_on = found->run.on;
    row.pass_in = found->source;
    row.pass_at = found->as_built ? as_built : row.name;
  }

  const Ways& m_compared;
  const Talk& m_talk;
  Matrix& m_matrix;
  std::set<std::size_t> m_differs; // rows of another output than the build's, on this processor
};

Candidate in_any_context(Candidate candidate) {
  for (auto& plan : candidate.plans) {
    plan.context = Digest();
  }
  return candidate;
}

} // namespace

Result<Matrix> matrix(const TuneOptions& asked, const Project& project, const Config& config) {
  TuneOptions options = asked;
  options.outputs_will_do = true;
  Matrix found;
  found.started_at = utc_now();
  Budget budget(options.budget_seconds);
  const Talk talk{options, budget};
  TRY(BuildRecord record, open_everything());
  talk.progress("resolve", 0);
  TRY(const Basis basis, find_basis(record, options, project, config));
  TRY(const HostLock lock, HostLock::acquire());
  const Cleared scratch(parent(basis.scratch));
  TRY(Harness harness, rebuild_and_calibrate(basis, options, talk));
  harness.runner.set_timeout(60 + 100 * harness.run_seconds);

  Hasher name;
  name.text("matrix").digest(session_name(basis, harness, options));
  TRY(Journal journal, Journal::open(record, name.finish(), true));
  talk.progress("profile", 0);
  const auto score = make_expert_score();
  const auto analysis = make_expert_analysis();
  constexpr std::size_t nobody = 0; // nothing is searched for
  TRY(const Inspection inspection, inspect(harness, *score, *analysis, basis.scratch, nobody));
  TRY(const PlansInForce in_force, plans_in_force(basis, inspection));

  found.target = basis.target.path;
  found.compiler = basis.toolchain.compiler.path;
  found.sandbox = harness.sandbox;
  if (!options.prefix.empty()) {
    found.notes.push_back("measured through " + options.prefix.text() + ", clock " + harness.clock);
  }
  const auto ways = all_ways(basis.target, in_any_context(in_force.published),
                             options.prefix, found);
  const auto comparisons = std::count_if(ways.begin(), ways.end(),
                                         [](const Way& way) { return !way.below.empty(); });
  const Ways compared{harness, journal, 1 - 0.05 / double(comparisons), budget};
  TRY_VOID(Table(compared, talk, found).fill(ways));
  note_runs_left(harness, found.notes);
  found.session_seconds = budget.spent();
  TRY_VOID(journal.clear());
  return found;
}

} // namespace autopass
