// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Wrappers around the wrapper, each broken in one way that a wrapper has been seen to be, and one
// that is not. Called as autopass-clang or autopass-clang++, it starts the real one of that name in
// $TORTURE_WRAPPER, broken as $TORTURE_BREAK says. `broken --list` prints "NAME:SHAPE,..." of each;
// the shapes are those that are expected to notice, and are tried first.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

struct Call {
  std::string program; // in $TORTURE_WRAPPER
  std::vector<std::string> words;
};

[[noreturn]] void become(const Call& call) {
  const std::string path = std::string(std::getenv("TORTURE_WRAPPER")) + "/" + call.program;
  std::vector<char*> words{const_cast<char*>(call.program.c_str())};
  for (const auto& word : call.words) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  ::execv(path.c_str(), words.data());
  std::perror(path.c_str());
  std::exit(126);
}

// As a child, waited for.
int status_of(const Call& call) {
  const pid_t child = ::fork();
  if (child == 0) {
    become(call);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string output_of(const Call& call) {
  for (std::size_t at = 0; at + 1 < call.words.size(); ++at) {
    if (call.words[at] == "-o") {
      return call.words[at + 1];
    }
  }
  return {};
}

void nothing(Call&) {}
void drops_last_argument(Call& call) {
  if (!call.words.empty()) {
    call.words.pop_back();
  }
}
void drops_empty_arguments(Call& call) {
  std::erase(call.words, "");
}
void adds_argument(Call& call) {
  call.words.push_back("-fno-builtin");
}
void adds_before_inputs(Call& call) {
  call.words.insert(call.words.begin(), "-fpass-plugin=");
}
void sorts_options_first(Call& call) {
  std::vector<std::string> options, others;
  for (const auto& word : call.words) {
    (word[0] == '-' ? options : others).push_back(word);
  }
  options.insert(options.end(), others.begin(), others.end());
  call.words = options;
}
void trims_arguments(Call& call) {
  for (auto& word : call.words) {
    while (!word.empty() && std::strchr(" \n\t\r", word.back()) != nullptr) {
      word.pop_back();
    }
  }
}
void goes_through_shell(Call& call) {
  std::string all;
  for (const auto& word : call.words) {
    all += word + " ";
  }
  std::istringstream split(all);
  call.words = {std::istream_iterator<std::string>(split), {}};
}
void wants_utf8(Call& call) {
  for (auto& word : call.words) {
    for (auto& byte : word) {
      byte = static_cast<unsigned char>(byte) >= 0xf8 ? '?' : byte;
    }
  }
}
void expands_responses_by_blanks(Call& call) {
  std::vector<std::string> words;
  for (const auto& word : call.words) {
    std::ifstream file(word[0] == '@' ? word.substr(1) : "");
    if (file) {
      words.insert(words.end(), std::istream_iterator<std::string>(file), {});
    } else {
      words.push_back(word);
    }
  }
  call.words = words;
}
void reads_responses_first(Call& call) {
  for (const auto& word : call.words) {
    if (word[0] == '@') {
      std::ifstream file(word.substr(1));
      std::string text{std::istreambuf_iterator<char>(file), {}};
    }
  }
}
void prints_newline(Call&) {
  ::dprintf(1, "\n");
}
void warns(Call&) {
  ::dprintf(2, "warning: no plans\n");
}
void swallows_stderr(Call&) {
  ::dup2(::open("/dev/null", O_WRONLY), 2);
}
void joins_streams(Call&) {
  ::dup2(1, 2);
}
void loses_stdin(Call&) {
  ::dup2(::open("/dev/null", O_RDONLY), 0);
}
void reads_stdin(Call&) {
  char byte = 0;
  [[maybe_unused]] const ssize_t got = ::read(0, &byte, 1);
}
void opens_standard_descriptors(Call&) {
  for (int fd = 0; fd < 3; ++fd) {
    if (::fcntl(fd, F_GETFD) < 0) {
      [[maybe_unused]] const int opened = ::open("descriptor", O_RDWR | O_CREAT, 0666);
    }
  }
}
void closes_descriptors(Call&) {
  for (int fd = 3; fd < 64; ++fd) {
    ::close(fd);
  }
}
void forgets_driver_mode(Call& call) {
  call.program = "autopass-clang";
}
void changes_folder(Call&) {
  [[maybe_unused]] const int moved = ::chdir("tmp");
}
void follows_links_to_folder(Call&) {
  char* folder = ::realpath(".", nullptr);
  ::setenv("PWD", folder != nullptr ? folder : "/", 1);
  std::free(folder);
}
void sets_umask(Call&) {
  ::umask(022);
}
void sets_date(Call&) {
  ::setenv("SOURCE_DATE_EPOCH", "1", 1);
}
void forgets_environment(Call&) {
  for (const char* name : {"CPATH", "C_INCLUDE_PATH", "CCC_OVERRIDE_OPTIONS"}) {
    ::unsetenv(name);
  }
}
void leaves_file(Call&) {
  ::close(::open(".autopass.tmp", O_WRONLY | O_CREAT, 0666));
}
void leaves_log(Call&) {
  ::setenv("AUTOPASS_LOG", "said.log", 1);
}
void changes_exit_code(Call& call) {
  const int code = exit_code(status_of(call));
  std::exit(code == 0 ? 0 : code == 1 ? 2 : code);
}
void always_succeeds(Call& call) {
  status_of(call);
  std::exit(0);
}
void turns_signal_into_code(Call& call) {
  std::exit(exit_code(status_of(call)));
}
void changes_output_mode(Call& call) {
  const int status = status_of(call);
  ::chmod(output_of(call).c_str(), 0600);
  std::exit(exit_code(status));
}
void changes_output(Call& call) {
  const int status = status_of(call);
  std::ofstream(output_of(call), std::ios::app) << '\0';
  std::exit(exit_code(status));
}
void removes_output_on_error(Call& call) {
  const int code = exit_code(status_of(call));
  if (code != 0) {
    ::unlink(output_of(call).c_str());
  }
  std::exit(code);
}

struct Broken {
  const char* name;
  void (*change)(Call&);
  const char* noticed_by;
};

constexpr Broken table[] = {
    {"nothing", nothing, ""},
    {"drops-last-argument", drops_last_argument, "compile"},
    {"drops-empty-arguments", drops_empty_arguments, "empty-macro"},
    {"adds-argument", adds_argument, "record-command-line"},
    {"adds-before-inputs", adds_before_inputs, "show-commands"},
    {"sorts-options-first", sorts_options_first, "language-none"},
    {"trims-arguments", trims_arguments, "name-trailing-blank"},
    {"goes-through-shell", goes_through_shell, "name-space"},
    {"wants-utf8", wants_utf8, "name-bytes"},
    {"expands-responses-by-blanks", expands_responses_by_blanks, "response-quoted"},
    {"reads-responses-first", reads_responses_first, "response-stdin"},
    {"prints-newline", prints_newline, "preprocess"},
    {"warns", warns, "compile"},
    {"swallows-stderr", swallows_stderr, "warnings"},
    {"joins-streams", joins_streams, "verbose"},
    {"loses-stdin", loses_stdin, "stdin"},
    {"reads-stdin", reads_stdin, "stdin"},
    {"opens-standard-descriptors", opens_standard_descriptors, "closed-stdout"},
    {"closes-descriptors", closes_descriptors, "descriptor-source"},
    {"forgets-driver-mode", forgets_driver_mode, "cxx-link"},
    {"changes-folder", changes_folder, "compile"},
    {"follows-links-to-folder", follows_links_to_folder, "pwd-through-link"},
    {"sets-umask", sets_umask, "umask-closed"},
    {"sets-date", sets_date, "date-fixed"},
    {"forgets-environment", forgets_environment, "cpath,override-options"},
    {"leaves-file", leaves_file, "compile"},
    {"leaves-log", leaves_log, "compile"},
    {"changes-exit-code", changes_exit_code, "errors"},
    {"always-succeeds", always_succeeds, "errors"},
    {"turns-signal-into-code", turns_signal_into_code, "limit-file-size"},
    {"changes-output-mode", changes_output_mode, "compile-o2"},
    {"changes-output", changes_output, "compile-o2"},
    {"removes-output-on-error", removes_output_on_error, "gen-reproducer"},
};

} // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--list") == 0) {
    for (const auto& broken : table) {
      std::printf("%s:%s\n", broken.name, broken.noticed_by);
    }
    return 0;
  }
  const std::string name = argv[0];
  Call call{name.substr(name.rfind('/') + 1), {argv + 1, argv + argc}};
  const char* chosen = std::getenv("TORTURE_BREAK");
  for (const auto& broken : table) {
    if (chosen != nullptr && std::strcmp(chosen, broken.name) == 0) {
      ::unsetenv("TORTURE_BREAK");
      broken.change(call);
      become(call);
    }
  }
  return 125;
}
