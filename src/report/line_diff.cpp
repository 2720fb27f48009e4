// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Myers, "An O(ND) difference algorithm and its variations" (1986), in its greedy form. On the grid
// of both lists, diagonal k = (old place) - (new place); `furthest[k]` is how far along the old lines
// one comes on it with d changes. Each round d begins one step further on every second diagonal and
// then follows equal lines for nothing. The rounds are kept, so that the way back can be read off.
//
// Costs (lines) x (changes) time and the square of the changes in memory: beyond `most_changes` what
// lies between the common beginning and the common end counts as replaced.
#include "line_diff.h"

#include "layout.h"
#include "util/text.h"

#include <algorithm>
#include <optional>

namespace autopass {
namespace {

constexpr long most_changes = 2000;

struct Place {
  std::size_t before = 0, after = 0;
};

class Myers {
public:
  Myers(const Lines& before, const Lines& after) : m_before(before), m_after(after) {}

  // Places of equal lines, in order; nothing when there are too many changes.
  std::optional<std::vector<Place>> equal_lines() {
    const long n = long(m_before.size()), m = long(m_after.size());
    const long most = std::min(n + m, most_changes);
    std::vector<long> furthest(std::size_t(2 * most + 3), 0);
    const auto at = [&](long k) -> long& { return furthest[std::size_t(k + most + 1)]; };
    for (long d = 0; d <= most; ++d) {
      m_rounds.emplace_back(furthest.begin() + (most + 1 - d), furthest.begin() + (most + 2 + d));
      for (long k = -d; k <= d; k += 2) {
        const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
        long x = down ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && m_before[std::size_t(x)] == m_after[std::size_t(x - k)]) {
          ++x;
        }
        at(k) = x;
        if (x >= n && x - k >= m) {
          return way_back(d);
        }
      }
    }
    return std::nullopt;
  }

private:
  std::vector<Place> way_back(long rounds) const {
    std::vector<Place> equal;
    long x = long(m_before.size()), y = long(m_after.size());
    for (long d = rounds; d > 0; --d) {
      const std::vector<long>& furthest = m_rounds[std::size_t(d)]; // as round d found it
      const auto at = [&](long k) { return furthest[std::size_t(k + d)]; };
      const long k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const long from_k = down ? k + 1 : k - 1;
      const long from = at(from_k);
      const long begin = down ? from : from + 1; // where the equal lines of this round begin
      for (; x > begin; --x, --y) {
        equal.push_back({std::size_t(x - 1), std::size_t(y - 1)});
      }
      x = from;
      y = from - from_k;
    }
    for (; x > 0; --x, --y) {
      equal.push_back({std::size_t(x - 1), std::size_t(y - 1)});
    }
    std::reverse(equal.begin(), equal.end());
    return equal;
  }

  const Lines &m_before, &m_after;
  std::vector<std::vector<long>> m_rounds; // diagonals -d .. d, before round d
};

// Equal lines at both ends alone.
std::vector<Place> common_ends(const Lines& before, const Lines& after) {
  std::vector<Place> equal;
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0, tail = 0;
  for (; head < shorter && before[head] == after[head]; ++head) {
    equal.push_back({head, head});
  }
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  for (; tail > 0; --tail) {
    equal.push_back({before.size() - tail, after.size() - tail});
  }
  return equal;
}

std::string cut(const std::string& text, std::size_t width) {
  std::string line = printable(text).substr(0, width);
  line.resize(width, ' ');
  return line;
}

std::string without_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

// Calls `line(number in the stretch)` for the lines of an equal stretch that are near a change, and
// `gap(how many)` for the others.
template <class Line, class Gap>
void near_changes(const Stretch& stretch, bool first, bool last, const Line& line, const Gap& gap) {
  const std::size_t size = stretch.before_end - stretch.before;
  const std::size_t head = first ? 0 : std::min(size, context_lines);
  const std::size_t tail = last ? 0 : std::min(size - head, context_lines);
  for (std::size_t i = 0; i < head; ++i) {
    line(i);
  }
  if (const std::size_t hidden = size - head - tail; hidden > 0) {
    gap(hidden);
  }
  for (std::size_t i = size - tail; i < size; ++i) {
    line(i);
  }
}

std::string gap_text(std::size_t lines) {
  return format("    ... %zu equal line%s\n", lines, lines == 1 ? "" : "s");
}

} // namespace

std::vector<Stretch> line_diff(const Lines& before, const Lines& after) {
  auto found = Myers(before, after).equal_lines();
  const std::vector<Place> equal = found ? std::move(*found) : common_ends(before, after);
  std::vector<Stretch> stretches;
  Place at; // what comes next
  const auto different_until = [&](std::size_t old_end, std::size_t new_end) {
    if (at.before < old_end || at.after < new_end) {
      stretches.push_back({false, at.before, old_end, at.after, new_end});
      at = {old_end, new_end};
    }
  };
  for (const Place& place : equal) {
    different_until(place.before, place.after);
    if (stretches.empty() || !stretches.back().equal) {
      stretches.push_back({true, at.before, at.before, at.after, at.after});
    }
    ++stretches.back().before_end;
    ++stretches.back().after_end;
    at = {place.before + 1, place.after + 1};
  }
  different_until(before.size(), after.size());
  return stretches;
}

std::string side_by_side(const Lines& before, const Lines& after, std::size_t width) {
  const std::size_t column = (width - 3) / 2;
  const auto row = [&](const std::string& left, char mark, const std::string& right) {
    return without_end(cut(left, column) + ' ' + mark + ' ' + cut(right, column));
  };
  std::string text;
  const auto stretches = line_diff(before, after);
  for (const Stretch& stretch : stretches) {
    if (stretch.equal) {
      near_changes(
          stretch, &stretch == &stretches.front(), &stretch == &stretches.back(),
          [&](std::size_t i) {
            text += row(before[stretch.before + i], ' ', after[stretch.after + i]);
          },
          [&](std::size_t lines) { text += gap_text(lines); });
      continue;
    }
    const std::size_t olds = stretch.before_end - stretch.before;
    const std::size_t news = stretch.after_end - stretch.after;
    for (std::size_t i = 0; i < std::max(olds, news); ++i) {
      text += row(i < olds ? before[stretch.before + i] : "",
                  i >= news ? '<' : i >= olds ? '>' : '|',
                  i < news ? after[stretch.after + i] : "");
    }
  }
  return text;
}

std::string one_below_other(const Lines& before, const Lines& after) {
  std::string text;
  const auto row = [&](char mark, const std::string& line) {
    text += without_end(mark + (" " + printable(line)));
  };
  const auto stretches = line_diff(before, after);
  for (const Stretch& stretch : stretches) {
    if (stretch.equal) {
      near_changes(
          stretch, &stretch == &stretches.front(), &stretch == &stretches.back(),
          [&](std::size_t i) { row(' ', before[stretch.before + i]); },
          [&](std::size_t lines) { text += gap_text(lines); });
      continue;
    }
    for (std::size_t i = stretch.before; i < stretch.before_end; ++i) {
      row('-', before[i]);
    }
    for (std::size_t i = stretch.after; i < stretch.after_end; ++i) {
      row('+', after[i]);
    }
  }
  return text;
}

} // namespace autopass
