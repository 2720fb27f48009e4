// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/build_record.h"

#include "cache/clock.h"
#include "cache/object_time.h"
#include "cache/queue.h"
#include "fixture.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace autopass;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day = 86'400 * second;
const std::int64_t now = now_ns();

Job compile_job(const std::string& output, std::int64_t time) {
  Job job;
  job.kind = JobKind::Compile;
  job.compiler = "/usr/bin/clang-22";
  job.argv = {"clang-22", "-c", "b\xff d.c", ""};
  job.folder = "/src";
  job.environment = {"LANG=C"};
  job.inputs = {"/src/b\xff d.c"};
  job.output = output;
  job.scope = "lz4";
  job.cpu = "znver3";
  job.time_ns = now + time;
  return job;
}

} // namespace

TEST_CASE("a job comes back from the spool as it was") {
  const TestFolder folder;
  Job job = compile_job("/o/a.o", 5);
  job.reason = "no-plans";
  job.slice = "abc";
  append(folder / "spool", job);
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record);
  REQUIRE(record->fold(folder / "spool"));
  CHECK_FALSE(exists(folder / "spool"));
  const auto found = record->producer("/o/a.o");
  REQUIRE(found->has_value());
  const Job& read = **found;
  CHECK(read.kind == job.kind);
  CHECK(read.reason == job.reason);
  CHECK(read.compiler == job.compiler);
  CHECK(read.argv == job.argv);
  CHECK(read.folder == job.folder);
  CHECK(read.environment == job.environment);
  CHECK(read.inputs == job.inputs);
  CHECK(read.scope == job.scope);
  CHECK(read.cpu == job.cpu);
  CHECK(read.slice == job.slice);
  CHECK(read.time_ns == job.time_ns);
  CHECK(read.id > 0);
  CHECK_FALSE(record->producer("/o/other.o")->has_value());
}

TEST_CASE("the newest job of an output stays, whatever order the records come in") {
  const TestFolder folder;
  for (const std::int64_t time : {10, 30, 20}) {
    append(folder / "spool", compile_job("/o/a.o", time));
  }
  append(folder / "spool", compile_job("/o/b.o", 25));
  Job link = compile_job("/o/a", 40);
  link.kind = JobKind::Link;
  append(folder / "spool", link);
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  CHECK((*record->producer("/o/a.o"))->time_ns == now + 30);
  const auto compiles = record->compiles();
  REQUIRE(compiles->size() == 2);
  CHECK((*compiles)[0].output == "/o/a.o");
  CHECK(record->compiles(now + 26)->size() == 1);
  REQUIRE(record->links()->size() == 1);
  CHECK((*record->links())[0].output == "/o/a");
  CHECK((*record->counts())["compile"] == 4);
  CHECK((*record->counts())["link"] == 1);
}

TEST_CASE("a job without an output is counted only") {
  const TestFolder folder;
  Job job = compile_job("", 1);
  job.kind = JobKind::PassThrough;
  job.reason = "preprocess-only";
  append(folder / "spool", job);
  append(folder / "spool", job);
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  CHECK((*record->counts())["preprocess-only"] == 2);
  CHECK_FALSE(record->producer("")->has_value());
}

TEST_CASE("what the plugin did is kept per output and counted over all") {
  const TestFolder folder;
  append(folder / "spool", PluginRecord{"/o/a.o", "d1", 7, {{"applied", 2}, {"no-plan", 5}}, {}, {}});
  append(folder / "spool", PluginRecord{"/o/a.o", "d2", 7, {{"applied", 3}},
                                       prints_of({{1, 2}, {3, 4}}), {{"f", "c", "p"}}});
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  const auto last = record->plugin_record("/o/a.o");
  REQUIRE(last->has_value());
  CHECK((*last)->slice == "d2");
  CHECK((*last)->functions == 7);
  CHECK((*last)->counts == std::map<std::string, std::int64_t>{{"applied", 3}});
  CHECK(holds_print((*last)->prints, {3, 4}));
  CHECK_FALSE(holds_print((*last)->prints, {2, 1}));
  REQUIRE((*last)->plans.size() == 1);
  CHECK((*last)->plans[0].plan == "p");
  CHECK((*record->counts())["applied"] == 5);
  CHECK((*record->counts())["functions"] == 14);
}

TEST_CASE("an object that is compiled again is no longer what the plugin or a session saw") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  const Job before = compile_job("/o/a.o", 1);
  append(folder / "spool", before);
  append(folder / "spool", PluginRecord{"/o/a.o", "d1", 7, {}, "", {{"f", "c", "p"}}});
  REQUIRE(record->fold(folder / "spool"));
  REQUIRE(record->remember_functions(before, {{1, 2}}));
  CHECK(record->plugin_record("/o/a.o")->has_value());
  CHECK(record->remembered_prints(before)->value() == prints_of({{1, 2}}));
  const Job after = compile_job("/o/a.o", 2);
  append(folder / "spool", after);
  REQUIRE(record->fold(folder / "spool"));
  CHECK_FALSE(record->plugin_record("/o/a.o")->has_value());
  CHECK_FALSE(record->remembered_prints(after)->has_value());
}

TEST_CASE("an earlier job that comes later is counted and takes nothing away") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  append(folder / "spool", compile_job("/o/a.o", 2));
  append(folder / "spool", PluginRecord{"/o/a.o", "d1", 7, {{"applied", 1}}, "", {{"f", "c", "p"}}});
  REQUIRE(record->fold(folder / "spool"));
  append(folder / "spool", compile_job("/o/a.o", 1));
  REQUIRE(record->fold(folder / "spool"));
  CHECK((*record->producer("/o/a.o"))->time_ns == now + 2);
  const auto plugin = record->plugin_record("/o/a.o");
  REQUIRE(plugin->has_value());
  CHECK((*plugin)->plans.size() == 1);
  CHECK((*plugin)->counts.size() == 1);
  CHECK((*record->counts())["compile"] == 2);
}

TEST_CASE("jobs are forgotten a month after they were run when their output is gone, once a day") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(write_file(folder / "there.o", ""));
  append(folder / "spool", compile_job("/gone/old.o", -31 * day));
  append(folder / "spool", PluginRecord{"/gone/old.o", "d1", 7, {{"applied", 1}}, "", {{"f", "c", "p"}}});
  append(folder / "spool", compile_job("/gone/new.o", -29 * day));
  append(folder / "spool", compile_job(folder / "there.o", -31 * day));
  REQUIRE(record->fold(folder / "spool"));
  CHECK_FALSE(record->producer("/gone/old.o")->has_value());
  CHECK_FALSE(record->plugin_record("/gone/old.o")->has_value());
  CHECK(record->producer("/gone/new.o")->has_value());
  CHECK(record->producer(folder / "there.o")->has_value());
  append(folder / "spool", compile_job("/gone/old.o", -31 * day));
  REQUIRE(record->fold(folder / "spool"));
  CHECK(record->producer("/gone/old.o")->has_value()); // not twice on one day
}

TEST_CASE("what something else has written since is not what was recorded") {
  const TestFolder folder;
  const std::string object = folder / "a.o";
  const auto date = [&](std::int64_t when) {
    const timespec time{when / second, when % second};
    const timespec times[2] = {time, time};
    REQUIRE(::utimensat(AT_FDCWD, object.c_str(), times, 0) == 0);
  };
  auto record = BuildRecord::open(folder / "builds.db");
  const Job job = compile_job(object, 0);
  append(folder / "spool", job);
  REQUIRE(record->fold(folder / "spool"));
  const auto still = [&] { return *record->whose_output(**record->producer(object)) == BuildRecord::Output::OfTheJob; };
  CHECK(still()); // deleted: nothing there that says otherwise
  REQUIRE(write_file(object, "code"));
  for (const auto& [when, ours] :
       {std::pair{-60 * second, false}, {60 * second, true}, {2 * 3600 * second, false}}) {
    date(now + when);
    CHECK(still() == ours);
  }
  // From when it was seen its time decides.
  date(now + 60 * second);
  append(folder / "spool", job);
  REQUIRE(record->fold(folder / "spool"));
  CHECK(still());
  date(now + 61 * second);
  CHECK_FALSE(still());
  REQUIRE(record->remember_object(job, now + 61 * second));
  CHECK(still());
}

TEST_CASE("with the plugin's record the object is known to come soon after it") {
  Job job = compile_job("/o/a.o", 0);
  job.slice = "d1";
  PluginRecord plugin{"/o/a.o", "d1", 7, {}, "", {}, job.time_ns + 2 * second};
  CHECK_FALSE(could_have_written(job, plugin, job.time_ns + second + 1));
  CHECK(could_have_written(job, plugin, job.time_ns + 3 * second + 1));
  CHECK_FALSE(could_have_written(job, plugin, job.time_ns + 60 * second + 1));
  plugin.slice = "d0"; // it is of another compile
  CHECK(could_have_written(job, plugin, job.time_ns + 60 * second + 1));
}

TEST_CASE("of many functions no prints are kept, and that is not the same as none") {
  std::set<Digest> functions;
  for (std::uint64_t i = 0; i < 4096; ++i) {
    functions.insert({i, i});
  }
  CHECK(prints_of(functions).size() == most_prints);
  functions.insert({5000, 5000});
  CHECK(prints_of(functions).empty());
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  const Job job = compile_job("/o/a.o", 0);
  REQUIRE(record->remember_functions(job, functions));
  CHECK_FALSE(record->remembered_prints(job)->has_value());
}

TEST_CASE("what did not fit into the spool is counted") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "spool", ""));
  REQUIRE(::truncate((folder / "spool").c_str(), spool_limit) == 0);
  append(folder / "spool", compile_job("/o/a.o", 1));
  append(folder / "spool", compile_job("/o/b.o", 1));
  CHECK(dropped_records(folder / "spool") == 2);
  REQUIRE(write_file(folder / "spool", "")); // 64 MiB of zeros take their time
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  CHECK((*record->counts())["record-dropped"] == 2);
  CHECK(dropped_records(folder / "spool") == 0);
}

TEST_CASE("objects are those below a folder") {
  const TestFolder folder;
  for (const char* output : {"/o/b.o", "/o/a.o", "/other/a.o", "/o2/a.o"}) {
    append(folder / "spool", compile_job(output, 1));
  }
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  const auto objects = record->objects("/o");
  REQUIRE(objects->size() == 2);
  CHECK((*objects)[0].output == "/o/a.o");
  CHECK(record->objects("/")->size() == 4);
}

TEST_CASE("what leaves no job is counted all the same") {
  const TestFolder folder;
  append(folder / "spool", CountRecord{{"pass-through", "probe"}});
  append(folder / "spool", CountRecord{{"pass-through", "ignored"}});
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  CHECK(*record->counts() ==
        std::map<std::string, std::int64_t>{{"pass-through", 2}, {"probe", 1}, {"ignored", 1}});
}

TEST_CASE("a request is queued, once") {
  const TestFolder folder;
  append(folder / "spool", QueueRequest{"/o/a", "/src"});
  append(folder / "spool", QueueRequest{"/o/a", "/src"});
  auto record = BuildRecord::open(folder / "builds.db");
  REQUIRE(record->fold(folder / "spool"));
  const auto entries = Queue(record->database()).list();
  REQUIRE(entries->size() == 1);
  CHECK((*entries)[0].target == "/o/a");
  CHECK((*entries)[0].folder == "/src");
}

TEST_CASE("a damaged record is moved aside, one of a newer version is not") {
  const TestFolder folder;
  const std::string path = folder / "builds.db";
  REQUIRE(write_file(path, "garbage"));
  REQUIRE(BuildRecord::open(path));
  CHECK(*read_file(path + ".damaged") == "garbage");
  REQUIRE(BuildRecord::open(path)->database().execute("PRAGMA user_version=99"));
  CHECK(BuildRecord::open(path).error().reason == "newer-schema");
  CHECK_FALSE(BuildRecord::open(folder.scratch.path()));
}

TEST_CASE("no spool, a damaged spool and one left by a killed fold are no errors") {
  const TestFolder folder;
  auto record = BuildRecord::open(folder / "builds.db");
  CHECK(record->fold(folder / "spool"));
  CHECK(record->fold(""));
  append(folder / "spool", compile_job("/o/left.o", 1));
  std::filesystem::rename(folder / "spool", folder / "spool.fold.4194300");
  REQUIRE(write_file(folder / "spool", "garbage APr1 garbage"));
  append(folder / "spool", compile_job("/o/a.o", 1));
  REQUIRE(record->fold(folder / "spool"));
  CHECK((*record->producer("/o/left.o")).has_value());
  CHECK((*record->producer("/o/a.o")).has_value());
  CHECK_FALSE(exists(folder / "spool.fold.4194300"));
  REQUIRE(make_folders(folder / "spool"));
  CHECK(record->fold(folder / "spool"));
}
