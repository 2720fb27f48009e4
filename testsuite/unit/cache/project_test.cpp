// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cache/config.h"
#include "util/paths.h"

#include "fixture.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace autopass;

namespace {

Result<Project> project_with(const TestFolder& folder, const std::string& content) {
  REQUIRE(write_file(folder / ".autopass.toml", content));
  return find_project(folder.scratch.path());
}

} // namespace

TEST_CASE("the nearest file upwards from the real path") {
  const TestFolder folder;
  const TestVariable scope("AUTOPASS_PROJECT", nullptr);
  REQUIRE(make_folders(folder / "outer/inner/deep"));
  REQUIRE(make_folders(folder / "elsewhere"));
  REQUIRE(write_file(folder / "outer/.autopass.toml", "project = \"out\"\n"));
  REQUIRE(write_file(folder / "outer/inner/.autopass.toml", ""));
  CHECK(find_project(folder / "outer/inner/deep")->scope == "inner");
  CHECK(find_project(folder / "outer")->scope == "out");
  std::filesystem::create_symlink(folder / "outer/inner/deep", folder / "elsewhere/link");
  CHECK(find_project(folder / "elsewhere/link")->scope == "inner");
  CHECK(find_project(folder / "elsewhere")->folder.empty());
  CHECK(find_project(folder / "nowhere")->folder.empty());
  const TestVariable chosen("AUTOPASS_PROJECT", "mine");
  CHECK(find_project(folder / "outer")->scope == "mine");
  CHECK(find_project(folder / "elsewhere")->scope == "mine");
}

TEST_CASE("a file that anybody can write is not obeyed") {
  const TestFolder folder;
  REQUIRE(project_with(folder, "project = \"lz4\"\n"));
  REQUIRE(::chmod((folder / ".autopass.toml").c_str(), 0646) == 0);
  CHECK(find_project(folder.scratch.path()).error().reason == "project-not-trusted");
}

TEST_CASE("a file of another user above a tree is not obeyed, unless that user owns the tree") {
  const TestFolder folder;
  REQUIRE(make_folders(folder / "tree"));
  REQUIRE(write_file(folder / ".autopass.toml", ""));
  const auto given_to = [](const std::string& path) { return ::chown(path.c_str(), 4711, 0) == 0; };
  if (!given_to(folder / ".autopass.toml")) {
    return; // only root gives files away
  }
  CHECK(find_project(folder / "tree").error().reason == "project-not-trusted");
  REQUIRE(given_to(folder / "tree"));
  CHECK(find_project(folder / "tree"));
}

TEST_CASE("everything that a project can say") {
  const TestFolder folder;
  const auto project = project_with(folder, R"(
    project = "lz4"
    cpu = "znver3"
    budget = "10m"
    never = ["aes_*", "ct_*"]
    [[target]]
    path = "lz4"
    train = ["{target} -9 a", "{target} -1 a"]
    holdout = "{target} -9 b"
    outputs = ["out"]
    link = "cc -o lz4 x.o"
    folder = "bench"
    input = "in"
    [[target]]
    path = "other"
  )");
  REQUIRE(project);
  CHECK(project->scope == "lz4");
  CHECK(project->cpu == "znver3");
  CHECK(project->values.at("budget") == "10m");
  CHECK(project->never == std::vector<std::string>{"aes_*", "ct_*"});
  REQUIRE(project->targets.size() == 2);
  const TargetConfig& target = project->targets[0];
  CHECK(target.path == "lz4");
  CHECK(target.train.size() == 2);
  CHECK(target.holdout == std::vector<std::string>{"{target} -9 b"});
  CHECK(target.outputs == std::vector<std::string>{"out"});
  CHECK(target.link == "cc -o lz4 x.o");
  CHECK(target.folder == "bench");
  CHECK(target.input == "in");
  CHECK(project->targets[1].path == "other");
}

TEST_CASE("functions that a project leaves alone, by symbol and by C++ name") {
  Project project;
  CHECK_FALSE(project.forbids("aes_encrypt"));
  const auto forbids = [&](const char* pattern, const std::string& function) {
    project.never = {"nothing", pattern};
    return project.forbids(function);
  };
  CHECK(forbids("aes_*", "aes_encrypt"));
  CHECK(forbids("aes_encrypt", "aes_encrypt"));
  CHECK_FALSE(forbids("aes_*", "my_aes_encrypt"));
  CHECK_FALSE(forbids("float", "f")); // a C function, not the type that f would demangle to

  const std::string free = "_Z11aes_encryptPc";                // aes_encrypt(char*)
  const std::string member = "_ZNK6crypto3aes4openEi";         // crypto::aes::open(int) const
  const std::string templated = "_ZN6crypto4ct_eIiEEbPFvT_E";  // bool crypto::ct_e<int>(void (*)(int))
  const std::string hidden = "_ZN12_GLOBAL__N_13aesEi";        // (anonymous namespace)::aes(int)
  CHECK(forbids("aes_*", free));
  CHECK(forbids("aes_encrypt", free));
  CHECK(forbids("aes_encrypt(char\\*)", free));
  CHECK(forbids("_Z11aes_*", free));
  CHECK_FALSE(forbids("aes_encrypt(int)", free));
  CHECK(forbids("crypto::*", member));
  CHECK(forbids("crypto::aes::open", member));
  CHECK_FALSE(forbids("open", member));
  CHECK(forbids("crypto::ct_*", templated));
  CHECK(forbids("crypto::ct_e<int>", templated));
  CHECK(forbids("(anonymous namespace)::aes", hidden));
  CHECK(forbids("std::function<*>::operator()", "_ZNKSt8functionIFvvEEclEv"));
}

TEST_CASE("a text that was written to crash a parser is refused like any other") {
  const TestFolder folder;
  std::string dots = "a", values;
  for (int depth = 0; depth < 30'000; ++depth) {
    dots += ".a";
    values += "[";
  }
  for (const std::string& text : {"[" + dots + "]", dots + " = 1", "a = { " + dots + " = 1 }",
                                  "a = " + values, std::string("[[$a]]"), std::string("[$]"),
                                  std::string("[\u00fc]")}) {
    const auto project = project_with(folder, text);
    REQUIRE_FALSE(project);
    CHECK(project.error().reason == "bad-project-file");
    CHECK(project.error().what.find(".autopass.toml:1") != std::string::npos);
  }
}

TEST_CASE("sources that a project leaves alone, by path from its folder, whole path or name") {
  const TestFolder folder;
  const auto project = project_with(folder, "ignore = [\"third_party/*\", \"gen_*.c\"]");
  REQUIRE(project);
  CHECK(project->ignores(project->folder + "/third_party/deep/a.c"));
  CHECK(project->ignores("/elsewhere/gen_x.c"));
  CHECK_FALSE(project->ignores("/elsewhere/third_party/a.c"));
  CHECK_FALSE(project->ignores(project->folder + "/a.c"));
  CHECK(project_with(folder, "ignore = \"*/a.c\"")->ignores("/elsewhere/a.c"));
}

TEST_CASE("what a project must not say is refused, with file and key") {
  const TestFolder folder;
  for (const auto& [content, word] :
       {std::pair{"clang = \"/tmp/evil\"", "clang"}, std::pair{"tune = \"auto\"", "tune"},
        std::pair{"llm-endpoint = \"http://evil\"", "llm-endpoint"},
        std::pair{"nonsense = 1", "nonsense"}, std::pair{"budget = \"soon\"", "budget"},
        std::pair{"[[target]]\ntrain = [\"x\"]", "path"},
        std::pair{"[[target]]\npath = \"a\"\nflags = \"x\"", "flags"},
        std::pair{"[[target]]\npath = [\"a\"]", "path"}, std::pair{"[[targets]]\n", "targets"},
        std::pair{"never = [[1]]", "never"}, std::pair{"project = 1979-05-27", "project"},
        std::pair{"project = \"a", ".autopass.toml:1"}}) {
    const auto project = project_with(folder, content);
    REQUIRE_FALSE(project);
    CHECK(project.error().reason == "bad-project-file");
    CHECK(project.error().what.find(word) != std::string::npos);
    CHECK(project.error().what.find(".autopass.toml") != std::string::npos);
  }
}

TEST_CASE("a single pattern will do for a list, and a key that is none is answered with those that are") {
  const TestFolder folder;
  CHECK(project_with(folder, "never = \"aes_*\"\n")->never == std::vector<std::string>{"aes_*"});
  const Error error = project_with(folder, "budgett = \"5m\"\n").error();
  CHECK(error.what.find("there is no key \"budgett\"") != std::string::npos);
  CHECK(error.next.find("never, ignore, [[target]], budget, cpu") != std::string::npos);
  CHECK(project_with(folder, "nevr = [\"aes_*\"]\n").error().next == error.next);
}
