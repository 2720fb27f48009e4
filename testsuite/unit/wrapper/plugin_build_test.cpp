// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/plugin_build.h"

#include "fixture.h"
#include "util/paths.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("a library's build id, from its first bytes alone; of anything else there is none") {
  const TestFolder folder;
  const std::string self = self_path();
  const std::string id = build_id(self);
  CHECK(id.size() == 40);
  const std::string content = *read_file(self);
  REQUIRE(write_file(folder / "head", content.substr(0, 8192)));
  CHECK(build_id(folder / "head") == id);
  for (const std::size_t size : {0, 10, 64, 100, 600}) {
    REQUIRE(write_file(folder / "cut", content.substr(0, size)));
    CHECK(build_id(folder / "cut").empty());
  }
  REQUIRE(write_file(folder / "text", std::string(9000, 'x')));
  CHECK(build_id(folder / "text").empty());
  CHECK(build_id(folder / "nowhere").empty());
}
