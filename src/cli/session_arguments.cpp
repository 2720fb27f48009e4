// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The verbs that begin a session on a program, and what all of them are asked.
#include "measure/tolerance.h"
#include "parser_parts.h"

namespace autopass {

void add_prefix(CLI::App& parser, std::string& prefix) {
  parser
      .add_option("--prefix", prefix,
                  "Words in front of the program, so that it runs elsewhere or otherwise: "
                  "'qemu-aarch64 -L /usr/aarch64-linux-gnu', 'srun --exclusive', 'ssh board'")
      ->type_name("WORDS");
}

namespace {

void add_workload(CLI::App& parser, WorkloadArguments& workload) {
  const auto command = [&](const char* name, std::vector<std::string>& commands,
                           const char* about) {
    parser.add_option(name, commands, about)->type_name("COMMAND")->allow_extra_args(false);
  };
  command("--run", workload.run,
          "A shell command that runs the program for 0.3 to 3 seconds and prints what can be "
          "checked; give it again for a second workload");
  command("--holdout", workload.holdout,
          "The same with another input, which the search never sees: no plan may lose there");
  parser.add_option("--output", workload.outputs, "A file that the workload writes, to be checked")
      ->type_name("FILE")
      ->allow_extra_args(false);
  parser.add_option("--input", workload.input, "File for the workload's standard input")
      ->type_name("FILE");
  parser
      .add_option("--tolerance", workload.tolerance,
                  "How far numbers that are no integers may be from the untuned program's, relative "
                  "(default: 0: every byte counts); for some fields another: 1e-9,energy=1e-6,3=1e-3 "
                  "(behind the word energy, in column 3)")
      ->type_name("NUMBERS")
      ->check([](const std::string& text) {
        const auto tolerance = Tolerance::parse(text);
        return tolerance ? std::string() : tolerance.error().what;
      });
  parser
      .add_option("--checker", workload.checker,
                  "A shell command that compares the results in $AUTOPASS_EXPECTED and "
                  "$AUTOPASS_FOUND, asked when a byte differs; exit code 0: the same")
      ->type_name("COMMAND");
  parser.add_flag("--check-stderr", workload.checks_errors, "Standard error counts, too");
  add_prefix(parser, workload.prefix);
}

// What a session is asked: which program, how it is run, how long it may take.
template <class Arguments> void add_session(CLI::App& parser, Arguments& arguments) {
  parser
      .add_option("TARGET", arguments.target,
                  "The program, as it was linked (default: the one of .autopass.toml, or the "
                  "only one built here)")
      ->type_name("");
  add_workload(parser, arguments.workload);
  parser.add_option("--budget", arguments.budget, "Wall time at most: 90s, 5m, 1h (default: 5m)")
      ->type_name("TIME");
  parser
      .add_option("--sandbox", arguments.sandbox,
                  "Run the workload without network, on copies of what it writes: auto (where the "
                  "kernel lets us), on or off (default: auto)")
      ->type_name("MODE")
      ->check(CLI::IsMember({"auto", "on", "off"}));
}

CLI::Option* add_csv(CLI::App& parser, std::string& csv) {
  return parser.add_option("--csv", csv, "Write every run that confirmed, or did not, to this file")
      ->type_name("FILE");
}

void add_init(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<InitArguments>(
      app, chosen, "init", "Write .autopass.toml: what to tune, how to run it, for which machine",
      "  autopass init ./lz4 --run './lz4 -5 -c train.bin' --holdout './lz4 -5 -c other.bin'");
  parser->add_option("TARGET", arguments.target, target_help)->type_name("")->required();
  add_workload(*parser, arguments.workload);
  parser->add_option("--project", arguments.project, "The project's name (default: the folder's)")
      ->type_name("NAME");
  parser->add_flag("--force", arguments.force, "Replace the file that is there");
}

void add_tune(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<TuneArguments>(
      app, chosen, "tune", "Search for plans that make a program faster, and publish what holds",
      "  autopass tune ./lz4 --run './lz4 -5 -c train.bin' --holdout './lz4 -5 -c other.bin'\n"
      "  autopass tune --budget 30m --json");
  add_session(*parser, arguments);
  parser->add_option("--agent", arguments.agent, "Who proposes: expert (built in) or llm")
      ->type_name("NAME")
      ->check([](const std::string& name) {
        return name == "expert" || name == "llm" ? "" : "there is no agent " + name;
      });
  parser->add_flag("--dry-run", arguments.dry_run, "Say what would be done, and do nothing")
      ->excludes(add_csv(*parser, arguments.csv));
  parser->add_flag("--trust-unseen", arguments.trust_unseen,
                   "Tune functions too whose breakage the workload does not notice");
  parser->add_flag("--fresh", arguments.fresh, "Forget what an interrupted session had measured");
  parser->add_flag("--show-prompts", arguments.show_prompts,
                   "Print on stderr exactly what is sent to a model");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_verify(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<VerifyArguments>(
      app, chosen, "verify", "Measure again, today and here, whether a program's plans hold",
      "  autopass verify && echo they hold\n"
      "  autopass verify ./lz4 --keep --run './lz4 -5 -c train.bin'\n"
      "  autopass verify --matrix ./lz4");
  add_session(*parser, arguments);
  CLI::Option* keep = parser->add_flag("--keep", arguments.keep,
                                       "Only say it: plans that no longer hold stay in force");
  parser
      ->add_flag("--matrix", arguments.matrix,
                 "Build it at every level, with plans and without, and for the x86-64 levels of this "
                 "processor: which print the same, which are slower than the level below, and by which pass")
      ->excludes(keep)
      ->excludes(add_csv(*parser, arguments.csv));
  parser->add_flag("--json", arguments.json, json_help);
}

void add_bisect(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<BisectArguments>(
      app, chosen, "bisect",
      "Which element of which plan is to blame that a program is wrong, or is not compiled",
      "  autopass bisect ./lz4 --run './lz4 -5 -c wrong.bin'\n"
      "  autopass bisect ./lz4 --plan mine.json");
  add_session(*parser, arguments);
  parser
      ->add_option("--plan", arguments.plan,
                   "Plans of your own instead of the published ones: "
                   "{\"functions\":{\"NAME\":{plan}}}")
      ->type_name("FILE");
  parser->add_flag("--keep", arguments.keep, "Only find it and deny it: what is published stays");
  parser->add_flag("--json", arguments.json, json_help);
}

} // namespace

void add_sessions(CLI::App& app, std::optional<Invocation>& chosen) {
  add_init(app, chosen);
  add_tune(app, chosen);
  add_verify(app, chosen);
  add_bisect(app, chosen);
}

} // namespace autopass
