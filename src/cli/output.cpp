// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"

#include "report/layout.h"
#include "util/text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

namespace autopass {

void complain(const Error& error) {
  std::string text = wrapped("autopass: ", error.what);
  if (!error.next.empty()) {
    // What comes after a line break is to be copied: it is not wrapped.
    const std::vector<std::string> lines = split(error.next, '\n');
    text += wrapped("  try: ", lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
      text += "       " + printable(lines[i]) + "\n";
    }
  }
  std::fputs(text.c_str(), stderr);
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_json(const nlohmann::ordered_json& record) {
  nlohmann::ordered_json whole = {{"schema", 1}};
  whole.update(record);
  print(whole.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

Result<void> takes_result(const std::string& file) {
  const bool there = ::access(file.c_str(), F_OK) == 0;
  const std::string folder = std::filesystem::absolute(file.empty() ? "." : file).parent_path().string();
  if (file.empty() || (there ? ::access(file.c_str(), W_OK) : ::access(folder.c_str(), W_OK)) == 0) {
    return {};
  }
  return fail_errno("cannot write " + file, "name another file");
}

std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
    return 0;
  }
  return size.ws_col;
}

bool colour_wanted(int descriptor) {
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(descriptor) != 0 && (refused == nullptr || *refused == '\0') &&
         terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

} // namespace autopass
