// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/journal.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

const Digest session{1, 2};

Comparison six_pairs() {
  Comparison comparison;
  for (int i = 0; i < 6; ++i) {
    comparison.samples.pairs.push_back({1.1 + i * 0.001, 1.0, i % 2 == 0});
  }
  comparison.interval = interval(comparison.samples.log_ratios(), 0.95);
  return comparison;
}

} // namespace

TEST_CASE("what one journal was told the next one knows, with its interval") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record);
  {
    auto journal = Journal::open(*record, session, false);
    REQUIRE(journal);
    CHECK(journal->resumed() == 0);
    REQUIRE(journal->add("search a train 1", six_pairs(), 0.95));
    Comparison wrong;
    wrong.ended = Ended::WrongOutput;
    wrong.detail = "stdout differs in line 3";
    REQUIRE(journal->add("search b train 1", wrong, 0.95));
  }
  const auto again = Journal::open(*record, session, false);
  REQUIRE(again);
  CHECK(again->resumed() == 2);
  const auto known = again->find("search a train 1");
  REQUIRE(known);
  CHECK(known->ended == Ended::Done);
  CHECK(known->samples.pairs.size() == 6);
  CHECK(known->samples.pairs[1].baseline_first == false);
  CHECK(known->interval.low == doctest::Approx(six_pairs().interval.low));
  const auto wrong = again->find("search b train 1");
  REQUIRE(wrong);
  CHECK(wrong->ended == Ended::WrongOutput);
  CHECK(wrong->detail == "stdout differs in line 3");
  CHECK_FALSE(again->find("search c train 1"));
}

TEST_CASE("another session, a fresh one and one that came to its end know nothing") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record);
  REQUIRE(Journal::open(*record, session, false)->add("x", six_pairs(), 0.95));
  CHECK(Journal::open(*record, Digest{1, 3}, false)->resumed() == 0);
  CHECK(Journal::open(*record, session, false)->resumed() == 1);
  CHECK(Journal::open(*record, session, true)->resumed() == 0);
  REQUIRE(Journal::open(*record, session, false)->add("x", six_pairs(), 0.95));
  REQUIRE(Journal::open(*record, session, false)->clear());
  CHECK(Journal::open(*record, session, false)->resumed() == 0);
}

TEST_CASE("a damaged entry counts as not measured") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record);
  TrialLog log(record->database());
  for (const char* samples :
       {"", "[]", "{\"pairs\": 1}", "{\"ended\":0,\"detail\":\"\",\"level\":0.95,\"pairs\":[[1]]}",
        "{\"ended\":99,\"detail\":\"\",\"level\":0.95,\"pairs\":[]}",
        "{\"ended\":\"x\",\"detail\":\"\",\"level\":0.95,\"pairs\":[]}"}) {
    REQUIRE(log.add(session.hex(), {std::string("about ") + samples, samples}));
  }
  const auto journal = Journal::open(*record, session, false);
  REQUIRE(journal);
  CHECK(journal->resumed() == 0);
}
