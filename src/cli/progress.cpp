// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "progress.h"

#include "report/layout.h"
#include "util/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace autopass {

std::string progress_line(const std::string& step, double done, double seconds_left) {
  const long left = std::max(0L, std::lround(seconds_left));
  const std::string numbers =
      format("  %3.0f %%  %ld:%02ld left", 100 * std::clamp(done, 0.0, 1.0), left / 60, left % 60);
  const std::size_t room = text_width - 1 - numbers.size(); // the last column would wrap
  return printable(step).substr(0, room) + numbers;
}

Progress::Progress() : m_terminal(::isatty(2) != 0) {}
Progress::~Progress() {
  clear();
}

void Progress::clear() {
  if (m_shown) {
    std::fputs("\r\033[K", stderr);
    m_shown = false;
  }
}

void Progress::say(const std::string& line) {
  clear();
  std::fputs((printable(line) + "\n").c_str(), stderr);
}

void Progress::update(const std::string& step, double done, double seconds_left) {
  if (m_terminal) {
    clear();
    std::fputs(progress_line(step, done, seconds_left).c_str(), stderr);
    std::fflush(stderr);
    m_shown = true;
    return;
  }
  const std::string name = step.substr(0, step.find(':'));
  if (name != m_step) {
    m_step = name;
    std::fputs((printable(name) + format(" (%.0f s left)\n", seconds_left)).c_str(), stderr);
  }
}

} // namespace autopass
