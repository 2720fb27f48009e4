// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tune/in_force.h"

#include "measured.h"
#include "published.h"
#include "util/file.h"

#include <sys/stat.h>

using namespace autopass;

TEST_CASE("without a store nothing is in force") {
  const Published setup;
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  CHECK_FALSE(found.ours);
  CHECK(found.others.plans.empty());
  CHECK_FALSE(exists(plans_path())); // and looking makes none
}

TEST_CASE("our own plans are a candidate that says who proposed it and why") {
  const Published setup;
  StoredPlan plan = unroll(1, 4);
  plan.evidence = R"({"why":"because","agent":"expert"})";
  setup.publish("/bin/x", {plan, unroll(3, 4), unroll(2, 4, {8, 8})});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  REQUIRE(found.ours);
  REQUIRE(found.ours->plans.size() == 1); // f3 is not in the target, f2 is there in another context
  CHECK(found.ours->plans[0].function == plan.fingerprint);
  CHECK(found.ours->hypothesis == "because");
  CHECK(found.ours->agent == "expert");
}

TEST_CASE("of two other targets' plans for one function the later one acts, as in the snapshot") {
  const Published setup;
  setup.publish("/bin/a", {unroll(1, 2)});
  setup.publish("/bin/c", {unroll(1, 8)});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  CHECK_FALSE(found.ours);
  REQUIRE(found.others.plans.size() == 1);
  CHECK(found.others.plans[0].target == "/bin/c");
}

TEST_CASE("a function that is not looked at keeps its plan and its context in what is published") {
  const Published setup;
  setup.publish("/bin/x", {unroll(2, 4), unroll(1, 4)});
  setup.publish("/bin/c", {unroll(1, 8)});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  REQUIRE(found.published.plans.size() == 2);
  CHECK(found.published.plans[1].fingerprint == Digest{1, 2});
  CHECK(found.published.plans[1].context == Digest{7, 7});
}

TEST_CASE("what is published has one plan for a function: the later one, ours or not") {
  const Published setup;
  setup.publish("/bin/x", {unroll(1, 4)});
  setup.publish("/bin/c", {unroll(1, 8)});
  auto found = plans_in_force(setup.basis, setup.inspection).value();
  REQUIRE(found.published.plans.size() == 1);
  CHECK(found.published.plans[0].target == "/bin/c");
  CHECK(found.ours); // to be tried again
  setup.publish("/bin/x", {unroll(1, 2)});
  found = plans_in_force(setup.basis, setup.inspection).value();
  REQUIRE(found.published.plans.size() == 1);
  CHECK(found.published.plans[0].plan == unroll(1, 2).plan);
  REQUIRE(found.others.plans.size() == 1); // and without ours the other one acts again
}

TEST_CASE("what is published is refuted by the project, hot or not") {
  const Published setup;
  StoredPlan plan = unroll(1, 4);
  plan.target = "/bin/x";
  plan.function = "f1";
  setup.publish("/bin/x", {plan});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  const Measured measured(measured_binary);
  Project project;
  CHECK(refuted(measured.harness, found, project, {})->why.empty());
  project.never = {"f2"};
  CHECK(refuted(measured.harness, found, project, {})->why.empty());
  project.never = {"f?"};
  CHECK_FALSE(refuted(measured.harness, found, project, {})->why.empty());
}

TEST_CASE("what is published is refuted by a wrong output, on a holdout too") {
  const Published setup;
  setup.publish("/bin/x", {unroll(1, 4)});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  Measured wrong("/bin/true");
  CHECK(refuted(wrong.harness, found, {}, {})->why.find("train 1") != std::string::npos);
  CHECK(refuted(wrong.harness, {}, {}, {})->why.empty()); // nothing of ours
  wrong.harness.train.clear();
  CHECK(refuted(wrong.harness, found, {}, {})->why.find("holdout 1") !=
        std::string::npos);
}

TEST_CASE("a crash of what is published is believed when it comes again, and stock code is right between") {
  const Published setup;
  setup.publish("/bin/x", {unroll(1, 4)});
  const auto found = plans_in_force(setup.basis, setup.inspection).value();
  for (const auto& [crashes, refutes] : {std::pair{"1", false}, std::pair{"1|3", true}}) {
    const TestFolder folder;
    const std::string program = folder / "program", count = folder / "count";
    REQUIRE(write_file(program, "#!/bin/sh\necho >>" + count + "; case $(wc -l <" + count + ") in " + crashes +
                                    ") kill -9 $$ ;; esac\necho \"$@\"\n"));
    REQUIRE(::chmod(program.c_str(), 0755) == 0);
    Measured flaky(program);
    flaky.harness.holdout.clear();
    CHECK(refuted(flaky.harness, found, {}, {})->why.empty() != refutes);
  }
}
