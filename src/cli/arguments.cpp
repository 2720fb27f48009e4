// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arguments.h"

#include "output.h"
#include "parser_parts.h"
#include "report/layout.h"

#include <algorithm>
#include <string_view>

namespace autopass {
namespace {

// Help that keeps within the width of a terminal.
class Formatter : public CLI::Formatter {
  static std::string entry(std::string name, const std::string& about) {
    constexpr std::size_t column = 22;
    name = "  " + name + "  ";
    if (name.size() > column) {
      return name + "\n" + wrapped(std::string(column, ' '), about);
    }
    return wrapped(name + std::string(column - name.size(), ' '), about);
  }
  std::string make_option(const CLI::Option* option, bool positional) const override {
    return entry(make_option_name(option, positional) + make_option_opts(option),
                 make_option_desc(option));
  }
  std::string make_subcommand(const CLI::App* verb) const override {
    return entry(verb->get_name(), verb->get_description());
  }
  std::string make_description(const CLI::App* app) const override {
    return wrapped("", app->get_description());
  }
};

// The words of somebody else's command, which are not for our parser: what follows "--", and for
// `run` also what follows without it. The rest of argv stays.
std::vector<std::string> take_command(int& argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb != "explain" && verb != "run" && verb != "measure") {
    return {};
  }
  int end = 2;
  const auto dashes = [&] { return end < argc && std::string_view(argv[end]) == "--"; };
  while (end < argc && !dashes() && (verb != "run" || argv[end][0] == '-')) {
    ++end;
  }
  const int start = dashes() ? end + 1 : end;
  std::vector<std::string> command(argv + std::min(start, argc), argv + argc);
  argc = end;
  return command;
}

// Into the verb that takes it; an Error when it is missing, or one too many.
Result<void> give_command(Invocation& invocation, std::vector<std::string> command) {
  if (auto* run = std::get_if<RunArguments>(&invocation)) {
    run->command = std::move(command);
    if (run->command.empty()) {
      return fail("run what?", "autopass run -- make -j4", usage_reason);
    }
  }
  if (auto* measure = std::get_if<MeasureArguments>(&invocation)) {
    measure->command = std::move(command);
  }
  if (auto* explain = std::get_if<ExplainArguments>(&invocation)) {
    explain->command = std::move(command);
    if (explain->output.empty() == explain->command.empty()) {
      return fail("explain takes a file or, after --, a command",
                  "autopass explain a.o, or: autopass explain -- autopass-clang -O2 -c a.c",
                  usage_reason);
    }
  }
  return {};
}

void add_building(CLI::App& app, std::optional<Invocation>& chosen) {
  {
    auto [parser, arguments] =
        verb<RunArguments>(app, chosen, "run", "Run a build with autopass-clang as its compiler",
                           "  autopass run -- make -j4");
    // Of these the parser sees none (take_command): they are declared for the help.
    parser->add_option("COMMAND", arguments.command, "The build's command, with its own options")
        ->type_name("");
  }
  auto [parser, arguments] = verb<StaleArguments>(
      app, chosen, "stale", "Which objects have other plans now than when they were compiled",
      "  autopass stale --touch && make");
  parser->add_option("FOLDER", arguments.folder, "Of objects below it (default: this folder)")
      ->type_name("");
  parser->add_flag("--touch", arguments.touch,
                   "Have the next build compile them: date each before its source");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_background(CLI::App& app, std::optional<Invocation>& chosen) {
  {
    auto [parser, arguments] = verb<QueueArguments>(
        app, chosen, "queue", "List the sessions that wait to be run in the background");
    parser->add_flag("--work", arguments.work,
                     "Run what waits, one after another, nicely, until nothing waits");
    parser->add_flag("--json", arguments.json, json_help);
  }
  auto [parser, arguments] = verb<StatusArguments>(
      app, chosen, "status", "What is running, what is waiting, what was found last");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_reading(CLI::App& app, std::optional<Invocation>& chosen) {
  {
    auto [parser, arguments] =
        verb<ReportArguments>(app, chosen, "report", "The report of the last session");
    parser->add_option("TARGET", arguments.target, "Of this program (default: the newest of all)")
        ->type_name("");
    parser->add_flag("--json", arguments.json, json_help);
  }
  {
    auto [parser, arguments] = verb<StatsArguments>(
        app, chosen, "stats", "What was compiled, what was not touched, and how often");
    parser->add_flag("-v,--verbose", arguments.verbose, "Every counted reason");
    parser->add_flag("--json", arguments.json, json_help);
  }
  {
    auto [parser, arguments] =
        verb<ExplainArguments>(app, chosen, "explain",
                               "How a file was compiled or linked, or what would become of a "
                               "command, and why; or what a word of the vocabulary means",
                               "  autopass explain build/lz4.o\n"
                               "  autopass explain unroll-count\n"
                               "  autopass explain -- autopass-clang -O2 -c lz4.c");
    parser
        ->add_option("OUTPUT", arguments.output,
                     "An object file, a program or an entry of the vocabulary; or a whole "
                     "command, after --")
        ->type_name("");
    parser->add_flag("--json", arguments.json, json_help);
  }
}

void add_plans(CLI::App& app, std::optional<Invocation>& chosen) {
  {
    auto [parser, arguments] = verb<ShowArguments>(
        app, chosen, "show", "The plans in force, with their evidence; or all about one function's",
        "  autopass show ./lz4\n  autopass show LZ4_compress_fast\n"
        "  autopass show --binary ./lz4");
    parser
        ->add_option("WHAT", arguments.what,
                     "A program: its plans. A function: its plan, where it acts, where it is from "
                     "(default: all plans)")
        ->type_name("");
    parser->add_option("FUNCTION", arguments.function, "With --binary: this function alone")
        ->type_name("");
    parser->add_flag("--binary", arguments.binary,
                     "Which plans are in this program or object, as it was built");
    parser->add_flag("--json", arguments.json, json_help);
  }
  auto [parser, arguments] = verb<DiffArguments>(
      app, chosen, "diff",
      "What a function's plan changes: remarks, loops and assembly, before and after",
      "  autopass diff LZ4_compress_fast\n  autopass diff LZ4_compress_fast --plan mine.json");
  parser->add_option("FUNCTION", arguments.function, "Its name; C++ ones without parameters, too")
      ->type_name("")
      ->required();
  parser
      ->add_option("--plan", arguments.plan,
                   "Plans of your own instead of the published one: "
                   "{\"functions\":{\"NAME\":{plan}}}")
      ->type_name("FILE");
  parser->add_flag("--mca", arguments.mca, "With llvm-mca's figures for the hot loop");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_measure(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<MeasureArguments>(
      app, chosen, "measure", "Which of two commands is faster, and by how much",
      "  autopass measure -- ./before input --vs ./after input\n"
      "  autopass measure --json -- 'sort a | uniq' --vs 'sort -u a'");
  parser->add_option("--input", arguments.input, "File for the standard input of both")->type_name("FILE");
  add_prefix(*parser, arguments.prefix);
  parser
      ->add_option("--clock", arguments.clock,
                   "Which time counts: cpu (user plus system) or wall (default: cpu, but for what waits or "
                   "has threads)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"cpu", "wall"}));
  parser->add_option("--core", arguments.core, "Pin both to this core, or none (default: the last)")
      ->type_name("NUMBER");
  parser->add_option("--time", arguments.time, "Stop after this time (default: 2m), or when it is clear")
      ->type_name("TIME");
  parser->add_flag("--in-turn", arguments.in_turn, "Never run both at the same time");
  parser->add_flag("--ignore-failure", arguments.ignore_failure, "Measure commands that fail, too");
  parser->add_option("--csv", arguments.csv, "Write every sample to this file")->type_name("FILE");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_settings(CLI::App& app, std::optional<Invocation>& chosen) {
  {
    auto [parser, arguments] = verb<UndoArguments>(
        app, chosen, "undo", "Remove a program's plans: its next build is the compiler's own");
    parser->add_option("TARGET", arguments.target, target_help)->type_name("")->required();
    parser->add_flag("--denied", arguments.denied,
                     "Instead: what was found to fail for it may be tried again");
  }
  {
    auto [parser, arguments] =
        verb<ConfigArguments>(app, chosen, "config", "Show or set the configuration",
                              "  autopass config tune=auto\n  autopass config budget");
    parser->add_option("KEY[=VALUE]", arguments.assignment, "A key to show or to set")
        ->type_name("");
    parser->add_flag("--json", arguments.json, json_help);
  }
  {
    auto [parser, arguments] = verb<PlanArguments>(
        app, chosen, "plan", "Check a file of plans written by hand",
        "  autopass plan check experiment.json\n"
        "  AUTOPASS_PLANS=experiment.json make");
    parser->require_subcommand(1);
    CLI::App* check = parser->add_subcommand(
        "check", "Whether the file's plans are valid; if not, what is wrong, and where");
    check->add_option("FILE", arguments.file, "Plans by function, or one plan")
        ->type_name("")
        ->required();
    check->add_flag("--json", arguments.json, json_help);
  }
  auto [parser, arguments] =
      verb<VocabularyArguments>(app, chosen, "vocabulary", "All that a plan can say");
  parser->add_flag("--json", arguments.json, json_help);
}

void add_doctor(CLI::App& app, std::optional<Invocation>& chosen) {
  auto [parser, arguments] = verb<DoctorArguments>(
      app, chosen, "doctor", "Check compiler, plugin, plans, and what is around them");
  parser->add_flag("--json", arguments.json, json_help);
}

} // namespace

Parsed parse_arguments(int argc, char** argv) {
  CLI::App app("AutoPass finds out, by measuring, what the compiler should do differently for each "
               "hot function of your program, and has your next build do it.",
               "autopass");
  app.footer("`autopass VERB --help` says more. First steps: make CC=autopass-clang, then "
             "autopass tune.");
  app.set_version_flag("-V,--version", "autopass " AUTOPASS_VERSION);
  app.require_subcommand(1);
  app.formatter(std::make_shared<Formatter>());

  Parsed parsed;
  std::vector<std::string> command = take_command(argc, argv);
  add_sessions(app, parsed.invocation);
  add_building(app, parsed.invocation);
  add_background(app, parsed.invocation);
  add_reading(app, parsed.invocation);
  add_measure(app, parsed.invocation);
  add_plans(app, parsed.invocation);
  add_settings(app, parsed.invocation);
  add_doctor(app, parsed.invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.invocation.reset();
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      app.exit(error); // help or version
      return parsed;
    }
    const auto verbs = app.get_subcommands();
    const std::string name = verbs.empty() ? "" : " " + verbs.front()->get_name();
    const bool unknown = verbs.empty() && argc > 1 && argv[1][0] != '-';
    complain({unknown ? "there is no verb " + std::string(argv[1]) : error.what(),
              "autopass" + name + " --help", usage_reason});
    parsed.exit_code = exit_usage;
  }
  if (!parsed.invocation) {
    return parsed;
  }
  if (const auto given = give_command(*parsed.invocation, std::move(command)); !given) {
    complain(given.error());
    parsed.invocation.reset();
    parsed.exit_code = exit_usage;
  }
  return parsed;
}

} // namespace autopass
