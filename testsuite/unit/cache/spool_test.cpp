// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/spool.h"

#include "fixture.h"
#include "util/paths.h"

#include <array>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace autopass;

namespace {

std::vector<std::string> payloads(std::string_view bytes) {
  std::vector<std::string> found;
  read_frames(bytes, [&](std::string_view payload) { found.emplace_back(payload); });
  return found;
}

std::string spool_of(const std::string& path, const std::vector<std::string>& records) {
  for (const auto& record : records) {
    append_frame(path, record);
  }
  return read_file(path).value_or("");
}

} // namespace

TEST_CASE("fields come back byte for byte") {
  const std::string bytes("\xff\0\n", 3);
  RecordWriter writer(RecordType::Plugin);
  writer.text(bytes).number(-5).list({"", bytes, "c"}).text("");
  RecordReader reader(writer.payload());
  CHECK(reader.type() == RecordType::Plugin);
  CHECK(reader.text() == bytes);
  CHECK(reader.number() == -5);
  CHECK(reader.list() == std::vector<std::string>{"", bytes, "c"});
  CHECK_FALSE(reader.at_end());
  CHECK(reader.text().empty());
  CHECK(reader.at_end());
  CHECK(reader.number() == 0);
  CHECK_FALSE(reader.ok());
}

TEST_CASE("a payload cut anywhere is noticed, whatever lengths it claims") {
  RecordWriter writer(RecordType::Job);
  writer.text("abc").list({"x", "y"}).number(7);
  for (std::size_t size = 0; size < writer.payload().size(); ++size) {
    RecordReader reader(std::string_view(writer.payload()).substr(0, size));
    reader.text();
    reader.list();
    reader.number();
    CHECK_FALSE(reader.at_end());
  }
  RecordReader huge(std::string("\x01\xff\xff\xff\xff", 5));
  CHECK(huge.list().size() <= 1);
  CHECK_FALSE(huge.ok());
}

TEST_CASE("torn and foreign bytes are skipped, the records around them are read") {
  const TestFolder folder;
  const std::string one = spool_of(folder / "1", {"first"});
  const std::string two = spool_of(folder / "2", {"second APr1 with a magic inside"});
  CHECK(payloads(one + two) ==
        std::vector<std::string>{"first", "second APr1 with a magic inside"});
  CHECK(payloads("junk" + one + "APr1" + two).size() == 2);
  for (std::size_t size = 1; size < two.size(); ++size) {
    const auto found = payloads(one + two.substr(0, size) + one);
    REQUIRE(found.size() == 2);
    CHECK(found[1] == "first");
  }
  std::string damaged = one + two;
  damaged[one.size() - 1] ^= 1;
  CHECK(payloads(damaged) == std::vector<std::string>{"second APr1 with a magic inside"});
}

TEST_CASE("append makes folder and file, for the user alone") {
  const TestFolder folder;
  append_frame(folder / "state/autopass/spool", "x");
  struct stat status {};
  REQUIRE(::stat((folder / "state/autopass/spool").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("what stands in the way drops the record, at once and in silence") {
  const TestFolder folder;
  const auto start = std::chrono::steady_clock::now();
  append_frame("", "x");
  append_frame("/proc/spool", "x");
  append_frame(folder.scratch.path(), "x");
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  append_frame(folder / "fifo", "x");
  REQUIRE(write_file(folder / "full", ""));
  REQUIRE(::truncate((folder / "full").c_str(), 64 << 20) == 0);
  append_frame(folder / "full", "x");
  struct stat status {};
  REQUIRE(::stat((folder / "full").c_str(), &status) == 0);
  CHECK(status.st_size == 64 << 20);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("the user's file size limit does not kill the compile") {
  const TestFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const struct rlimit limit { 0, 0 };
    ::setrlimit(RLIMIT_FSIZE, &limit);
    append_frame(folder / "spool", "x");
    struct sigaction after {};
    ::sigaction(SIGXFSZ, nullptr, &after);
    ::_exit(after.sa_handler == SIG_DFL ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("a write takes the file size signal from its own thread alone") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_NONBLOCK) == 0);
  while (::write(ends[1], "x", 1) == 1) {
  }
  REQUIRE(::fcntl(ends[1], F_SETFL, 0) == 0);
  std::thread writer([&] { write_once(ends[1], "x"); }); // waits: the pipe is full
  ::usleep(200'000);
  struct sigaction meanwhile {};
  ::sigaction(SIGXFSZ, nullptr, &meanwhile);
  CHECK((meanwhile.sa_handler == SIG_DFL));
  std::string page(4096, '\0');
  REQUIRE(::read(ends[0], page.data(), page.size()) > 0);
  writer.join();
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("many writers at once lose nothing") {
  const TestFolder folder;
  for (int writer = 0; writer < 8; ++writer) {
    if (::fork() == 0) {
      for (int record = 0; record < 50; ++record) {
        append_frame(folder / "spool", std::string(5000, static_cast<char>('a' + writer)));
      }
      ::_exit(0);
    }
  }
  while (::wait(nullptr) > 0) {
  }
  CHECK(payloads(*read_file(folder / "spool")).size() == 400);
}

TEST_CASE("packed words") {
  CHECK(unpack(pack({})).empty());
  CHECK(unpack(pack({"", "a b", ""})) == std::vector<std::string>{"", "a b", ""});
}

TEST_CASE("root makes no spool and no database in another user's folder") {
  if (::geteuid() != 0) {
    return; // nobody else can be in that place
  }
  const TestFolder folder;
  REQUIRE(make_folders(folder / "home"));
  REQUIRE(::chown((folder / "home").c_str(), 1234, 1234) == 0);
  const std::string spool = folder / "home/.local/state/autopass/spool";
  append_frame(spool, "x");
  CHECK_FALSE(exists(folder / "home/.local"));
  CHECK(Database::open_writable(folder / "home/.local/b.db").error().reason == "foreign-folder");
  CHECK_FALSE(exists(folder / "home/.local"));
  REQUIRE(make_folders(parent(spool)));
  REQUIRE(::chown(parent(spool).c_str(), 1234, 1234) == 0);
  append_frame(spool, "x");
  CHECK_FALSE(exists(spool));
  REQUIRE(write_file(spool, "")); // his own takes what root has to say
  append_frame(spool, "x");
  CHECK(read_file(spool)->size() == 17);
}
