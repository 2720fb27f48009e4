// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "table.h"

#include "differing_pass.h"
#include "measure/verdict.h"
#include "slow_pass.h"
#include "util/text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace autopass {
namespace {

// -O0 is slow, and no endless loop.
double slow_patience(const CheckedWorkload& workload) { return 60 + 100 * workload.gate.wall_seconds(); }

class Table {
public:
  Table(const Comparer& comparer, const Talk& talk, Matrix& matrix)
      : m_comparer(comparer), m_talk(talk), m_matrix(matrix) {}

  Result<void> fill(const std::vector<Way>& ways) {
    for (std::size_t at = 0; at < ways.size(); ++at) {
      m_talk.progress("output", double(at) / double(ways.size()));
      TRY_VOID(add(ways[at]));
    }
    find_differences(ways); // before speeds: a wrong output is worth more
    if (m_comparer.harness.run_seconds < least_measured_seconds) {
      m_matrix.notes.push_back(format("a run takes %.0f ms, too little to measure: outputs alone were compared",
                                      1000 * m_comparer.harness.run_seconds));
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
    const Harness& harness = m_comparer.harness;
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
    if (!emulated && !m_matrix.rows.back().wrong.empty() && m_matrix.rows.back().builds) {
      m_differs.insert(m_matrix.rows.size() - 1);
    }
    return {};
  }

  // Behind a prefix a program has another path than the gate's, which one that prints its path cannot hide.
  Result<bool> tells_its_path() {
    if (!m_tells_its_path) {
      const Harness& harness = m_comparer.harness;
      TRY(const Prefix harmless, Prefix::parse("env", "/"));
      TRY(const Complaint complaint, first_complaint(harness.runner.with_prefix(harmless), harness.replica->baseline().path,
                                                     workloads_of(harness, true), slow_patience));
      m_tells_its_path = !complaint.none() && complaint.ended;
    }
    return *m_tells_its_path;
  }

  // An emulator has limits and faults of its own: a run that it does not bring to an end says nothing of the program.
  Result<void> emulate(const Prefix& prefix, const std::string& binary, Matrix::Row& row) {
    TRY(const bool tells, tells_its_path());
    if (tells) {
      row.untried = "the program prints another thing when it is run by another path, as it is through an emulator";
      return {};
    }
    const Harness& harness = m_comparer.harness;
    TRY(const Complaint complaint, first_complaint(harness.runner.with_prefix(prefix), binary,
                                                   workloads_of(harness, true), slow_patience));
    (complaint.ended ? row.wrong : row.untried) = complaint.what;
    return {};
  }

  // A machine that is short of something says nothing of the program either, so it is run twice, and the build's own between.
  Result<void> judge(const std::string& binary, Matrix::Row& row) {
    const Harness& harness = m_comparer.harness;
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
    row.wrong = first.what + (second.none() ? not_each_time : "");
    return {};
  }

  // One that was right at first, and then, with another stack or in another layout, was not.
  void doubt(const Way& way, std::size_t at, const std::string& seen, bool crashed) {
    Matrix::Row& row = m_matrix.rows[at];
    const Result<Binary> binary = m_comparer.harness.replica->build_variant(way.variant);
    const Result<void> judged = binary ? judge(binary->path, row) : Result<void>(tl::make_unexpected(binary.error()));
    if (!judged) {
      m_matrix.notes.push_back(row.name + ": " + seen + "; looked at again: " + judged.error().what);
      return;
    }
    if (row.wrong.empty() && crashed) { // which may be the machine's doing
      m_matrix.notes.push_back(row.name + " was right when it was run again: " + seen);
      return;
    }
    if (row.wrong.empty()) {
      row.wrong = seen + not_each_time;
    }
    m_differs.insert(at);
  }

  void measure(const std::vector<Way>& ways, std::size_t at) {
    Matrix::Row& row = m_matrix.rows[at];
    const Way* lower = below(ways, at);
    if (lower == nullptr || !row.is_right() || !m_matrix.rows[std::size_t(lower - ways.data())].is_right()) {
      return;
    }
    if (m_comparer.seconds() > m_talk.budget.left()) {
      m_matrix.notes.push_back(row.name + " was not measured: the budget is spent");
      return;
    }
    const Result<Against> found = m_comparer.compare(row.name, lower->variant, ways[at].variant);
    if (!found && found.error().reason == "output-varies" && lower->name != as_built) {
      doubt(*lower, std::size_t(lower - ways.data()), found.error().what.substr(baseline_changed.size()), false);
    }
    if (!found) {
      m_matrix.notes.push_back(row.name + " was not measured against " + row.below + ": " + found.error().what);
      return;
    }
    const Against& against = *found;
    row.verdict = against.verdict;
    row.slower = against.verdict == verdict_name(Verdict::Slower);
    if (!against.wrong.empty()) {
      doubt(ways[at], at, against.wrong, against.crashed);
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
    const Result<SlowPass> looked = find_slow_pass(m_comparer, below.variant, way.variant, 1 / row.against->ratio, m_talk);
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
    const Result<DifferingPass> found = find_differing_pass(m_comparer.harness, way.variant, slow_patience, m_talk);
    if (!found || found->run.pass.empty()) {
      m_matrix.notes.push_back(row.name + ": " + (found ? found->why_none : found.error().what));
      return;
    }
    row.pass = found->run.pass;
    row.pass_on = found->run.on;
    row.pass_in = found->source;
    row.pass_at = found->as_built ? as_built : row.name;
  }

  const Comparer& m_comparer;
  const Talk& m_talk;
  Matrix& m_matrix;
  static constexpr const char* not_each_time = " (not each time)";
  std::optional<bool> m_tells_its_path; // once somebody has asked
  std::set<std::size_t> m_differs; // rows of another output than the build's, on this processor
};

} // namespace

Result<void> fill_table(const std::vector<Way>& ways, const Comparer& comparer, const Talk& talk, Matrix& matrix) {
  return Table(comparer, talk, matrix).fill(ways);
}

} // namespace autopass
