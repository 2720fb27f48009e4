// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/build_id.h"

#include "fixture.h"
#include "util/paths.h"

#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>

using namespace autopass;

TEST_CASE("a library's build id, from its first bytes alone") {
  const TestFolder folder;
  const std::string self = self_path();
  const std::string id = build_id(self);
  CHECK(id.size() == 40);
  REQUIRE(write_file(folder / "head", read_file(self)->substr(0, 8192)));
  CHECK(build_id(folder / "head") == id);
}

TEST_CASE("without a build id, its size and time; of what is not there, nothing") {
  const TestFolder folder;
  const std::string content = *read_file(self_path());
  for (const std::size_t size : {0, 10, 64, 100, 600}) {
    REQUIRE(write_file(folder / "cut", content.substr(0, size)));
    CHECK(build_id(folder / "cut").find(std::to_string(size) + "-") == 0);
  }
  REQUIRE(write_file(folder / "text", std::string(9000, 'x')));
  const std::string before = build_id(folder / "text");
  CHECK(build_id(folder / "text") == before);
  namespace fs = std::filesystem;
  fs::last_write_time(folder / "text", fs::last_write_time(folder / "text") + std::chrono::seconds(1));
  CHECK(build_id(folder / "text") != before);
  CHECK(build_id(folder / "nowhere").empty());
}
