// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/response.h"

#include "fixture.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace autopass;
using Words = std::vector<std::string>;

TEST_CASE("words, quotes and backslashes as the driver reads them") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "r", "a  'b c'\t\"d \\\" e\"\nf\\ g h'i'j '' \\\\ 'k\\'l' end"));
  const auto words = expand_responses({"x", "@" + (folder / "r"), "y"});
  REQUIRE(words);
  CHECK(*words == Words{"x", "a", "b c", "d \" e", "f g", "hij", "", "\\", "k'l", "end", "y"});
}

TEST_CASE("files may name others, but not one another") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "inner", "b"));
  REQUIRE(write_file(folder / "outer", "a @" + (folder / "inner") + " c"));
  CHECK(expand_responses({"@" + (folder / "outer")}) == Words{"a", "b", "c"});
  REQUIRE(write_file(folder / "inner", "@" + (folder / "outer")));
  CHECK_FALSE(expand_responses({"@" + (folder / "outer")}));
}

TEST_CASE("what cannot be read") {
  const TestFolder folder;
  CHECK_FALSE(expand_responses({"@" + (folder / "nothing")}));
  CHECK_FALSE(expand_responses({"@" + folder.scratch.path()}));
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK_FALSE(expand_responses({"@" + (folder / "fifo")}));
  CHECK(expand_responses({"@"}) == Words{"@"});
}

TEST_CASE("files that begin with a mark of their encoding") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "utf8", "\xef\xbb\xbf-c a"));
  CHECK(expand_responses({"@" + (folder / "utf8")}) == Words{"-c", "a"});
  REQUIRE(write_file(folder / "little", std::string("\xff\xfe-\0c\0", 6)));
  CHECK_FALSE(expand_responses({"@" + (folder / "little")}));
  REQUIRE(write_file(folder / "big", std::string("\xfe\xff\0-\0c", 6)));
  CHECK_FALSE(expand_responses({"@" + (folder / "big")}));
}
