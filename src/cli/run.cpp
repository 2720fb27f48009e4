// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/file.h"
#include "util/paths.h"
#include "verbs.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <unistd.h>

namespace autopass {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// The wrapper itself, behind one of the links that lead to it.
std::string wrapper_behind(const std::string& link) {
  char buffer[PATH_MAX];
  return ::realpath(link.c_str(), buffer) != nullptr ? buffer : "";
}

// A clang that the user has chosen for this build stays chosen.
void keep_choice(const std::string& chosen) {
  const std::string name = base_name(chosen);
  if (name.find("clang") != std::string::npos && name.find("autopass-clang") == std::string::npos &&
      chosen.find(' ') == std::string::npos) {
    ::setenv("AUTOPASS_CLANG", chosen.c_str(), 0);
  }
}

} // namespace

// Becomes the command: its exit status and its signals are its own.
Result<int> execute(const RunArguments& arguments) {
  const std::string masquerade = library_folder() + "/masquerade";
  const std::string wrapper = wrapper_behind(masquerade + "/clang");
  if (wrapper.empty()) {
    return fail("autopass-clang was not found: there is no " + masquerade + "/clang",
                "install AutoPass as a whole (meson install)");
  }
  keep_choice(variable("CC"));
  ::setenv("CC", wrapper.c_str(), 1);
  ::setenv("CXX", (wrapper + "++").c_str(), 1);
  ::setenv("PATH", (masquerade + ":" + variable("PATH")).c_str(), 1);

  std::vector<char*> words;
  for (const auto& word : arguments.command) {
    words.push_back(const_cast<char*>(word.c_str())); // exec changes none of them
  }
  words.push_back(nullptr);
  ::execvp(words.front(), words.data());
  return fail_errno("cannot run " + arguments.command.front());
}

} // namespace autopass
