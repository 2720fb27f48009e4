// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/command_line.h"

#include "util/file.h"
#include "util/text.h"

#include <doctest/doctest.h>
#include <filesystem>

using namespace autopass;

namespace {

// What is run in place of `command` for the target /w/prog; a shell's text alone.
std::string put(std::string_view command, std::string_view binary = "/s/BIN") {
  const auto result = put_target(command, "/w/prog", "/w", binary);
  const bool shell = result.argv[0] == "/bin/sh";
  return !result.used ? "unused" : shell ? "sh: " + result.argv[2] : join(result.argv, "|");
}

} // namespace

TEST_CASE("the target is found however it is spelled, and run without a shell") {
  CHECK(put("/w/prog -9 in") == "/s/BIN|-9|in");
  CHECK(put("./prog -9 in") == "/s/BIN|-9|in");
  CHECK(put("prog -9 in") == "/s/BIN|-9|in");
  CHECK(put("../w/./prog") == "/s/BIN");
  CHECK(put("{target} -9") == "/s/BIN|-9");
  CHECK(put("  ./prog 'a b' \"c d\" e\\ f ''") == "/s/BIN|a b|c d|e f|");
}

TEST_CASE("what needs a shell gets one") {
  CHECK(put("./prog < in > out") == "sh: /s/BIN < in > out");
  CHECK(put("./prog *.txt") == "sh: /s/BIN *.txt");
  CHECK(put("./prog \"$HOME\"") == "sh: /s/BIN \"$HOME\"");
  CHECK(put("A=1 ./prog") == "sh: A=1 /s/BIN");
  CHECK(put("./prog 'open") == "sh: /s/BIN 'open");
}

TEST_CASE("every program name is replaced, arguments and files are not") {
  CHECK(put("./prog a | ./prog -d && ./prog; (./prog)") ==
        "sh: /s/BIN a | /s/BIN -d && /s/BIN; (/s/BIN)");
  CHECK(put("./prog ./prog") == "/s/BIN|./prog");
  CHECK(put("./prog 2>&1 prog < ./prog") == "sh: /s/BIN 2>&1 prog < ./prog");
  CHECK(put("./prog >& prog") == "sh: /s/BIN >& prog"); // a file's name too
  CHECK(put("> out ./prog") == "sh: > out /s/BIN");
  CHECK(put("for i in 1 2; do prog $i; done") == "sh: for i in 1 2; do /s/BIN $i; done");
  CHECK(put("x=$(./prog) && echo $x") == "sh: x=$(/s/BIN) && echo $x");
  CHECK(put("cat in\n./prog") == "sh: cat in\n/s/BIN");
}

TEST_CASE("behind another program the first path of the target is taken, a bare word is not") {
  CHECK(put("nice -n 5 ./prog ./prog") == "sh: nice -n 5 /s/BIN ./prog");
  CHECK(put("echo prog") == "unused");
  CHECK(put("./other ./program") == "unused");
}

TEST_CASE("a placeholder is replaced wherever it stands, and then nothing else is") {
  CHECK(put("sh -c '{target} x; {target}'") == "sh: sh -c '/s/BIN x; /s/BIN'");
  CHECK(put("./prog {target}") == "sh: ./prog /s/BIN");
}

TEST_CASE("a binary's path may hold anything") {
  CHECK(put("./prog x", "/s/a b'c") == "/s/a b'c|x");
  CHECK(put("./prog x | cat", "/s/a b") == "sh: '/s/a b' x | cat");
}

TEST_CASE("another way to the same file is the same target") {
  const auto folder = ScratchFolder::create("command-line-test").value();
  const std::string real = folder.path() + "/real", link = folder.path() + "/link";
  REQUIRE(make_folders(real));
  REQUIRE(write_file(real + "/prog", ""));
  std::filesystem::create_symlink(real, link);
  CHECK(put_target(link + "/prog", real + "/prog", "/", "/s/BIN").used);
}

TEST_CASE("the variable is found in the command and in the files that it names") {
  const auto folder = ScratchFolder::create("command-line-test").value();
  REQUIRE(write_file(folder.path() + "/bench.sh", "\"$AUTOPASS_TARGET\" -9\n"));
  CHECK(reads_target_variable("$AUTOPASS_TARGET", "/"));
  CHECK(reads_target_variable("sh ./bench.sh", folder.path()));
  CHECK_FALSE(reads_target_variable("sh ./other.sh", folder.path()));
}

TEST_CASE("a backslash joins lines, and keeps a quote in quotes") {
  CHECK(put("./prog -a \\\n -b") == "/s/BIN|-a|-b");
  CHECK(put("./prog a && \\\n  ./prog b") == "sh: /s/BIN a && \\\n  /s/BIN b");
  CHECK(put("./prog -e \"a \\\"; ./prog x\"") == "sh: /s/BIN -e \"a \\\"; ./prog x\"");
}
