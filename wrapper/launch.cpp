// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "launch.h"

#include "cache/config.h"
#include "cache/records.h"
#include "record.h"
#include "util/paths.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>
#include <vector>

namespace autopass {
namespace {

void execute(const Compiler& compiler, const std::vector<std::string>& prefix,
             const std::vector<std::string>& additions, int argc, char** argv) {
  std::vector<char*> words;
  const auto add = [&](const std::string& word) {
    words.push_back(const_cast<char*>(word.c_str())); // exec changes none of them
  };
  std::for_each(prefix.begin(), prefix.end(), add);
  add(prefix.empty() ? compiler.name : compiler.path);
  std::for_each(compiler.mode.begin(), compiler.mode.end(), add);
  std::for_each(additions.begin(), additions.end(), add);
  for (int index = 1; index < argc; ++index) {
    words.push_back(argv[index]); // the user's own bytes
  }
  words.push_back(nullptr);
  ::execv(prefix.empty() ? compiler.path.c_str() : prefix.front().c_str(), words.data());
  if (errno == ENOEXEC && prefix.empty()) { // a script without #!, which shells and make run, too
    char shell[] = "/bin/sh";
    words.front() = const_cast<char*>(compiler.path.c_str());
    words.insert(words.begin(), shell);
    ::execv(shell, words.data());
  }
}

// Too long with what we add to the words and to the environment: the command is the user's alone,
// and its record, which is out already, is followed by a true one.
void go_without_plans(Intent& intent) {
  ::unsetenv(output_variable);
  ::unsetenv(guard_variable);
  if (!intent.additions.empty()) {
    intent.additions.clear();
    intent.slice.digest.clear();
    intent.reason = Reason::CommandTooLong;
    intent.prefix_reason = intent.link_reason = Reason::None; // were counted
    const Job job = make_job(intent);
    write_log(job);
    write_record(intent, job);
  }
}

// The only words of our own that a build can see: without them there would be none at all.
int complain(const Compiler& compiler, const std::string& called_as) {
  const int error = errno;
  std::string what = compiler.path + ": " + std::strerror(error);
  if (compiler.path.empty()) {
    const bool configured = !compiler.name.empty() && compiler.name == Config::lenient("clang");
    what = "no " + (compiler.name.empty() ? "clang" : compiler.name) + " found on PATH: " +
           (configured ? "AUTOPASS_CLANG or `autopass config clang` names it"
                       : "install clang, or set AUTOPASS_CLANG");
  }
  std::fprintf(stderr, "%s: %s\n", called_as.c_str(), what.c_str());
  return compiler.path.empty() || error == ENOENT ? 127 : 126;
}

} // namespace

int launch(Intent& intent, int argc, char** argv) {
  const Compiler& compiler = intent.compiler;
  if (!compiler.path.empty()) {
    if (!intent.prefix.empty()) {
      execute(compiler, intent.prefix, intent.additions, argc, argv);
      write_count(Reason::PrefixUnusable);
    }
    execute(compiler, {}, intent.additions, argc, argv);
    if (errno == E2BIG) {
      go_without_plans(intent);
      execute(compiler, {}, {}, argc, argv);
    }
  }
  return complain(compiler, argc > 0 ? base_name(argv[0]) : "autopass-clang");
}

} // namespace autopass
