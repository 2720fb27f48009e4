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
// Other things go wrong on the way: a program without its passes may not link, overflow its stack or take a hundred times as
// long, or print a third thing. That is no answer, and ends the search among the passes with a note. Plans are left out: what is wrong with
// them alone is for `autopass bisect`.
//
// Invariant: both ends of what is halved were seen, one right and one wrong, and so are two neighbours in the end,
// whatever lies between; they are asked once more, for a program whose output changes by itself. Costs a compile of one file
// and a run for each halving, 12 to 20 of them.
#include "differing_pass.h"

#include "tune/smallest.h"
#include "util/paths.h"
#include "util/text.h"

#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace autopass {
namespace {

constexpr std::size_t most_questions = 40; // about files: a pair of some thousand

// Same: it complains of the very same thing as the way that is looked into.
enum class Answer { Right, Same, AlsoWrong, None };

bool is_wrong(Answer answer) { return answer == Answer::Same || answer == Answer::AlsoWrong; }

class Bisection {
public:
  Bisection(const Harness& harness, const Variant& wrong, const Patience& patience, const Talk& talk)
      : m_harness(harness), m_wrong(wrong), m_patience(patience), m_talk(talk), m_until(talk.budget.left() / 2) {}

  Result<DifferingPass> find() {
    if (out_of_time()) {
      return none("the pass was not looked for: the budget is spent");
    }
    const std::size_t files = m_harness.replica->target().units.size();
    std::vector<std::size_t> all(files);
    std::iota(all.begin(), all.end(), std::size_t{0});
    TRY(m_complaint, complaint_of(other_way(all)));
    if (m_complaint.none()) {
      return none(m_wrong.candidate.plans.empty() ? "it was right when it was built once more"
                                                  : "it is right without the plans");
    }
    TRY(auto guilty, guilty_files(files));
    if (guilty.empty()) {
      return none("the file that makes the difference was not found" + m_no_answer);
    }
    m_file = guilty.back();
    guilty.pop_back();
    m_others = other_way(guilty);
    return in_one_file();
  }

private:
  using Files = std::map<std::size_t, std::vector<std::string>>;
  using Words = std::vector<std::string>;

  bool out_of_time() const { return m_talk.budget.left() <= m_until; }
  DifferingPass none(const std::string& why) const { return {{}, {}, false, why}; }
  const std::string& source() const { return m_harness.replica->target().units[m_file].source; }

  Files other_way(const std::vector<std::size_t>& files) const {
    Files words;
    for (const std::size_t file : files) {
      words[file] = m_wrong.arguments;
    }
    return words;
  }

  Files limited(const Words& arguments, std::size_t limit) const {
    Files files = m_others;
    files[m_file] = with_limit(arguments, static_cast<long long>(limit));
    return files;
  }

  Result<Complaint> complaint_of(const Files& files) const {
    TRY(const Binary binary, m_harness.replica->build_variant(Variant{.by_unit = files}));
    return first_complaint(m_harness.runner, binary.path, workloads_of(m_harness, true), m_patience);
  }

  // Why there is no answer is in m_no_answer.
  Answer ask(const Files& files) {
    m_no_answer.clear();
    if (out_of_time()) {
      m_no_answer = ": the budget was spent";
      return Answer::None;
    }
    const Result<Complaint> complaint = complaint_of(files);
    if (!complaint) {
      m_no_answer = ": " + complaint.error().what;
      return Answer::None;
    }
    if (complaint->none()) {
      return Answer::Right;
    }
    if (complaint->what == m_complaint.what) {
      return Answer::Same;
    }
    m_no_answer = ": " + complaint->what;
    return complaint->ended && m_complaint.ended ? Answer::AlsoWrong : Answer::None;
  }

  // Enough of them to be wrong, the others being as built; what gives no answer counts as right here, and is then not
  // among them. None: that was not found out.
  Result<std::vector<std::size_t>> guilty_files(std::size_t files) {
    const auto still_wrong = [&](const std::vector<std::size_t>& kept) {
      return is_wrong(ask(other_way(kept))) ? std::optional(Error{}) : std::nullopt;
    };
    const Smallest found = find_smallest(files, 0, {}, still_wrong, most_questions, [&] { return out_of_time(); });
    return found.complete ? found.to_blame : std::vector<std::size_t>{};
  }

  Result<DifferingPass> in_one_file() {
    const Answer without_passes = ask(limited(m_wrong.arguments, 0));
    if (without_passes == Answer::Right) {
      return halve(m_wrong.arguments, true);
    }
    if (is_wrong(without_passes)) {
      const Answer as_built = ask(limited({}, 0));
      if (as_built == Answer::Same) {
        TRY(auto found, halve({}, false));
        found.as_built = true;
        return found;
      }
      if (as_built == Answer::Right) {
        return none("no pass makes the difference: the front end, or the choice of instructions does, of " + source());
      }
    }
    return none("no pass can be named, for " + source() + " without its passes tells nothing" + m_no_answer);
  }

  // Its end without passes was seen, and is on the other side.
  Result<DifferingPass> halve(const Words& arguments, bool wrong_with_all) {
    TRY(const auto runs, runs_of(arguments, every_pass));
    std::size_t low = 0, high = runs.empty() ? 0 : runs.back().number;
    if (high == 0) {
      return none("no pass of " + source() + " can be left out");
    }
    if (const Answer end = ask(limited(arguments, high)); end == Answer::None || is_wrong(end) != wrong_with_all) {
      return none(varies + m_no_answer);
    }
    const double all = double(high);
    while (high - low > 1) {
      m_talk.progress("bisect " + base_name(source()), 1 - double(high - low) / all);
      const std::size_t middle = low + (high - low) / 2;
      const Answer answer = ask(limited(arguments, middle));
      if (answer == Answer::None) {
        return none(format("it is one of the passes %zu to %zu of ", low + 1, high) + source() + m_no_answer);
      }
      (is_wrong(answer) == wrong_with_all ? high : low) = middle;
    }
    return confirmed(arguments, high, wrong_with_all);
  }

  Result<DifferingPass> confirmed(const Words& arguments, std::size_t pass, bool wrong_with_it) {
    const Answer with_it = ask(limited(arguments, pass)), without_it = ask(limited(arguments, pass - 1));
    TRY(const auto runs, runs_of(arguments, static_cast<long long>(pass)));
    const bool differs = with_it != Answer::None && without_it != Answer::None &&
                         is_wrong(with_it) == wrong_with_it && is_wrong(without_it) != wrong_with_it;
    if (!differs || runs.empty() || runs.back().number != pass) {
      return none(varies + m_no_answer);
    }
    return DifferingPass{runs.back(), source()};
  }

  Result<std::vector<PassRun>> runs_of(const Words& arguments, long long limit) const {
    TRY(const std::string said,
        m_harness.replica->words_about(Variant{.by_unit = {{m_file, with_limit(arguments, limit)}}}));
    return passes_run(said);
  }

  inline static const std::string varies = "no pass can be named: the answers are not the same each time";

  const Harness& m_harness;
  const Variant& m_wrong;
  const Patience& m_patience;
  const Talk& m_talk;
  const double m_until;
  Complaint m_complaint;   // of all files compiled in the other way
  std::string m_no_answer; // why the last question without an answer has none
  std::size_t m_file = 0;  // that is halved
  Files m_others;          // that have to be compiled in the other way, too
};

} // namespace

Result<DifferingPass> find_differing_pass(const Harness& harness, const Variant& wrong, const Patience& patience,
                                          const Talk& talk) {
  return Bisection(harness, wrong, patience, talk).find();
}

} // namespace autopass
