// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/search.h"

#include "measured.h"
#include "util/text.h"

#include <cmath>

using namespace autopass;

namespace {

Proposal unrolled(std::int64_t count) {
  Proposal proposal;
  proposal.plans = {{Digest{1, 1}, unroll(1, count).plan}};
  proposal.agent = "list";
  return proposal;
}

// Proposes what it is given, once.
class List : public Reasoning {
public:
  explicit List(std::vector<Proposal> proposals) : m_proposals(std::move(proposals)) {}
  Result<std::vector<Proposal>> propose(const SearchState&) override {
    return std::exchange(m_proposals, {});
  }
  std::string name() const override { return "list"; }

private:
  std::vector<Proposal> m_proposals;
};

// A target of one function, and what its candidates were measured to be. What was not said cannot
// be measured: the search fails.
struct Searched : Measured {
  Inspection inspection;
  SearchOptions options;
  std::vector<Proposal> proposals;
  Denied denied;
  std::map<std::string, int> rejected;

  Searched() {
    harness.run_seconds = 1;
    Subject subject;
    subject.evidence.fingerprint = {1, 1};
    subject.share = 1;
    inspection.subjects = {subject};
    inspection.functions = {subject.evidence};
    inspection.findings.resize(1);
    options.target = "/bin/x";
    options.build_ahead = false;
  }
  void pairs(const std::string& look, const Proposal& proposal, double ratio) {
    const Candidate candidate = to_candidate(proposal, inspection.functions, options.target, {});
    for (int pair = 0; pair < 16; ++pair) {
      Comparison one;
      one.samples.pairs.push_back({ratio + 1e-6 * pair, 1, true});
      one.interval = interval(one.samples.log_ratios(), 0.95);
      REQUIRE(journal.add(format("%s %s pair %d train 1", look.c_str(),
                                 digest(candidate).hex().c_str(), pair),
                          one, 0.95));
    }
  }
  void proposed(std::int64_t count, double ratio) {
    proposals.push_back(unrolled(count));
    pairs("search", unrolled(count), ratio);
  }
  void again(std::int64_t count, double ratio) { pairs("again", unrolled(count), ratio); }

  std::vector<std::int64_t> finalists(double seconds) {
    options.reasoners.push_back(std::make_unique<List>(proposals));
    Budget budget(seconds);
    const auto evaluation = make_expert_evaluation();
    Blame blame(harness, denied);
    const auto found =
        search(harness, journal, inspection, *evaluation, blame, budget, std::move(options)).value();
    rejected = found.rejected;
    std::vector<std::int64_t> counts;
    for (const Finalist& finalist : found.finalists) {
      counts.push_back(std::get<std::int64_t>(finalist.candidate.plans[0].plan.params[0].value));
    }
    return counts;
  }
};

} // namespace

TEST_CASE("finalists are those that stay ahead in a second look, the best first") {
  Searched searched;
  searched.proposed(2, 1.10); // the luckiest
  searched.proposed(3, 1.06);
  searched.proposed(4, 1.05);
  searched.proposed(6, 0.97); // never looked at again
  searched.again(2, 0.88);
  searched.again(3, 1.02);
  searched.again(4, 1.06);
  CHECK(searched.finalists(600) == std::vector<std::int64_t>{4, 3});
}

TEST_CASE("what an earlier session has counted stays in its plans, when nothing is counted now") {
  Searched searched;
  FunctionEvidence warm;
  warm.fingerprint = {9, 9};
  searched.inspection.functions.push_back(warm);
  Proposal ours = unrolled(2);
  ours.plans.push_back({warm.fingerprint, {}});
  ours.plans.back().plan.profile = PlanProfile{{1, 2}, 9, {{3, 4}}};
  searched.options.incumbent = ours;
  searched.pairs("search", ours, 1.05);
  searched.pairs("again", ours, 1.05);
  CHECK(searched.finalists(600) == std::vector<std::int64_t>{2});
}

TEST_CASE("second looks leave the time that a confirmation takes, but the best has one") {
  Searched searched;
  searched.proposed(2, 1.04);
  searched.proposed(3, 1.10);
  searched.again(3, 1.10);
  searched.options.settle_seconds = 595;
  CHECK(searched.finalists(600) == std::vector<std::int64_t>{3});
}

TEST_CASE("a plan under which the compiler crashes is tried once, and in no later session; its rest is tried") {
  const TestFolder folder;
  const std::string store = folder / "plans.db";
  for (const bool first : {true, false}) {
    Searched searched;
    searched.denied = Denied::open(store, "", 22).value();
    Proposal crashing = unrolled(NoReplica::crashing), rest = crashing;
    crashing.plans[0].plan.codegen = rest.plans[0].plan.codegen = {{"x86-cmov-converter", false}};
    rest.plans[0].plan.params.clear();
    searched.proposals = {unrolled(NoReplica::crashing), crashing};
    searched.pairs("search", rest, 0.97);
    CHECK(searched.finalists(600).empty());
    CHECK(searched.rejected["failed"] == (first ? 1 : 0));
    CHECK(searched.rejected["denied"] == (first ? 1 : 2));
    CHECK(searched.rejected["looks slower"] + searched.rejected["no difference found"] == 1);
  }
  CHECK(PlanStore::open(store)->denials()->size() == 1);
}
