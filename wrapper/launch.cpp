// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "launch.h"

#include "cache/records.h"
#include "util/paths.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

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
}

} // namespace

int launch(const Compiler& compiler, const std::vector<std::string>& prefix,
           const std::vector<std::string>& additions, int argc, char** argv) {
  if (!compiler.path.empty()) {
    if (!prefix.empty()) {
      execute(compiler, prefix, additions, argc, argv);
    }
    execute(compiler, {}, additions, argc, argv);
    if (errno == E2BIG) { // what we add to the words and to the environment may be too much
      ::unsetenv(output_variable);
      ::unsetenv(guard_variable);
      execute(compiler, {}, {}, argc, argv);
    }
  }
  // The only words of our own that a build can see: without them there would be none at all.
  const bool missing = compiler.path.empty() || errno == ENOENT;
  const std::string none = "no " + (compiler.name.empty() ? "clang" : compiler.name) +
                           " found on PATH";
  std::fprintf(stderr, "%s: %s: %s\n", argc > 0 ? base_name(argv[0]).c_str() : "autopass-clang",
               compiler.path.empty() ? none.c_str() : compiler.path.c_str(),
               compiler.path.empty() ? "install clang, or set AUTOPASS_CLANG"
                                     : std::strerror(errno));
  return missing ? 127 : 126;
}

} // namespace autopass
