// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang says in comments where a function begins and ends and which loop a block belongs to:
//
//   	.globl	f                               # -- Begin function f
//   f:                                      # @f
//   # %bb.0:
//   	xorl	%eax, %eax
//   .LBB0_1:                                # =>This Inner Loop Header: Depth=1
//   	addl	$1, %eax
//   	...
//   # %bb.2:                                #   in Loop: Header=BB0_1 Depth=1
//   	jne	.LBB0_1
//   .Lfunc_end0:
//                                           # -- End function
//
// Directives and comments go. Labels are numbered anew, so that the number of the function in its
// file does not show; a label that nothing refers to is left out.
#include "assembly.h"

#include "util/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <set>

namespace autopass {

namespace {

// "#" on x86, "//" on AArch64: what stands in front of "-- Begin function".
struct Extent {
  std::string_view text, comment;
};

Extent extent_of(std::string_view assembly, std::string_view function) {
  const std::string begin = "-- Begin function " + std::string(function) + "\n";
  const std::size_t found = assembly.find(begin);
  if (found == std::string_view::npos) {
    return {};
  }
  const std::size_t line = assembly.rfind('\n', found);
  std::string_view before = assembly.substr(line + 1, found - line - 1);
  before = trim(before);
  const std::size_t blank = before.find_last_of(" \t");
  Extent extent;
  extent.comment = blank == std::string_view::npos ? before : before.substr(blank + 1);
  extent.text = assembly.substr(found + begin.size());
  extent.text = extent.text.substr(0, extent.text.find("-- End function"));
  return extent;
}

// A number behind `key`; 0 when it is not there.
int number_behind(std::string_view text, std::string_view key) {
  const std::size_t found = text.find(key);
  int number = 0;
  if (found != std::string_view::npos) {
    text.remove_prefix(found + key.size());
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

bool is_label_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '$';
}

// Calls `word` with each local label in a line (".LBB0_1", ".LJTI0_0").
template <class Word> void each_label(std::string_view line, const Word& word) {
  for (std::size_t at = line.find(".L"); at != std::string_view::npos; at = line.find(".L", at)) {
    std::size_t end = at;
    while (end < line.size() && is_label_character(line[end])) {
      ++end;
    }
    word(at, line.substr(at, end - at));
    at = end;
  }
}

struct Line {
  std::string text;
  std::string header; // of the innermost loop around it (".LBB0_1"); empty: none
  int depth = 0;
};

// The lines of a function with the loops that they are in.
class Reader {
public:
  explicit Reader(std::string_view comment) : m_comment(comment) {}

  void line(std::string_view whole) {
    const std::size_t comment = whole.find(m_comment);
    const std::string_view said =
        comment == std::string_view::npos ? "" : whole.substr(comment + m_comment.size());
    const std::string_view text = trim(whole.substr(0, comment));
    if (said.starts_with(" %bb.")) {
      begin_block({});
    }
    if (text.ends_with(':')) {
      begin_block(text.substr(0, text.size() - 1));
      m_lines.push_back({std::string(text), {}, 0});
    }
    read_comment(said);
    if (text.empty() || text.ends_with(':') || text.starts_with('.')) {
      return;
    }
    std::string instruction(text);
    std::replace(instruction.begin(), instruction.end(), '\t', ' ');
    place_labels();
    m_lines.push_back({std::move(instruction), m_header, m_depth});
  }

  std::vector<Line> take() { return std::move(m_lines); }
  // Headers of innermost loops, with their depth.
  const std::map<std::string, int>& innermost() const { return m_innermost; }

private:
  void begin_block(std::string_view label) {
    m_label = label;
    m_header.clear();
    m_depth = 0;
  }

  void read_comment(std::string_view said) {
    if (const int depth = number_behind(said, "Inner Loop Header: Depth="); depth > 0) {
      m_header = m_label;
      m_depth = depth;
      m_innermost[m_label] = depth;
    } else if (const int outer = number_behind(said, "This Loop Header: Depth="); outer > 0) {
      m_header = m_label;
      m_depth = outer;
    } else if (const std::size_t in = said.find("in Loop: Header="); in != std::string_view::npos) {
      std::string_view name = said.substr(in + 16);
      m_header = ".L" + std::string(name.substr(0, name.find(' ')));
      m_depth = number_behind(said, "Depth=");
    }
  }

  // A label comes before what is said about its block.
  void place_labels() {
    for (auto line = m_lines.rbegin(); line != m_lines.rend() && line->text.ends_with(':'); ++line) {
      line->header = m_header;
      line->depth = m_depth;
    }
  }

  std::string_view m_comment;
  std::string m_label, m_header;
  int m_depth = 0;
  std::vector<Line> m_lines;
  std::map<std::string, int> m_innermost;
};

// Labels that instructions refer to, by new names in the order in which they stand.
std::map<std::string, std::string, std::less<>> new_names(const std::vector<Line>& lines) {
  std::set<std::string, std::less<>> used;
  for (const Line& line : lines) {
    if (!line.text.ends_with(':')) {
      each_label(line.text, [&](std::size_t, std::string_view label) { used.emplace(label); });
    }
  }
  std::map<std::string, std::string, std::less<>> names;
  for (const Line& line : lines) {
    if (line.text.ends_with(':') && used.count(line.text.substr(0, line.text.size() - 1)) != 0) {
      names.emplace(line.text.substr(0, line.text.size() - 1),
                    "L" + std::to_string(names.size()));
    }
  }
  return names;
}

std::string renamed(const std::string& text,
                    const std::map<std::string, std::string, std::less<>>& names) {
  std::string result;
  std::size_t copied = 0;
  each_label(text, [&](std::size_t at, std::string_view label) {
    const auto name = names.find(label);
    if (name != names.end()) {
      result += text.substr(copied, at - copied) + name->second;
      copied = at + label.size();
    }
  });
  return result + text.substr(copied);
}

// The deepest innermost loop; of equals the one with most instructions.
std::string hottest(const std::vector<Line>& lines, const std::map<std::string, int>& innermost) {
  std::map<std::string, std::size_t> sizes;
  for (const Line& line : lines) {
    ++sizes[line.header];
  }
  std::string best;
  std::pair<int, std::size_t> best_rank;
  for (const auto& [header, depth] : innermost) {
    const std::pair<int, std::size_t> rank{depth, sizes[header]};
    if (best.empty() || rank > best_rank) {
      best = header;
      best_rank = rank;
    }
  }
  return best;
}

} // namespace

FunctionCode function_code(std::string_view assembly, std::string_view function) {
  const Extent extent = extent_of(assembly, function);
  FunctionCode code;
  if (extent.comment.empty()) {
    return code;
  }
  Reader reader(extent.comment);
  for (const std::string& line : split(extent.text, '\n')) {
    reader.line(line);
  }
  const std::vector<Line> lines = reader.take();
  const auto names = new_names(lines);
  const std::string hot = hottest(lines, reader.innermost());
  for (const Line& line : lines) {
    std::string text = renamed(line.text, names);
    if (line.text.ends_with(':') && text == line.text) {
      continue; // nobody goes there by name
    }
    if (!hot.empty() && line.header == hot) {
      code.hot_loop.push_back(text);
      code.hot_depth = line.depth;
    }
    code.lines.push_back(std::move(text));
  }
  return code;
}

} // namespace autopass
