// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout.h"

#include "util/text.h"

#include <cmath>

namespace autopass {

std::string printable(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    clean += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return clean;
}

std::string wrapped(std::string_view first, std::string_view text) {
  std::string result;
  std::string line(first);
  bool empty = true; // no word on this line yet
  for (const auto& word : split(printable(text), ' ')) {
    if (word.empty()) {
      continue;
    }
    if (!empty && line.size() + 1 + word.size() > text_width) {
      result += line + "\n";
      line.assign(first.size(), ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return result + line + "\n";
}

std::string duration(double seconds) {
  if (seconds < 10) {
    return format("%.2f s", seconds);
  }
  const long whole = std::lround(seconds);
  if (whole < 60) {
    return format("%ld s", whole);
  }
  if (whole < 3600) {
    return format("%ld min %02ld s", whole / 60, whole % 60);
  }
  return format("%ld h %02ld min", whole / 3600, whole / 60 % 60);
}

} // namespace autopass
