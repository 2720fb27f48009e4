// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "explain_command.h"

#include "cache/slice_place.h"
#include "output.h"
#include "report/layout.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/companions.h"
#include "wrapper/intent.h"
#include "wrapper/record.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

struct Explained {
  Intent intent;
  Job job;                          // as it would be recorded
  Reason reason;                    // why no plans
  std::vector<std::string> command; // what would be run
  std::vector<std::string> notes;   // what would keep plans from it later
};

bool is_called_like_us(const std::string& name) {
  return is_compiler_name(name) || name.find("autopass-clang") != std::string::npos;
}

// A compiler by its path, or one that we are never called like (gcc), is what we would launch.
bool is_launched(const std::string& first) {
  const bool by_path =
      first.find('/') != std::string::npos && is_program(first) && !is_wrapper(first);
  return by_path || !is_called_like_us(base_name(first));
}

struct Before {
  std::size_t words = 0; // "ccache autopass-clang -c a.c": one
  bool keeps = false;    // one of them keeps objects, so that we give it no plans
};

Before companions_before_us(const std::vector<std::string>& words) {
  Before before;
  for (; before.words < words.size(); ++before.words) {
    const Companion* companion = companion_called(words[before.words]);
    if (companion == nullptr) {
      break;
    }
    before.keeps = before.keeps || companion->keeps;
  }
  const bool us = before.words < words.size() && is_called_like_us(base_name(words[before.words]));
  return us ? before : Before{};
}

// While there are no plans, nobody asks further.
void note_obstacles(Explained& explained) {
  const Intent& intent = explained.intent;
  if (intent.reason != Reason::NoSnapshot && intent.reason != Reason::NoPlans) {
    return;
  }
  if (lacks_plugin(intent.compiler.path)) {
    explained.notes.push_back("there is no plugin for clang " +
                              std::to_string(major_of(intent.compiler.path)) +
                              ": what it compiles gets no plans");
  }
  const auto project = project_around(intent.decision.source, intent.folder);
  if (!project) {
    explained.notes.push_back(project.error().what);
  } else if (is_ignored(intent.decision.sources, intent.folder, *project)) {
    explained.notes.emplace_back("its source is on the ignore list");
  }
}

// What begins with an option is autopass-clang's.
Explained explain(std::vector<std::string> words) {
  const Before before = companions_before_us(words);
  words.erase(words.begin(), words.begin() + static_cast<long>(before.words));
  const bool named = !words.front().starts_with("-");
  const bool launched = named && is_launched(words.front());
  if (!named || launched) {
    words.insert(words.begin(), "autopass-clang");
  }
  Explained explained;
  explained.intent = intend(words);
  if (launched && explained.intent.leading == 1) { // there is no such program
    explained.intent = {};
    explained.intent.compiler.name = words[1];
    explained.intent.leading = 2;
  }
  words.erase(words.begin(), words.begin() + static_cast<long>(explained.intent.leading));
  if (explained.intent.folder.empty()) {
    explained.intent.folder = working_folder();
  }
  const Intent& intent = explained.intent;
  if (before.keeps && !intent.additions.empty()) { // as when a cache has started us
    explained.intent.additions.clear();
    explained.intent.slice = {};
    explained.intent.reason = Reason::BehindCache;
  }
  if (before.keeps) {
    explained.notes.emplace_back("a cache in front of autopass-clang: where there are plans, this "
                                 "gets none; AUTOPASS_PREFIX is the place for it (autopass doctor)");
  }
  note_obstacles(explained);
  explained.job = make_job(intent);
  explained.reason = intent.reason;
  auto& command = explained.command;
  command = intent.prefix;
  command.push_back(intent.prefix.empty() ? intent.compiler.name : intent.compiler.path);
  for (const auto& part : {intent.compiler.mode, intent.additions, words}) {
    command.insert(command.end(), part.begin(), part.end());
  }
  return explained;
}

void print_as_json(const Explained& explained) {
  const Intent& intent = explained.intent;
  const Job& job = explained.job;
  print_json({{"kind", job_kind_name(job.kind)},
              {"reason", job.reason},
              {"meaning", entry_of(explained.reason).what},
              {"compiler", intent.compiler.path},
              {"command", explained.command},
              {"folder", job.folder},
              {"inputs", job.inputs},
              {"output", job.output},
              {"scope", job.scope},
              {"cpu", job.cpu},
              {"slice", job.slice},
              {"plugin", intent.slice.plugin},
              {"prefix", intent.prefix},
              {"prefix_reason", entry_of(intent.prefix_reason).name},
              {"notes", explained.notes}});
}

std::string sentence(Reason reason) {
  return std::string(entry_of(reason).name) + ": " + std::string(entry_of(reason).what);
}

void print_as_text(const Explained& explained) {
  const Intent& intent = explained.intent;
  const Job& job = explained.job;
  const auto line = [](const char* title, const std::string& text) {
    if (!text.empty()) {
      print(wrapped(title, text));
    }
  };
  line("kind      ", std::string(job_kind_name(job.kind)));
  line("reason    ", job.reason.empty() ? "" : sentence(explained.reason));
  line("compiler  ", intent.compiler.path.empty()
                         ? intent.compiler.name + " was not found on PATH"
                         : intent.compiler.path);
  if (intent.prefix_reason != Reason::None) {
    line("prefix    ", sentence(intent.prefix_reason));
  }
  line("prefix    ", shell_join(intent.prefix));
  for (const auto& input : job.inputs) {
    line("input     ", input);
  }
  line("output    ", job.output);
  line("project   ", job.scope);
  line("cpu       ", job.cpu);
  line("plans     ", job.slice.empty() ? "" : "slice " + job.slice);
  line("command   ", shell_join(explained.command));
  for (const auto& note : explained.notes) {
    line("note      ", note);
  }
}

} // namespace

Result<int> explain_command(const ExplainArguments& arguments) {
  const Explained explained = explain(arguments.command);
  if (arguments.json) {
    print_as_json(explained);
  } else {
    print_as_text(explained);
  }
  return exit_done;
}

} // namespace autopass
