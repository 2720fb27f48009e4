// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/commands.h"

#include "tree.h"
#include "util/text.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Job job_of(JobKind kind, const std::string& command, std::vector<std::string> inputs,
           const std::string& folder = "/w") {
  Job job;
  job.kind = kind;
  job.argv = shell_split(command).value();
  job.folder = folder;
  for (const auto& input : inputs) {
    job.inputs.push_back(folder + "/" + input);
  }
  return job;
}

std::string compile(const std::string& command, const std::vector<std::string>& additions = {}) {
  const auto job = job_of(JobKind::Compile, command, {"a.c"});
  const auto words = compile_command(job, "/w/a.c", "/s/a.o", additions);
  return words ? join(*words, " ") : words.error().reason;
}

std::string link(const std::string& command, const std::vector<std::string>& inputs,
                 const std::map<std::string, std::string>& substitutes,
                 const std::string& padding = {}) {
  const auto job = job_of(JobKind::Link, command, inputs);
  const auto words = link_command(job, substitutes, padding, "/s/p");
  return words ? join(*words, " ") : words.error().reason;
}

} // namespace

TEST_CASE("outputs of a compile are redirected, side outputs left out") {
  for (const std::string output : {"-o x/a.o", "-ox/a.o", "--output=x/a.o", "--output x/a.o", ""}) {
    CHECK(compile("cc -O2 -c " + output + " a.c") == trim("cc -o /s/a.o -O2 -c a.c"));
  }
  for (const std::string side : {"-MD", "-MMD -MP -MF x.d -MT a.o -MQa.o", "-MFx.d", "-MJ x.json",
                                 "-save-temps=obj", "-ftime-trace=x", "-fsave-optimization-record",
                                 "-foptimization-record-file=y", "--serialize-diagnostics a.dia",
                                 "-Wp,-MD,x.d", "-Wp,-MMD,x.d,-MT,t", "-Wl,-z,now", "-lm"}) {
    CHECK(compile("cc -c " + side + " a.c") == "cc -o /s/a.o -c a.c");
  }
  CHECK(compile("cc -Wp,-D_X=1,-MD,d -c a.c") == "cc -o /s/a.o -Wp,-D_X=1 -c a.c");
  for (const std::string kept : {"-objcmt-migrate-all", "-MX", "-gsplit-dwarf", "-include a.h",
                                 "-I m -x c", "-Xclang -foo", "-DX='a b'"}) {
    const auto words = join(shell_split(kept).value(), " ");
    CHECK(compile("cc " + kept + " -c a.c") == "cc -o /s/a.o " + words + " -c a.c");
  }
  for (const std::string refused : {"--coverage", "-ftest-coverage", "-fmodules"}) {
    CHECK(compile("cc -c " + refused + " a.c") == "side-outputs");
  }
}

TEST_CASE("additions go where no -- can hide them") {
  CHECK(compile("cc -c -- a.c", {"-mllvm", "-x"}) == "cc -mllvm -x -o /s/a.o -c -- a.c");
}

TEST_CASE("one source of a command that compiles and links") {
  const auto job = job_of(JobKind::CompileAndLink, "cc -g -x c a.c b.c -x none c.o -lm -Wl,-s -o p",
                          {"a.c", "b.c", "c.o"});
  CHECK(join(compile_command(job, "/w/b.c", "/s/b.o", {}).value(), " ") ==
        "cc -Wno-unused-command-line-argument -c -o /s/b.o -g -x c b.c -x none");
  const auto linked = link_command(job, {{"/w/a.c", "/s/a.o"}, {"/w/b.c", "/s/b.o"}}, {}, "/s/p");
  CHECK(join(linked.value(), " ") ==
        "cc -Wno-unused-command-line-argument -o /s/p -g /s/a.o /s/b.o c.o -lm -Wl,-s");
}

TEST_CASE("inputs of a link are replaced wherever they stand") {
  const std::map<std::string, std::string> substitutes = {{"/w/a.o", "/s/a.o"},
                                                          {"/w/l.a", "/s/l.a"}};
  CHECK(link("cc -o p ./a.o b.o l.a -lm", {"a.o", "b.o", "l.a"}, substitutes) ==
        "cc -o /s/p /s/a.o b.o /s/l.a -lm");
  CHECK(link("cc a.o -Wl,--start-group l.a -Wl,--end-group", {"a.o", "l.a"}, substitutes) ==
        "cc -o /s/p /s/a.o -Wl,--start-group /s/l.a -Wl,--end-group");
  CHECK(link("cc -shared a.o", {"a.o"}, substitutes, "/s/pad.o") ==
        "cc -o /s/p -shared /s/pad.o /s/a.o");
}

TEST_CASE("what a linker writes beside its output is left out") {
  for (const std::string side :
       {"-Wl,-Map=x", "-Wl,-Map,x", "-Wl,--Map=x", "-Xlinker -Map -Xlinker x", "-Wl,-Map -Wl,x",
        "-Wl,--dependency-file=x", "-Wl,--out-implib,x", "-Wl,--thinlto-cache-dir=c"}) {
    CHECK(link("cc a.o " + side, {"a.o"}, {}) == "cc -o /s/p a.o");
  }
  CHECK(link("cc a.o -Wl,-z,now,-Map,x,--as-needed", {"a.o"}, {}) ==
        "cc -o /s/p a.o -Wl,-z,now,--as-needed");
}

TEST_CASE("libraries and response files are looked up on disk") {
  Tree tree;
  tree.write("a.c", "int a;");
  tree.run("clang-22 -c a.c; mkdir lib; ar qc lib/libfoo.a a.o; ar qc lib/libbar.a a.o; "
           ": > lib/libbar.so; echo \"-O2 'a.o' -Llib\" > rsp");
  const auto inputs = [&](const std::string& command) {
    const auto job = job_of(JobKind::Link, command, {}, tree.root());
    std::string names;
    for (const auto& path : link_inputs(job, take_apart(job).value())) {
      names += path.substr(tree.root().size() + 1) + " ";
    }
    return names;
  };
  CHECK(inputs("cc @rsp -lfoo -lbar -lm") == "a.o lib/libfoo.a ");
  CHECK(inputs("cc a.o -L lib -l foo -static -lbar") == "a.o lib/libfoo.a lib/libbar.a ");
  CHECK(inputs("cc -Llib -Wl,-Bstatic -lbar -Wl,-Bdynamic -l:libfoo.a") ==
        "lib/libbar.a lib/libfoo.a ");
  CHECK(inputs("cc -Wl,--whole-archive,lib/libfoo.a,--no-whole-archive") == "lib/libfoo.a ");

  const auto job = job_of(JobKind::Link, "cc @rsp -lfoo", {}, tree.root());
  CHECK(join(link_command(job, {{tree.path("lib/libfoo.a"), "/s/libfoo.a"}}, {}, "/s/p").value(),
             " ") == "cc -o /s/p -O2 a.o -Llib /s/libfoo.a");
  const auto two = job_of(JobKind::Link, "cc -Llib -l bar -l foo -static", {}, tree.root());
  CHECK(join(link_command(two, {{tree.path("lib/libfoo.a"), "/s/libfoo.a"}}, {}, "/s/p").value(),
             " ") == "cc -o /s/p -Llib -lbar /s/libfoo.a -static");
  const auto gone = job_of(JobKind::Link, "cc @gone", {}, tree.root());
  CHECK(take_apart(gone).error().reason == "response-file-gone");
}

TEST_CASE("sources are told by their ending, as the wrapper tells them that recorded them") {
  for (const std::string name : {"a.c", "a.cc", "a.CC", "a.CXX", "d.x/a.C++", "a.mii", "a.s", "a.ll"}) {
    CHECK_MESSAGE(is_source(name), name);
  }
  for (const std::string name : {"a.o", "a.h", "a.so.1", "a", "d.c/a", "c", "a.c cc", "a."}) {
    CHECK_MESSAGE(!is_source(name), name);
  }
  CHECK(is_assembly("d/a.sx"));
  CHECK_FALSE(is_assembly("a.c"));
}

TEST_CASE("words are split like a shell does") {
  CHECK(shell_split("a  'b c' \"d \\\" e\" f\\ g ''\n").value() ==
        std::vector<std::string>{"a", "b c", "d \" e", "f g", ""});
  CHECK_FALSE(shell_split("'open"));
}
