// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/self_test.h"

#include "measured.h"

#include <filesystem>
#include <fstream>

using namespace autopass;

namespace {

const Digest subject{3, 4};

// What becomes of each mutation: another output, the same, or no other code.
struct Broken : NoReplica {
  explicit Broken(std::map<std::string, std::string> outcomes)
      : NoReplica("/nonexistent"), m_outcomes(std::move(outcomes)) {}
  Result<Binary> build_broken(const Digest&, const std::string& mutation) override {
    tried.push_back(mutation);
    const std::string& program = m_outcomes.at(mutation);
    return Binary{program, program.empty() ? baseline().code : Digest{5, tried.size()}, 0, 0};
  }
  std::vector<std::string> tried;

private:
  std::map<std::string, std::string> m_outcomes;
};

constexpr const char* same = "/bin/echo";
constexpr const char* other = "/bin/true"; // prints nothing

struct Tested : Measured {
  Broken* broken = nullptr;
  std::optional<SelfTest> self_test;

  Tested(const std::string& early, const std::string& constant, const std::string& store) {
    auto replica = std::make_unique<Broken>(std::map<std::string, std::string>{
        {"return-early", early}, {"flip-constant", constant}, {"drop-store", store}});
    broken = replica.get();
    harness.replica = std::move(replica);
    self_test.emplace(harness);
  }
};

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a function is seen from the first mutation on that an output shows; the others are told when asked for") {
  Tested seen(same, other, same);
  CHECK_FALSE(seen.self_test->sight(subject));
  CHECK(seen.self_test->check(subject).value() == SelfTest::Sight::Seen);
  CHECK(seen.broken->tried == Names{"return-early", "flip-constant"});
  CHECK(seen.self_test->unnoticed(subject) == Names{"return-early"});
  REQUIRE(seen.self_test->look_further(subject));
  CHECK(seen.broken->tried == Names{"return-early", "flip-constant", "drop-store"});
  CHECK(seen.self_test->unnoticed(subject) == Names{"return-early", "drop-store"});
  CHECK(seen.self_test->check(subject).value() == SelfTest::Sight::Seen);
  REQUIRE(seen.self_test->look_further(subject));
  CHECK(seen.broken->tried.size() == 3); // nothing is tried twice
}

TEST_CASE("a function of which no output shows anything is unseen, one without a place to break untestable") {
  Tested unseen(same, "", same);
  CHECK(unseen.self_test->check(subject).value() == SelfTest::Sight::Unseen);
  CHECK(unseen.self_test->unnoticed(subject) == Names{"return-early", "drop-store"});
  Tested untestable("", "", "");
  CHECK(untestable.self_test->check(subject).value() == SelfTest::Sight::Untestable);
  CHECK(untestable.self_test->unnoticed(subject).empty());
  CHECK(*untestable.self_test->sight(subject) == SelfTest::Sight::Untestable);
}

TEST_CASE("a crash alone does not tell that anybody looks at what a function computes") {
  const TestFolder folder;
  const std::string crash = folder / "crash";
  std::ofstream(crash) << "#!/bin/sh\nkill -SEGV $$\n";
  std::filesystem::permissions(crash, std::filesystem::perms::owner_all);
  Tested only_needed(crash, same, "");
  CHECK(only_needed.self_test->check(subject).value() == SelfTest::Sight::Unseen);
  Tested nothing_else(crash, "", "");
  CHECK(nothing_else.self_test->check(subject).value() == SelfTest::Sight::Seen);
  Tested looked_at(crash, other, same);
  CHECK(looked_at.self_test->check(subject).value() == SelfTest::Sight::Seen);
  CHECK(looked_at.broken->tried == Names{"return-early", "flip-constant"});
  Tested used(crash, crash, same);
  CHECK(used.self_test->check(subject).value() == SelfTest::Sight::Seen); // a changed constant crashed it
}
