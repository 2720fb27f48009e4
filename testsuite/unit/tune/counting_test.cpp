// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/counting.h"

#include "measured.h"

using namespace autopass;

namespace {

// Its counting build is a program that was counted before.
class CountingReplica : public NoReplica {
public:
  CountingReplica(const std::string& program, std::vector<std::string> files)
      : NoReplica(program), m_files(std::move(files)) {}
  Result<CountingBinary> build_counting() override {
    return CountingBinary{baseline().path, m_files};
  }

private:
  std::vector<std::string> m_files;
};

struct Counting : Measured {
  explicit Counting(const std::string& program) : Measured(program) {
    const std::string file = folder / "a.jsonl";
    REQUIRE(write_file(file, R"({"function":"f","fingerprint":"00000000000000010000000000000001",)"
                             R"("cfg":"00000000000000020000000000000002","entry":1,"points":[],"calls":[]})"
                             "\n"));
    REQUIRE(write_file(file + ".counts", std::string(8, '\0') + "\5" + std::string(7, '\0')));
    harness.replica = std::make_unique<CountingReplica>(program, std::vector{file});
  }
};

} // namespace

TEST_CASE("what cannot be counted costs the profile alone, and has a name") {
  Measured nothing;
  CHECK(count_branches(nothing.harness, Budget(300)).why_not == "no-counters");
  static_cast<NoReplica&>(*nothing.harness.replica).compile_seconds = 100;
  CHECK(count_branches(nothing.harness, Budget(300)).why_not == "no-time-to-count");
}

TEST_CASE("a run that counts has to print what the program prints") {
  CHECK(count_branches(Counting("/bin/true").harness, Budget(300)).why_not == "counting-changed-output");
  const Counting right(measured_binary);
  const Counted counted = count_branches(right.harness, Budget(300));
  CHECK(counted.why_not.empty());
  REQUIRE(counted.functions.size() == 1);
  CHECK(counted.functions[0].entry == 5);
}
