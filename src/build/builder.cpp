// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "builder.h"

#include "commands.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/subprocess.h"
#include "util/text.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace autopass {
namespace {

// The tool's own words, as far as a message has room for them.
std::string said(const Outcome& outcome) {
  constexpr std::size_t most = 2000;
  const std::string text(trim(outcome.errors));
  return text.empty() ? "" : "\n" + (text.size() > most ? text.substr(0, most) + " ..." : text);
}

// What decides for which machine an assembler works.
std::vector<std::string> target_options(const Job& job) {
  std::vector<std::string> options;
  for (std::size_t i = 1; i < job.argv.size(); ++i) {
    const std::string& word = job.argv[i];
    if (word == "-m32" || word == "-m64" || word == "-mx32" || word.starts_with("--target=")) {
      options.push_back(word);
    } else if (word == "-target" && i + 1 < job.argv.size()) {
      options.insert(options.end(), {word, job.argv[++i]});
    }
  }
  return options;
}

} // namespace

Result<Builder> Builder::create(const std::string& scratch, double timeout) {
  TRY_VOID(make_folders(scratch + "/tmp"));
  return Builder(scratch, timeout);
}

// A minimal environment, then what the record says, then `additions`; later ones win.
std::vector<std::string> Builder::environment(const Job& job,
                                              const std::vector<std::string>& additions) const {
  std::map<std::string, std::string> variables;
  for (const char* name : {"PATH", "HOME"}) {
    if (const char* value = std::getenv(name)) {
      variables[name] = value;
    }
  }
  const auto add = [&](const std::vector<std::string>& words) {
    for (const auto& word : words) {
      const auto equals = word.find('=');
      if (equals != std::string::npos) {
        variables[word.substr(0, equals)] = word.substr(equals + 1);
      }
    }
  };
  add(job.environment);
  // Nothing outside scratch is written: not by ccache, nor by these two old ways to ask for a
  // dependency file.
  add({"TMPDIR=" + m_scratch + "/tmp", "CCACHE_DISABLE=1"});
  variables.erase("DEPENDENCIES_OUTPUT");
  variables.erase("SUNPRO_DEPENDENCIES");
  add(additions);
  std::vector<std::string> result;
  for (const auto& [name, value] : variables) {
    result.push_back(name + "=" + value);
  }
  return result;
}

Result<Compile> Builder::run_tool(const Job& job, std::vector<std::string> argv,
                                  const std::vector<std::string>& environment, const char* verb,
                                  const std::string& what) const {
  Command command;
  command.argv = std::move(argv);
  command.program = job.compiler; // argv[0] stays as recorded: the driver's mode hangs on it
  command.folder = job.folder;
  command.environment = environment;
  command.timeout = m_timeout;
  command.core = m_core;
  const std::string reason = verb;
  const auto outcome = run(command);
  if (!outcome) {
    return fail(outcome.error().what, "was the build folder or the compiler moved? build again",
                reason + "-failed");
  }
  if (outcome->timed_out) {
    return fail("the " + reason + " of " + what + " took longer than " + format("%g", m_timeout) +
                    " s",
                "try again when the machine has less to do", reason + "-timeout");
  }
  if (!outcome->success()) {
    return fail("the " + reason + " of " + what + " failed: " + outcome->status() + said(*outcome),
                "has a header or a tool changed since the build? build again, then tune",
                reason + "-failed");
  }
  return Compile{outcome->cpu_seconds, outcome->output + outcome->errors};
}

Result<Compile> Builder::compile(const Unit& unit, const std::string& object,
                                 const Additions& additions) const {
  TRY_VOID(make_folders(parent(object)));
  TRY(auto argv, compile_command(unit.compile, unit.source, object, additions.arguments,
                                 additions.last));
  TRY(Compile done,
      run_tool(unit.compile, std::move(argv), environment(unit.compile, additions.environment),
               "compile", unit.source));
  if (!exists(object)) {
    return fail("the compile of " + unit.source + " wrote no object",
                "is this the compiler of the build? " + unit.compile.compiler, "compile-failed");
  }
  return done;
}

Result<void> Builder::link(const Job& job, const LinkRequest& request) const {
  TRY_VOID(make_folders(parent(request.output)));
  TRY(auto argv, link_command(job, request.substitutes, request.padding, request.output));
  argv.insert(argv.end(), request.last.begin(), request.last.end());
  TRY_VOID(run_tool(job, std::move(argv), environment(job, {}), "link", job.output));
  if (!exists(request.output)) {
    return fail("the link of " + job.output + " wrote no file",
                "is this the compiler of the build? " + job.compiler, "link-failed");
  }
  return {};
}

Result<void> Builder::padding(const Unit& like, std::size_t bytes,
                              const std::string& object) const {
  const std::string source = object + ".s";
  TRY_VOID(make_folders(parent(object)));
  // "R" keeps it alive under --gc-sections; never executed, so its content does not matter. GNU ld and gold gather
  // code by the names of its sections: unlikely, exit, startup, hot, then the rest, and what goes first moves all.
  TRY_VOID(write_file(source, "\t.section .text.unlikely.padding,\"axR\",@progbits\n\t.p2align 4\n\t.zero " +
                                  std::to_string(bytes) +
                                  "\n\t.section .note.GNU-stack,\"\",@progbits\n"));
  std::vector<std::string> argv = {like.compile.argv.front()};
  const auto options = target_options(like.compile);
  argv.insert(argv.end(), options.begin(), options.end());
  argv.insert(argv.end(), {"-c", "-x", "assembler", source, "-o", object});
  TRY_VOID(run_tool(like.compile, argv, environment(like.compile, {}), "compile", source));
  return {};
}

Result<void> in_parallel(int jobs, std::size_t count,
                         const std::function<Result<void>(std::size_t)>& body) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t failed = count;
  Error error;
  const auto work = [&] {
    while (true) {
      const std::size_t number = next++;
      {
        const std::lock_guard lock(mutex);
        if (number >= count || failed < count) {
          return;
        }
      }
      if (auto result = body(number); !result) {
        const std::lock_guard lock(mutex);
        if (number < failed) {
          failed = number;
          error = std::move(result.error());
        }
      }
    }
  };
  std::vector<std::thread> threads;
  const auto workers = std::min(count, static_cast<std::size_t>(std::max(jobs, 1)));
  for (std::size_t i = 1; i < workers; ++i) {
    threads.emplace_back(work);
  }
  work();
  for (auto& thread : threads) {
    thread.join();
  }
  return failed < count ? Result<void>(tl::make_unexpected(std::move(error))) : Result<void>();
}

} // namespace autopass
