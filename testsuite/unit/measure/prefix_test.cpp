// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/prefix.h"

#include "measure/prefix_trial.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace autopass;

namespace {

using Words = std::vector<std::string>;
const std::string say = std::getenv("ACTOR");

Prefix prefix(const std::string& text) { return Prefix::parse(text, "/").value(); }

struct PrefixBench {
  ScratchFolder folder = ScratchFolder::create("prefix-test").value();

  std::string program(const std::string& name, const std::string& text) const {
    const std::string path = folder.path() + "/" + name;
    REQUIRE(write_file(path, "#!/bin/sh\n" + text));
    REQUIRE(::chmod(path.c_str(), 0755) == 0);
    return path;
  }
  std::string printed(const Words& argv, const std::string& where) const {
    const Outcome outcome = autopass::run({.argv = argv, .folder = where}).value();
    CHECK(outcome.errors == "");
    return outcome.output;
  }
  Run run(const std::string& through, const std::string& command) const {
    RunnerOptions options;
    options.prefix = Prefix::parse(through, folder.path()).value();
    const Runner runner(folder.path() + "/prog", folder.path() + "/scratch", options);
    return runner.run({command, folder.path(), "/dev/null", {}}, say).value();
  }
  PrefixTrial trial(const std::string& through, std::shared_ptr<const Sandbox> sandbox,
                    bool may_leave) const {
    RunnerOptions options;
    options.core = usable_cores().back();
    options.sandbox = std::move(sandbox);
    options.prefix = prefix(through);
    return try_prefix(folder.path() + "/prog", folder.path() + "/scratch", options,
                      {{"./prog burn 100 say x", folder.path(), "/dev/null", {}},
                       {"./prog say other", folder.path(), "/dev/null", {}}}, say, may_leave)
        .value();
  }
};

const Words awkward = {"a b", "it's", "'", "", "$HOME", "two\nlines\n", "\\", "*"};
// Prints each of its arguments between brackets.
const std::string show = "for word; do printf '[%s]' \"$word\"; done\n";

} // namespace

TEST_CASE("a prefix is words that can be run, and nothing else") {
  CHECK(prefix("env 'A=a b' B=").before({"./p", "x"}, "/f") == Words{"env", "A=a b", "B=", "./p", "x"});
  CHECK(prefix("env").text() == "env");
  CHECK(Prefix().empty());
  for (const char* wrong : {"", " ", "env | cat", "env $X", "env *", "sh -c {comand}", "sh -c '{comand}'", "nosuchprogram x", "./env", "env 'a"}) {
    CHECK(Prefix::parse(wrong, "/").error().reason == "bad-prefix");
  }
  const PrefixBench bench;
  const std::string script = bench.program("through", "exec \"$@\"\n");
  CHECK(Prefix::parse("./through x", bench.folder.path())->before({"p"}, "/").front() == script);
}

TEST_CASE("what takes a text gets one, quoted, that starts in the folder") {
  CHECK(prefix("sh -c 'nice {command}; true'").before({"./p", "a b"}, "/my folder") ==
        Words{"sh", "-c", "nice cd '/my folder' && ./p 'a b'; true"});
  const PrefixBench bench;
  bench.program("ssh", "");
  CHECK(Prefix::parse("./ssh board", bench.folder.path())->before({"p"}, "/f") ==
        Words{bench.folder.path() + "/ssh", "board", "cd /f && p"});
  for (const char* through : {"env A=b ssh board", "nice /usr/bin/ssh board"}) {
    CHECK(prefix(through).before({"p", "a;b"}, "/f").back() == "cd /f && p 'a;b'");
  }
  CHECK(prefix("nice sh -c").before({"p", "a;b"}, "/f").back() == "cd /f && p 'a;b'");
  CHECK(prefix("env -u sh").before({"p", "-c"}, "/f").back() == "-c");
  CHECK(prefix("env A=/usr/bin/ssh").before({"p"}, "/f").back() == "p");
}

TEST_CASE("every argument arrives, through words, through a text, and through their scripts") {
  const PrefixBench bench;
  const std::string program = bench.program("a program", show);
  std::string expected = bench.printed({program, awkward[0], awkward[1], awkward[2], awkward[3], awkward[4],
                                        awkward[5], awkward[6], awkward[7]}, "/");
  REQUIRE(expected.find("[it's][']") != std::string::npos);
  Words argv = {program};
  argv.insert(argv.end(), awkward.begin(), awkward.end());
  for (const char* through : {"env", "sh -c {command}", "sh -c 'true; {command}'"}) {
    CHECK(bench.printed(prefix(through).before(argv, "/"), "/tmp") == expected);
    Words script = {bench.program("script", "")};
    REQUIRE(write_file(script[0], prefix(through).script(program)));
    script.insert(script.end(), awkward.begin(), awkward.end());
    CHECK(bench.printed(script, "/tmp") == expected);
  }
  const std::string where = bench.program("where", "pwd\n");
  CHECK(bench.printed(prefix("sh -c 'cd /usr; {command}'").before({where}, "/tmp"), "/") == "/tmp\n");
  const std::string script = bench.program("script", "");
  REQUIRE(write_file(script, prefix("sh -c 'cd /usr; {command}'").script(where)));
  CHECK(bench.printed({script}, "/tmp") == "/tmp\n");
}

TEST_CASE("a workload runs its target through the prefix, wherever the command runs it") {
  const PrefixBench bench;
  const std::string log = bench.folder.path() + "/log";
  bench.program("note", "echo \"$2\" >> " + log + "\nexec \"$@\"\n");
  bench.program("script.sh", "\"$AUTOPASS_TARGET\" say x; \"$1\" say y\n");
  CHECK(bench.run("./note env", "./prog say x").output_start == "x\n");
  CHECK(bench.run("./note env", "./prog say x | cat && ./prog say y").output_start == "x\ny\n");
  CHECK(bench.run("./note env", "sh script.sh ./prog").output_start == "x\ny\n");
  const std::vector<std::string> paths = split(*read_file(log), '\n');
  REQUIRE(paths.size() >= 5);
  CHECK(std::all_of(paths.begin(), paths.begin() + 5, [&](const auto& path) { return path == paths[0]; }));
}

TEST_CASE("through a prefix each binary has a path of its own, as long as the other's, that stays what it was") {
  const PrefixBench bench;
  RunnerOptions options;
  options.prefix = prefix("env A=b");
  for (const std::string name : {"prog", "program"}) {
    const Runner runner(bench.folder.path() + "/" + name, bench.folder.path() + "/scratch", options);
    const auto path_of = [&](const std::string& binary) {
      const Workload workload{"./" + name, bench.folder.path(), "/dev/null", {}};
      return std::string(trim(runner.run(workload, binary).value().output_start));
    };
    const std::string first = bench.program("first", "echo \"$0\"\n");
    const std::string path = path_of(first), other = path_of(bench.program("the second", "echo \"$0\"\n"));
    CHECK(path != other);
    CHECK(path.size() == other.size());
    CHECK(real_path(path) == real_path(first));
    CHECK(path_of(first) == path);
  }
}

TEST_CASE("a prefix finds the agent that holds the user's keys, and nothing else of his") {
  const PrefixBench bench;
  ::setenv("SSH_AUTH_SOCK", "/run/agent", 1);
  CHECK(bench.run("env", "./prog getenv SSH_AUTH_SOCK").output_start == "/run/agent\n");
  const Runner without(bench.folder.path() + "/prog", bench.folder.path() + "/scratch", {});
  const Workload workload{"./prog getenv SSH_AUTH_SOCK", bench.folder.path(), "/dev/null", {}};
  CHECK(without.run(workload, say)->output_start == "(unset)\n");
  ::unsetenv("SSH_AUTH_SOCK");
}

TEST_CASE("both runs at once go through the prefix, and a runner without it does not") {
  const PrefixBench bench;
  RunnerOptions options;
  options.prefix = prefix("env MARK=1");
  const Runner runner(bench.folder.path() + "/prog", bench.folder.path() + "/scratch", options);
  const std::string program = bench.program("marked", "echo \"marked $MARK\"\n");
  const Workload workload{"./prog", bench.folder.path(), "/dev/null", {}};
  const auto both = runner.run_side_by_side(workload, program, program, {}).value();
  CHECK(both[0].output_start == "marked 1\n");
  CHECK(both[1].output_start == "marked 1\n");
  CHECK(runner.without_prefix().run(workload, program)->output_start == "marked \n");
  CHECK(runner.run(workload, program)->output_start == "marked 1\n");
}

TEST_CASE("a prefix that waits is timed by the wall clock, unpinned; what is busy for most of its time is not waiting") {
  const PrefixBench bench;
  const std::string waits = bench.program("waits", "sleep 0.3; exec \"$@\"\n");
  const PrefixTrial elsewhere = bench.trial(waits, {}, true);
  CHECK(elsewhere.options.clock == Clock::Wall);
  CHECK(elsewhere.options.core == -1);
  CHECK(elsewhere.why_wall.find("CPU time here") != std::string::npos);
  CHECK(elsewhere.about_sandbox("off: as was asked") == "off: as was asked");
  // Of several workloads the weakest answer is that of all.
  const std::string other_waits = bench.program("other-waits", "[ \"$3\" != other ] || sleep 0.3; exec \"$@\"\n");
  CHECK(bench.trial(other_waits, {}, true).options.clock == Clock::Wall);
  Run run;
  run.wall_seconds = 1;
  run.cpu_seconds = 0.49;
  CHECK(mostly_waits(run));
  run.cpu_seconds = 0.51;
  CHECK_FALSE(mostly_waits(run));
  run.wall_seconds = 0.3; // a fifth of it on the core, which others had meanwhile
  run.cpu_seconds = 0.06;
  run.preemptions = 20;
  run.waits = 5;
  CHECK(mostly_waits(run));
  run.preemptions = 30;
  CHECK_FALSE(mostly_waits(run));
  run.wall_seconds = 3; // behind somebody with more weight
  CHECK_FALSE(mostly_waits(run));
  run.waits = 8;
  CHECK(mostly_waits(run));
}

TEST_CASE("runs that another host may not have ended are counted, for all copies of a runner") {
  const PrefixBench bench;
  RunnerOptions options;
  options.prefix = prefix("env A=b");
  for (const Clock clock : {Clock::Cpu, Clock::Wall}) {
    options.clock = clock;
    const Runner runner(bench.folder.path() + "/prog", bench.folder.path() + "/scratch", options);
    Runner copy = runner;
    copy.set_timeout(0.2);
    const Workload workload{"./prog hang", bench.folder.path(), "/dev/null", {}};
    CHECK(copy.run(workload, say)->timed_out);
    CHECK(runner.left_running() == (clock == Clock::Wall ? 1 : 0));
  }
}

TEST_CASE("a prefix that fails in the sandbox runs without, where that was not ruled out") {
  const PrefixBench bench;
  const auto sandbox = Sandbox::create();
  if (!sandbox) {
    return;
  }
  // Only one of the two has a network.
  const std::string needs = bench.program("needs", "[ $(wc -l < /proc/net/dev) -gt 3 ] && exec \"$@\"\n");
  if (autopass::run({.argv = {needs, "true"}})->success()) {
    const PrefixTrial left = bench.trial(needs, *sandbox, true);
    CHECK(left.options.sandbox == nullptr);
    CHECK(left.about_sandbox("on") == "off: " + left.why_no_sandbox);
    CHECK(bench.trial(needs, *sandbox, false).options.sandbox != nullptr);
  }
  const std::string other_needs =
      bench.program("other-needs", "[ \"$3\" != other ] || exec " + needs + " \"$@\"\nexec \"$@\"\n");
  if (autopass::run({.argv = {needs, "true"}})->success()) {
    CHECK(bench.trial(other_needs, *sandbox, true).options.sandbox == nullptr);
  }
  const std::string waits = bench.program("waits", "sleep 0.3; exec \"$@\"\n");
  CHECK(bench.trial(waits, *sandbox, true).about_sandbox("on") == "on, for the prefix only");
  const PrefixTrial stays = bench.trial("env A=b", *sandbox, true);
  CHECK(stays.options.sandbox != nullptr);
  CHECK(stays.why_no_sandbox == "");
}
