// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/config.h"

#include "fixture.h"

#include <doctest/doctest.h>

using namespace autopass;

TEST_CASE("the stronger source wins and is named") {
  const TestFolder folder;
  const TestVariable home("XDG_CONFIG_HOME", folder.scratch.path().c_str());
  const TestVariable budget("AUTOPASS_BUDGET", nullptr);
  Project project;
  CHECK(Config::load(project)->get("budget") == "5m");
  CHECK(Config::load(project)->origin("budget") == "default");
  REQUIRE(Config::set("budget", "10m"));
  CHECK(Config::load(project)->get("budget") == "10m");
  CHECK(Config::load(project)->origin("budget") == folder / "autopass/config.toml");
  project.folder = "/src";
  project.values["budget"] = "20m";
  CHECK(Config::load(project)->get("budget") == "20m");
  CHECK(Config::load(project)->origin("budget") == "/src/.autopass.toml");
  const TestVariable set("AUTOPASS_BUDGET", "30");
  CHECK(Config::load(project)->get("budget") == "30");
  CHECK(Config::load(project)->origin("budget") == "AUTOPASS_BUDGET");
}

TEST_CASE("set keeps the other keys and quotes what must be quoted") {
  const TestFolder folder;
  const TestVariable home("XDG_CONFIG_HOME", folder.scratch.path().c_str());
  REQUIRE(Config::set("clang", "/opt/a \"b\"\\clang"));
  REQUIRE(Config::set("tune", "auto"));
  CHECK(Config::load({})->get("clang") == "/opt/a \"b\"\\clang");
  CHECK(Config::load({})->get("tune") == "auto");
}

TEST_CASE("unknown keys and values are refused wherever they stand") {
  const TestFolder folder;
  const TestVariable home("XDG_CONFIG_HOME", folder.scratch.path().c_str());
  CHECK_FALSE(Config::set("tun", "auto"));
  CHECK_FALSE(Config::set("tune", "always"));
  CHECK_FALSE(Config::set("budget", "soon"));
  CHECK_FALSE(Config::set("core", "first"));
  CHECK_FALSE(exists(folder / "autopass/config.toml"));
  REQUIRE(make_folders(folder / "autopass"));
  for (const char* content : {"tun = \"auto\"", "tune = \"always\"", "tune = ", "[tune]\nx = 1"}) {
    REQUIRE(write_file(folder / "autopass/config.toml", content));
    const auto config = Config::load({});
    REQUIRE_FALSE(config);
    CHECK(config.error().what.find("config.toml") != std::string::npos);
  }
  REQUIRE(write_file(folder / "autopass/config.toml", "core = 1\n"));
  CHECK(Config::load({})->get("core") == "1");
  const TestVariable wrong("AUTOPASS_TUNE", "maybe");
  CHECK_FALSE(Config::load({}));
}

TEST_CASE("a compile takes the good keys of a configuration with bad ones") {
  const TestFolder folder;
  const TestVariable home("XDG_CONFIG_HOME", folder.scratch.path().c_str());
  const TestVariable budget("AUTOPASS_BUDGET", "soon");
  REQUIRE(make_folders(folder / "autopass"));
  REQUIRE(write_file(folder / "autopass/config.toml",
                     "clang = \"/opt/clang\"\ntune = \"always\"\nof-tomorrow = \"x\"\n"));
  CHECK_FALSE(Config::load({}));
  CHECK(Config::lenient("clang") == "/opt/clang"); // the file is read once, here
  CHECK(Config::lenient("tune").empty());
  CHECK(Config::lenient("budget").empty());
  const TestVariable stronger("AUTOPASS_CLANG", "clang-19");
  CHECK(Config::lenient("clang") == "clang-19");
}

TEST_CASE("durations") {
  CHECK(*parse_duration("300") == 300);
  CHECK(*parse_duration("90s") == 90);
  CHECK(*parse_duration("5m") == 300);
  CHECK(*parse_duration("1h30m") == 5400);
  for (const char* text : {"", "m", "5x", "-5", "5 m", "1e9", "99999999999999999999"}) {
    CHECK_FALSE(parse_duration(text));
  }
}
