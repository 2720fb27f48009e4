// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small projects, really built, recorded, resolved and built again.
#include "build/replay.h"

#include "build/elf.h"
#include "tree.h"
#include "util/subprocess.h"

#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <future>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace autopass;

namespace {

std::string output_of(const std::string& program) {
  Command command;
  command.argv = {program};
  const auto outcome = run(command).value();
  return outcome.output + outcome.status();
}

std::uint64_t address_of(const std::string& function, const std::string& program) {
  const auto symbols = functions(program).value();
  for (const auto& symbol : symbols) {
    if (symbol.name == function) {
      return symbol.address;
    }
  }
  return 0;
}

std::string reason_of(Tree& tree, const std::string& name, const Project& project = {}) {
  const auto target = resolve(tree.builds(), project, tree.path(name));
  if (!target) {
    return target.error().reason;
  }
  const auto scratch = ScratchFolder::create("autopass-test").value();
  const auto replica = Replica::create(*target, scratch.path(), {});
  return replica ? "" : replica.error().reason;
}

// Resolves and replays; in two other layouts the program must still do the same. Nothing in the
// tree may change. Returns how many units there were.
std::size_t replay(Tree& tree, const std::string& name, bool runs = true) {
  const auto before = tree.listing();
  const auto target = resolve(tree.builds(), {}, tree.path(name));
  INFO((target ? "" : target.error().what + "\n" + target.error().next));
  REQUIRE(target);
  const auto scratch = ScratchFolder::create("autopass-test").value();
  ReplayOptions options;
  options.jobs = 2;
  const auto replica = Replica::create(*target, scratch.path(), options);
  INFO((replica ? "" : replica.error().what));
  REQUIRE(replica);
  CHECK((*replica)->notes().empty());
  const auto baseline = (*replica)->baseline();
  CHECK(baseline.code == loadable_digest(tree.path(name)).value());
  const auto same = (*replica)->build({});
  REQUIRE(same);
  CHECK(same->code == baseline.code);
  for (const int number : {1, 2}) {
    const auto moved = (*replica)->build({}, {number});
    INFO((moved ? "" : moved.error().what));
    REQUIRE(moved);
    CHECK(moved->code != baseline.code);
    if (runs) {
      CHECK(address_of("main", moved->path) == address_of("main", baseline.path) + 16u * number);
      CHECK(output_of(moved->path) == output_of(tree.path(name)));
    }
  }
  CHECK(tree.listing() == before);
  return target->units.size();
}

void write_two_files(const Tree& tree) {
  tree.write("a.c", "#include \"a.h\"\nint f(int x) { return x * 7 + A; }\n");
  tree.write("a.h", "#define A 3\nint f(int);\n");
  tree.write("main.c", "#include \"a.h\"\n#include <stdio.h>\n"
                       "int main(void) { printf(\"%d\\n\", f(5)); return 0; }\n");
}

void compile(Tree& tree, const std::string& source, const std::string& object,
             const std::string& options = "-O2") {
  tree.record(JobKind::Compile,
              std::string(clang) + " " + options + " -c " + source + " -o " + object, {source},
              object);
}

void build_two_files(Tree& tree, const std::string& options = "-O2") {
  write_two_files(tree);
  compile(tree, "a.c", "a.o", options);
  compile(tree, "main.c", "main.o", options);
  tree.record(JobKind::Link, std::string(clang) + " main.o a.o -o prog", {"main.o", "a.o"}, "prog");
}

} // namespace

TEST_CASE("plain objects, with debug information and dependency files") {
  Tree tree;
  build_two_files(tree, "-O2 -g -gsplit-dwarf -MD -MP");
  CHECK(replay(tree, "prog") == 2);
}

TEST_CASE("in another layout hot and cold code lie elsewhere, too") {
  for (const std::string linker : {"bfd", "lld"}) {
    CAPTURE(linker);
    Tree tree;
    tree.write("main.c", "__attribute__((hot, noinline)) int warm(int x) { return x * 7; }\n"
                         "__attribute__((cold, noinline)) int cool(int x) { return x - 7; }\n"
                         "int main(int count, char** words) { (void)words; return cool(warm(count)); }\n");
    compile(tree, "main.c", "main.o");
    tree.record(JobKind::Link, std::string(clang) + " -fuse-ld=" + linker + " main.o -o prog", {"main.o"}, "prog");
    const auto target = resolve(tree.builds(), {}, tree.path("prog")).value();
    const auto scratch = ScratchFolder::create("autopass-test").value();
    const auto replica = Replica::create(target, scratch.path(), {}).value();
    for (const int number : {1, 2, 3}) {
      const auto moved = replica->build({}, {number}).value();
      for (const char* function : {"main", "warm", "cool"}) {
        CAPTURE(function);
        CHECK(address_of(function, moved.path) % 64 ==
              (address_of(function, replica->baseline().path) + 16u * static_cast<unsigned>(number)) % 64);
      }
    }
  }
}

TEST_CASE("a static archive with two members of one name") {
  Tree tree;
  tree.write("a/util.c", "int one(void) { return 1; }");
  tree.write("b/util.c", "int two(void) { return 2; }");
  tree.write("main.c", "int one(void), two(void); int main(void) { return one() * 10 + two(); }");
  compile(tree, "a/util.c", "a/util.o");
  compile(tree, "b/util.c", "b/util.o");
  compile(tree, "main.c", "main.o");
  for (const std::string kind : {"qcs", "qcsT"}) {
    tree.run("mkdir -p lib; rm -f lib/libutil.a; ar " + kind + " lib/libutil.a b/util.o a/util.o");
    tree.record(JobKind::Link, std::string(clang) + " main.o -Llib -lutil -o prog", {"main.o"},
                "prog");
    CHECK(replay(tree, "prog") == 3);
  }
  const auto target = resolve(tree.builds(), {}, tree.path("prog")).value();
  CHECK(target.units[1].source == tree.path("b/util.c"));
  CHECK(target.units[2].source == tree.path("a/util.c"));
  CHECK(target.units[2].position == 1);

  // The objects are gone and the archive stripped: replays tell which member is whose.
  tree.run("rm lib/libutil.a; ar qcs lib/libutil.a b/util.o a/util.o; strip -g lib/libutil.a; "
           "rm a/util.o b/util.o");
  CHECK(replay(tree, "prog") == 3);
}

TEST_CASE("compiled and linked by one command") {
  Tree tree;
  write_two_files(tree);
  tree.record(JobKind::CompileAndLink,
              std::string(clang) + " -O2 -g -Werror -x c main.c a.c -o prog -lm -Wl,-Map=prog.map",
              {"main.c", "a.c"}, "prog");
  CHECK(replay(tree, "prog") == 2);
}

TEST_CASE("C++ with one inline function in two files, sections collected") {
  Tree tree;
  tree.write("a.h", "#include <cstdio>\ntemplate <class T> __attribute__((noinline)) T twice(T x) "
                    "{ std::printf(\"%d\\n\", x); return x + x; }\n");
  tree.write("a.cpp", "#include \"a.h\"\nint f(int x) { return twice(x); }\n");
  tree.write("b.cpp", "#include \"a.h\"\nint f(int); int main() { return f(4) - twice(4); }\n");
  for (const std::string name : {"a", "b"}) {
    tree.record(JobKind::Compile,
                std::string(clangxx) + " -O2 -ffunction-sections -c " + name + ".cpp",
                {name + ".cpp"}, name + ".o");
  }
  tree.record(JobKind::Link, std::string(clangxx) + " b.o a.o -Wl,--gc-sections -o prog",
              {"b.o", "a.o"}, "prog");
  CHECK(replay(tree, "prog") == 2);
  tree.record(JobKind::Link,
              std::string(clangxx) + " -fuse-ld=lld-22 b.o a.o -Wl,--gc-sections -o prog",
              {"b.o", "a.o"}, "prog");
  CHECK(replay(tree, "prog") == 2);
}

TEST_CASE("a shared library, and a program whose assembly goes along") {
  Tree tree;
  write_two_files(tree);
  compile(tree, "a.c", "a.o", "-O2 -fPIC");
  tree.record(JobKind::Link, std::string(clang) + " -shared -Wl,-soname,liba.so.1 a.o -o liba.so",
              {"a.o"}, "liba.so");
  CHECK(replay(tree, "liba.so", false) == 1);

  tree.write("asm.s", ".globl f\nf: leal (%rdi,%rdi), %eax\nret\n"
                      ".section .note.GNU-stack,\"\",@progbits\n");
  tree.record(JobKind::CompileAndLink, std::string(clang) + " main.c asm.s -o prog",
              {"main.c", "asm.s"}, "prog");
  CHECK(replay(tree, "prog") == 2);
}

TEST_CASE("a program that was stripped and copied after its link, an object that was moved") {
  Tree tree;
  write_two_files(tree);
  compile(tree, "a.c", "a.tmp");
  compile(tree, "main.c", "main.o");
  tree.run("mv a.tmp a.o");
  tree.record(JobKind::Link, std::string(clang) + " main.o a.o -o prog_g", {"main.o", "a.o"},
              "prog_g");
  tree.run("cp prog_g prog; strip prog");
  CHECK(replay(tree, "prog") == 2);
}

TEST_CASE("the time of the build is compiled in") {
  // The recorded time gives the very same bytes, unless the clock ticked while clang started.
  bool equal = false;
  for (int build = 0; build < 20 && !equal; ++build) {
    Tree tree;
    tree.write("main.c",
               "#include <stdio.h>\nint main(void) { puts(__DATE__ __TIME__); return 0; }");
    tree.record(JobKind::CompileAndLink, std::string(clang) + " main.c -o prog", {"main.c"},
                "prog");
    tree.run("sleep 1.1");
    const auto target = resolve(tree.builds(), {}, tree.path("prog")).value();
    const auto scratch = ScratchFolder::create("autopass-test").value();
    const auto replica = Replica::create(target, scratch.path(), {});
    REQUIRE(replica);
    const auto baseline = (*replica)->baseline();
    equal = baseline.code == loadable_digest(tree.path("prog")).value();
    CHECK(equal == (*replica)->notes().empty());
    CHECK(output_of(baseline.path).substr(0, 11) == output_of(tree.path("prog")).substr(0, 11));
  }
  CHECK(equal);
}

TEST_CASE("what stops a replay has a reason") {
  Tree tree;
  CHECK(reason_of(tree, "prog") == "target-not-built");
  tree.write("prog", "#!/bin/sh\n");
  CHECK(reason_of(tree, "prog") == "target-not-built");

  write_two_files(tree);
  tree.run("clang-22 main.c a.c -o prog");
  const auto unknown = resolve(tree.builds(), {}, tree.path("prog"));
  CHECK(unknown.error().reason == "link-not-recorded");
  CHECK(unknown.error().next.find("[[target]]\npath = \"prog\"\nlink = \"") != std::string::npos);

  Project elsewhere;
  elsewhere.folder = tree.path("elsewhere");
  const auto outside = resolve(tree.builds(), elsewhere, tree.path("prog"));
  CHECK(outside.error().next.find("[[target]]") == std::string::npos);

  tree.run("clang-22 -c main.c; clang-22 -c a.c");
  tree.record(JobKind::Link, std::string(clang) + " main.o a.o -o prog", {"main.o", "a.o"}, "prog");
  CHECK(reason_of(tree, "prog") == "objects-not-recorded");

  build_two_files(tree);
  tree.write("a.h", "#define A 4\nint f(int);\n"); // a header: only the object can tell
  const auto target = resolve(tree.builds(), {}, tree.path("prog")).value();
  const auto scratch = ScratchFolder::create("autopass-test").value();
  const auto changed = Replica::create(target, scratch.path(), {});
  CHECK(changed.error().reason == "replay-differs");
  CHECK(changed.error().what.find("a.c") != std::string::npos);
  CHECK(changed.error().what.find("section .text") != std::string::npos);

  tree.write("a.c", "#error\n");
  CHECK(reason_of(tree, "prog") == "source-changed");
  tree.run("rm a.c");
  CHECK(reason_of(tree, "prog").empty()); // its object is linked as it is

  build_two_files(tree);
  compile(tree, "a.c", "a.o", "-O2 --coverage");
  CHECK(reason_of(tree, "prog") == "side-outputs");
}

TEST_CASE("a link that the project file names") {
  Tree tree;
  write_two_files(tree);
  compile(tree, "a.c", "a.o");
  compile(tree, "main.c", "main.o");
  tree.run("cd / && gcc " + tree.path("main.o") + " " + tree.path("a.o") + " -o " +
           tree.path("prog"));
  CHECK(reason_of(tree, "prog") == "link-not-recorded");
  Project project;
  project.folder = tree.root();
  TargetConfig config;
  config.path = "prog";
  config.link = "gcc main.o 'a.o' -o prog";
  project.targets = {config};
  CHECK(reason_of(tree, "prog", project).empty());
}

TEST_CASE("what is known is built while something else is compiled") {
  Tree tree;
  write_two_files(tree);
  // A compiler that, when a header is included, waits for somebody to write to it.
  const std::string waiting = tree.path("waiting"), header = tree.path("header");
  tree.write("waiting", "#!/bin/sh\ncase \"$*\" in *-include*) cat " + header + ";; esac\nexec " + clang + " \"$@\"\n");
  REQUIRE(::chmod(waiting.c_str(), 0755) == 0);
  tree.record(JobKind::Compile, waiting + " -O2 -c a.c -o a.o", {"a.c"}, "a.o");
  tree.record(JobKind::Compile, waiting + " -O2 -c main.c -o main.o", {"main.c"}, "main.o");
  tree.record(JobKind::Link, waiting + " a.o main.o -o prog", {"a.o", "main.o"}, "prog");
  const auto target = resolve(tree.builds(), {}, tree.path("prog")).value();
  const auto scratch = ScratchFolder::create("autopass-test").value();
  const auto replica = Replica::create(target, scratch.path(), {}).value();

  REQUIRE(::mkfifo(header.c_str(), 0600) == 0);
  auto slow = std::async(std::launch::async, [&] { return replica->build_variant({{"-include", header}, {}}); });
  int writer = -1;
  for (int tries = 0; writer < 0 && tries < 1000; ++tries) {
    writer = ::open(header.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    std::this_thread::sleep_for(std::chrono::milliseconds(writer < 0 ? 20 : 0));
  }
  REQUIRE(writer >= 0);
  auto known = std::async(std::launch::async, [&] { return replica->build({}, {1}); });
  CHECK(known.wait_for(std::chrono::seconds(30)) == std::future_status::ready);
  CHECK(slow.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  ::close(writer);
  CHECK(known.get());
  slow.wait();
}
