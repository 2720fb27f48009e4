// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "record.h"

#include "cache/clock.h"
#include "cache/spool.h"
#include "util/paths.h"
#include "util/text.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

std::vector<std::string> recorded_environment() {
  std::vector<std::string> environment;
  for (const auto& name : recorded_variables()) {
    if (const char* value = std::getenv(name.c_str())) {
      environment.push_back(name + "=" + value);
    }
  }
  return environment;
}

} // namespace

std::string working_folder() {
  const char* named = std::getenv("PWD");
  struct stat there {
  }, here{};
  if (named != nullptr && named[0] == '/' && ::stat(named, &there) == 0 &&
      ::stat(".", &here) == 0 && there.st_dev == here.st_dev && there.st_ino == here.st_ino) {
    return named;
  }
  return current_folder(); // a removed one has no name, and clang will say so
}

Job make_job(const Intent& intent) {
  const Compiler& compiler = intent.compiler;
  const Decision& decision = intent.decision;
  Job job;
  job.kind = decision.kind;
  job.reason = entry_of(intent.reason).name;
  job.compiler = compiler.path;
  job.argv.push_back(compiler.name);
  job.argv.insert(job.argv.end(), compiler.mode.begin(), compiler.mode.end());
  job.argv.insert(job.argv.end(), decision.arguments.begin(), decision.arguments.end());
  job.folder = intent.folder;
  job.environment = recorded_environment();
  for (const auto& input : decision.inputs) {
    job.inputs.push_back(absolute(input, intent.folder));
  }
  job.output = decision.output.empty() ? std::string() : absolute(decision.output, intent.folder);
  job.scope = intent.slice.scope;
  job.cpu = intent.slice.cpu;
  job.slice = intent.slice.digest;
  job.time_ns = now_ns();
  return job;
}

void write_record(const Intent& intent, const Job& job) {
  switch (entry_of(intent.reason).trace) {
  case Trace::Job:
    append(chosen_spool(), job);
    break;
  case Trace::Count:
    append(chosen_spool(), CountRecord{{std::string(job_kind_name(job.kind)), job.reason}});
    break;
  case Trace::Nothing:
    break;
  }
  for (const Reason reason : {intent.prefix_reason, intent.link_reason}) {
    if (reason != Reason::None) {
      write_count(reason);
    }
  }
}

void write_count(Reason reason) {
  append(chosen_spool(), CountRecord{{std::string(entry_of(reason).name)}});
}

// "compile no-plans /build/a.o", "compile plans=<digest> /build/a.o"
void write_log(const Job& job) {
  const char* path = std::getenv("AUTOPASS_LOG");
  if (path == nullptr || *path == '\0') {
    return;
  }
  const int fd = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd < 0) {
    return;
  }
  const std::string why = !job.slice.empty() ? "plans=" + job.slice : job.reason;
  const std::string line = join({std::string(job_kind_name(job.kind)), why.empty() ? "-" : why,
                                 job.output.empty() ? "-" : job.output, job.compiler},
                                " ") +
                           "\n";
  write_once(fd, line);
  ::close(fd);
}

} // namespace autopass
