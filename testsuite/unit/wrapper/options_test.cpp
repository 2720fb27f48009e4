// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/options.h"

#include <doctest/doctest.h>
#include <set>
#include <string>

using namespace autopass;

TEST_CASE("no option is in the table twice, and every reason is told in words") {
  std::set<std::string> spellings;
  for (const auto& option : options()) {
    CHECK_MESSAGE(spellings.emplace(option.spelling).second, option.spelling);
  }
  for (const auto& option : compiler_options()) {
    CHECK_MESSAGE(spellings.insert("-Xclang " + std::string(option.spelling)).second, option.spelling);
    CHECK(option.spelling.substr(0, 2) != "--");
  }
  std::set<std::string_view> names;
  for (std::size_t index = 0; index < reason_count; ++index) {
    const ReasonEntry& entry = entry_of(static_cast<Reason>(index));
    CHECK(names.insert(entry.name).second);
    CHECK_FALSE(entry.what.empty());
  }
}

TEST_CASE("the longest spelling decides") {
  CHECK(find_option(options(), "-include-pch")->form == Form::Separate);
  CHECK(find_option(options(), "-includefoo.h")->spelling == "-include");
  CHECK(find_option(options(), "-isystem-after")->spelling == "-isystem-after");
  CHECK(find_option(options(), "-Idir")->spelling == "-I");
  CHECK(find_option(options(), "-fno-such-thing") == nullptr);
  CHECK(find_option(options(), "-cc") == nullptr);
}

TEST_CASE("the snapshot's reasons are ours") {
  for (const char* name :
       {"no-snapshot", "snapshot-not-a-file", "snapshot-too-large", "snapshot-on-network",
        "snapshot-newer", "snapshot-older", "descriptor-closed", "compiler-unknown",
        "compiler-changed", "plugin-missing", "plugin-changed", "plugin-refused"}) {
    CHECK(entry_of(reason_called(name)).name == name);
  }
  CHECK(reason_called("never heard of") == Reason::SnapshotCorrupt);
  CHECK(reason_called("") == Reason::SnapshotCorrupt);
}
