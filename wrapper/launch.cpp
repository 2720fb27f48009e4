// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "launch.h"

#include "cache/records.h"
#include "util/paths.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace autopass {
namespace {

void execute(const Compiler& compiler, const std::vector<std::string>& additions, int argc,
             char** argv) {
  std::vector<char*> words;
  words.push_back(const_cast<char*>(compiler.name.c_str())); // exec changes none of them
  for (const auto& mode : compiler.mode) {
    words.push_back(const_cast<char*>(mode.c_str()));
  }
  for (const auto& addition : additions) {
    words.push_back(const_cast<char*>(addition.c_str()));
  }
  for (int index = 1; index < argc; ++index) {
    words.push_back(argv[index]); // the user's own bytes
  }
  words.push_back(nullptr);
  ::execv(compiler.path.c_str(), words.data());
}

} // namespace

int launch(const Compiler& compiler, const std::vector<std::string>& additions, int argc,
           char** argv) {
  if (!compiler.path.empty()) {
    execute(compiler, additions, argc, argv);
    if (errno == E2BIG) { // what we add to the words and to the environment may be too much
      ::unsetenv(output_variable);
      ::unsetenv(guard_variable);
      execute(compiler, {}, argc, argv);
    }
  }
  // The only words of our own that a build can see: without them there would be none at all.
  const bool missing = compiler.path.empty() || errno == ENOENT;
  std::fprintf(stderr, "%s: %s: %s\n", argc > 0 ? base_name(argv[0]).c_str() : "autopass-clang",
               compiler.path.empty() ? "no clang found on PATH" : compiler.path.c_str(),
               compiler.path.empty() ? "install clang, or set AUTOPASS_CLANG"
                                     : std::strerror(errno));
  return missing ? 127 : 126;
}

} // namespace autopass
