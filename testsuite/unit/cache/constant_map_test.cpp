// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/constant_map.h"

#include "fixture.h"

#include <doctest/doctest.h>
#include <fcntl.h>

using namespace autopass;

namespace {

constexpr Digest owner{1, 2};

Digest key(int number) {
  return hash_text("key " + std::to_string(number));
}

std::string value(int number) {
  return std::string(static_cast<std::size_t>(number % 97), 'v') + std::to_string(number);
}

void write_map(const std::string& path, int count) {
  REQUIRE(write_file(path, "what the file held"));
  auto map = ConstantMapWriter::open(path);
  REQUIRE(map);
  for (int number = 0; number < count; ++number) {
    REQUIRE(map->add(key(number), value(number)));
  }
  REQUIRE(map->finish(owner));
}

std::optional<ConstantMap> open_map(const std::string& path, const Digest& whose = owner) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  return ConstantMap::open(std::make_shared<Descriptor>(file), whose);
}

} // namespace

TEST_CASE("what was put in comes out, and nothing else") {
  const TestFolder folder;
  for (const int count : {0, 1, 2, 7, 100, 20'000}) {
    write_map(folder / "map", count);
    const auto map = open_map(folder / "map");
    REQUIRE(map);
    for (int number = 0; number < count; ++number) {
      const auto found = map->find(key(number));
      REQUIRE((found && *found && **found == value(number)));
    }
    for (int number = count; number < count + 1000; ++number) {
      const auto found = map->find(key(number));
      REQUIRE((found && !*found));
    }
    CHECK(map->find({0, 0})->has_value() == false);
    CHECK(map->find({~0ull, ~0ull})->has_value() == false);
    CHECK(map->check());
  }
  CHECK(read_file(folder / "map")->starts_with("what the file held"));
}

TEST_CASE("a map is its owner's, and whole") {
  const TestFolder folder;
  write_map(folder / "map", 3);
  CHECK_FALSE(open_map(folder / "map", {1, 3}));
  const std::string whole = *read_file(folder / "map");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    REQUIRE(write_file(folder / "cut", whole.substr(0, size)));
    REQUIRE_FALSE(open_map(folder / "cut"));
  }
  REQUIRE(write_file(folder / "longer", whole + "x"));
  CHECK_FALSE(open_map(folder / "longer"));
}

TEST_CASE("whatever byte is damaged, an answer is the value, none, or an error") {
  const TestFolder folder;
  write_map(folder / "map", 3);
  const std::string whole = *read_file(folder / "map");
  int errors = 0;
  for (std::size_t byte = 0; byte < whole.size(); ++byte) {
    std::string scribbled = whole;
    scribbled[byte] = static_cast<char>(scribbled[byte] ^ 0x55);
    REQUIRE(write_file(folder / "scribbled", scribbled));
    const auto map = open_map(folder / "scribbled");
    for (int number = 0; map && number < 3; ++number) {
      const auto found = map->find(key(number));
      REQUIRE((!found || !*found || **found == value(number)));
      errors += found ? 0 : 1;
    }
  }
  CHECK(errors > 30); // a value's bytes, its place, its size
}

TEST_CASE("a map without a free slot is not searched to its end") {
  const TestFolder folder;
  write_map(folder / "map", 20'000);
  std::string full = *read_file(folder / "map");
  const std::size_t slots = 30'000 * 32, foot = 56;
  for (std::size_t slot = full.size() - foot - slots; slot + 32 <= full.size() - foot; slot += 32) {
    full[slot + 16] = 1; // its place
  }
  REQUIRE(write_file(folder / "full", full));
  const auto map = open_map(folder / "full");
  REQUIRE(map);
  CHECK_FALSE(map->find({0, 12345}));
}
