// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session says while it runs, on stderr: one line that is overwritten on a terminal, with
// how far the step is and how the budget runs down; a line for each new step otherwise.
#pragma once

#include <string>

namespace autopass {

class Progress {
public:
  Progress(); // looks at stderr
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void say(const std::string& line);
  // `step` may go on after a colon ("search: 12 tried"); `done` is from 0 to 1.
  void update(const std::string& step, double done, double seconds_left);

private:
  void clear();
  bool m_terminal;
  bool m_shown = false; // there is a line to overwrite
  std::string m_step;
};

// "search: 12 tried, best 1.031    42 %   2:31 of the budget left"
std::string progress_line(const std::string& step, double done, double seconds_left);

} // namespace autopass
