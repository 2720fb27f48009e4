// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/queue.h"

#include "cache/schema.h"
#include "fixture.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace autopass;

namespace {

struct TestQueue {
  TestFolder folder;
  Database database = *Database::open_writable(folder / "builds.db");
  Queue queue{database};
  TestQueue() { REQUIRE(prepare_builds(database)); }
};

} // namespace

TEST_CASE("one entry runs at a time, in the order queued") {
  TestQueue test;
  REQUIRE(test.queue.push("/a", "/src"));
  REQUIRE(test.queue.push("/b", "/src"));
  const auto first = test.queue.claim(::getpid());
  REQUIRE(first->has_value());
  CHECK((*first)->target == "/a");
  CHECK((*first)->state == "running");
  CHECK_FALSE(test.queue.claim(::getpid())->has_value());
  REQUIRE(test.queue.finish((*first)->id, true, "1.10x"));
  CHECK((*test.queue.claim(::getpid()))->target == "/b");
  const auto entries = test.queue.list();
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].state == "done");
  CHECK((*entries)[0].message == "1.10x");
  CHECK((*entries)[1].pid == ::getpid());
}

TEST_CASE("a target is queued once, but again while it is being tuned") {
  TestQueue test;
  REQUIRE(test.queue.push("/a", "/src"));
  REQUIRE(test.queue.push("/a", "/src"));
  CHECK(test.queue.list()->size() == 1);
  const auto running = test.queue.claim(::getpid());
  REQUIRE(test.queue.push("/a", "/src"));
  CHECK(test.queue.list()->size() == 2);
  REQUIRE(test.queue.finish((*running)->id, false, "workload-failed"));
  CHECK((*test.queue.list())[0].state == "failed");
  REQUIRE(test.queue.push("/b", "/src"));
  const auto again = test.queue.claim(::getpid());
  REQUIRE(test.queue.finish((*again)->id, true, "1.10x"));
  const auto entries = test.queue.list();
  REQUIRE(entries->size() == 2); // of /a the last that finished, and /b
  CHECK((*entries)[0].message == "1.10x");
  CHECK((*entries)[1].target == "/b");
}

TEST_CASE("an entry that is put back waits in its old place") {
  TestQueue test;
  REQUIRE(test.queue.push("/a", "/src"));
  REQUIRE(test.queue.push("/b", "/src"));
  const auto first = test.queue.claim(::getpid());
  REQUIRE(test.queue.put_back((*first)->id));
  const auto entries = test.queue.list();
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].target == "/a");
  CHECK((*entries)[0].state == "queued");
  CHECK((*entries)[0].started_at.empty());
  const auto again = test.queue.claim(::getpid());
  CHECK((*again)->target == "/a");

  REQUIRE(test.queue.push("/a", "/src")); // linked anew while it was tuned
  REQUIRE(test.queue.put_back((*again)->id));
  const auto rest = test.queue.list();
  REQUIRE(rest->size() == 2);
  CHECK((*rest)[0].target == "/b");
  CHECK((*rest)[1].target == "/a");
}

TEST_CASE("an entry whose process is gone is claimed again") {
  TestQueue test;
  REQUIRE(test.queue.push("/a", "/src"));
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  REQUIRE(test.queue.claim(child)->has_value());
  CHECK_FALSE(test.queue.claim(::getpid())->has_value());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const auto again = test.queue.claim(::getpid());
  REQUIRE(again->has_value());
  CHECK((*again)->target == "/a");
}

TEST_CASE("a later process with the same number is another process") {
  TestQueue test;
  REQUIRE(test.queue.push("/a", "/src"));
  REQUIRE(test.queue.claim(::getpid())->has_value());
  REQUIRE(test.database.execute("UPDATE queue SET pid_start = pid_start - 1"));
  CHECK(test.queue.claim(::getpid())->has_value());
}
