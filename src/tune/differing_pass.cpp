// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An output has two sides, right and wrong, so that this is a bisection (slow_pass.cpp has the reason why slowness is none).
// First over the files, then over the passes of one:
//
//   build a.o b.o main.o as the build does, but some of them with -O3     b.o alone is enough to be wrong
//   b.o with -O3, no pass left out         wrong
//   b.o with -O3, limit 0                  right                          then halve: 420 right, 421 wrong
//   pass 421 of that compile               licm on loop %while.cond in function next
//
// A program that is wrong with the limit 0 already, as at -O0, has the difference on the other side: it is a pass of the
// build as it is that makes it print what is called right (an overflow that is assumed not to happen, for instance), and its
// compile is halved instead. Where neither compile's limit makes a difference it is no pass: the front end (a macro, a
// type of another size) or the choice of instructions.
//
// Invariant: both ends of what is halved were seen, one right and one wrong, and so are two neighbours in the end,
// whatever lies between; they are asked once more, for a program whose output changes by itself. Plans are left out: what is
// wrong with them alone is for `autopass bisect`. Costs a compile of one file
// and a run for each halving, 12 to 20 of them.
#include "differing_pass.h"

#include "smallest.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr std::size_t most_questions = 24; // about files

// The run of a file without its passes takes a multiple of the build's own time, and may never end.
double patience(const CheckedWorkload& workload) { return 10 + 30 * workload.gate.wall_seconds(); }

class Bisection {
public:
  Bisection(const Harness& harness, const Variant& wrong, const Talk& talk)
      : m_harness(harness), m_wrong(wrong), m_talk(talk), m_until(talk.budget.left() / 2) {}

  Result<DifferingPass> find() {
    const std::size_t files = m_harness.replica->target().units.size();
    std::vector<std::size_t> all(files);
    for (std::size_t file = 0; file < files; ++file) {
      all[file] = file;
    }
    TRY(const bool still_wrong, is_wrong(other_way(all)));
    if (!still_wrong) {
      return none(m_wrong.candidate.plans.empty() ? "it was right when it was built once more"
                                                  : "it is right without the plans: `autopass bisect` looks for the one to blame");
    }
    TRY(auto guilty, guilty_files(files));
    m_file = guilty.back();
    guilty.pop_back();
    m_others = other_way(guilty);
    TRY(auto found, in_the_compile_of(m_wrong.arguments, true));
    if (!found.run.pass.empty() || out_of_time()) {
      return found;
    }
    TRY(found, in_the_compile_of({}, false));
    found.as_built = true;
    return found;
  }

private:
  using Files = std::map<std::size_t, std::vector<std::string>>;

  bool out_of_time() const { return m_talk.budget.left() < m_until; }
  DifferingPass none(const std::string& why) const { return {{}, {}, false, why}; }

  Files other_way(const std::vector<std::size_t>& files) const {
    Files words;
    for (const std::size_t file : files) {
      words[file] = m_wrong.arguments;
    }
    return words;
  }

  Result<bool> is_wrong(const Files& files) const {
    TRY(const Binary binary, m_harness.replica->build_variant(Variant{.by_unit = files}));
    TRY(const std::string complaint,
        first_complaint(m_harness.runner, binary.path, workloads_of(m_harness, true), patience));
    return !complaint.empty();
  }

  // Enough of them to be wrong, the others being as built.
  Result<std::vector<std::size_t>> guilty_files(std::size_t files) const {
    std::optional<Error> broken;
    const auto ask = [&](const std::vector<std::size_t>& kept) -> std::optional<Error> {
      const auto wrong = is_wrong(other_way(kept));
      if (!wrong) {
        broken = wrong.error();
      }
      return wrong && *wrong ? std::optional(Error{}) : std::nullopt;
    };
    const Smallest found = find_smallest(files, 0, {}, ask, most_questions, [&] { return broken || out_of_time(); });
    if (broken) {
      return tl::make_unexpected(*broken);
    }
    return found.to_blame;
  }

  Files limited(const std::vector<std::string>& arguments, long long limit) const {
    Files files = m_others;
    files[m_file] = with_limit(arguments, limit);
    return files;
  }

  // With all its passes the program is known to be wrong, or not.
  Result<DifferingPass> in_the_compile_of(const std::vector<std::string>& arguments, bool wrong_with_all) {
    TRY(const bool wrong_with_none, is_wrong(limited(arguments, 0)));
    if (wrong_with_none == wrong_with_all) {
      return none("no pass makes the difference: the front end, or the choice of instructions does");
    }
    TRY(const auto runs, runs_of(arguments, every_pass));
    std::size_t low = 0, high = runs.empty() ? 0 : runs.back().number;
    const double halvings = double(high);
    while (high - low > 1) {
      if (out_of_time()) {
        return none(format("the budget was spent between the passes %zu and %zu of ", low, high) + source());
      }
      m_talk.progress("bisect " + base_name(source()), 1 - double(high - low) / halvings);
      const std::size_t middle = low + (high - low) / 2;
      TRY(const bool wrong, is_wrong(limited(arguments, static_cast<long long>(middle))));
      (wrong == wrong_with_all ? high : low) = middle;
    }
    return confirmed(arguments, high, wrong_with_all);
  }

  Result<DifferingPass> confirmed(const std::vector<std::string>& arguments, std::size_t pass, bool wrong_with_it) {
    const auto limit = static_cast<long long>(pass);
    TRY(const bool with_it, is_wrong(limited(arguments, limit)));
    TRY(const bool without_it, is_wrong(limited(arguments, limit - 1)));
    TRY(const auto runs, runs_of(arguments, limit));
    if (with_it != wrong_with_it || without_it == wrong_with_it || runs.empty() || runs.back().number != pass) {
      return none("it does not print the same each time: no pass can be named");
    }
    return DifferingPass{runs.back(), source()};
  }

  Result<std::vector<PassRun>> runs_of(const std::vector<std::string>& arguments, long long limit) const {
    TRY(const std::string said,
        m_harness.replica->words_about(Variant{.by_unit = {{m_file, with_limit(arguments, limit)}}}));
    return passes_run(said);
  }

  const std::string& source() const { return m_harness.replica->target().units[m_file].source; }

  const Harness& m_harness;
  const Variant& m_wrong;
  const Talk& m_talk;
  const double m_until;
  std::size_t m_file = 0; // that is halved
  Files m_others;         // that have to be compiled in the other way, too
};

} // namespace

Result<DifferingPass> find_differing_pass(const Harness& harness, const Variant& wrong, const Talk& talk) {
  return Bisection(harness, wrong, talk).find();
}

} // namespace autopass
