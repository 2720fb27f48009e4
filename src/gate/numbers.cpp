// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Both texts are read side by side, number against number and character against character:
//
//   step 12: energy -1.0000000213e+02, 3 of 4      expected
//   step 12: energy -1.0000000198e+02, 3 of 4      the same within 1e-8
//        ~~         ~~~~~~~~~~~~~~~~~  ~    ~      12, 3 and 4 count something: they are compared exactly
//
// So is a number before a point that no digit follows, which may be a full stop: "4 matches of 17."
// A number that is 0 in one text has to be 0 in the other, unless all of it is allowed: there is nothing that it could
// be relative to.
//
// The field of a number is the last word in front of it on its line ("energy"), and its column: between two there are
// blanks and tabs, however many, or one comma or semicolon with or without them ("-1.0000000213e+02" is in the fourth).
#include "numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace autopass {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

struct Number {
  double value = 0;
  bool real = false; // has a point or an exponent
  std::string_view text;
};

// A number at the start of `text`, which is shortened by it. The 2 of "x2" is part of a name.
bool take_number(std::string_view& text, char before, Number& number) {
  const std::string_view unsigned_text =
      text.substr(!text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0);
  const bool starts = !unsigned_text.empty() &&
                      (is_digit(unsigned_text[0]) ||
                       (unsigned_text.size() > 1 && unsigned_text[0] == '.' && is_digit(unsigned_text[1])));
  if (!starts || is_letter(before) || is_digit(before)) {
    return false;
  }
  const char* const begin = text[0] == '+' ? text.data() + 1 : text.data();
  const char* const all = text.data() + text.size();
  auto [end, error] = std::from_chars(begin, all, number.value);
  if (error == std::errc() && end[-1] == '.') {
    --end; // the full stop of a sentence
  }
  if (error != std::errc() || (end != all && is_letter(*end))) {
    return false; // too large to be one, or the start of a name: compared as text
  }
  const std::string_view taken(text.data(), static_cast<std::size_t>(end - text.data()));
  number.real = taken.find_first_of(".eE") != std::string_view::npos;
  number.text = taken;
  text.remove_prefix(taken.size());
  return true;
}

bool same(const Number& a, const Number& b, double tolerance) {
  if (!a.real && !b.real) {
    return a.text == b.text; // a double has no room for all digits
  }
  return std::abs(a.value - b.value) <=
         tolerance * std::max(std::abs(a.value), std::abs(b.value));
}

// Where in a text we are: everything in front of it was passed.
class Place {
public:
  Place() = default;

  std::size_t line() const { return m_line; }
  char before() const { return m_before; }
  std::string_view word() const { return m_word; }
  std::size_t column() const { return m_column + (m_at == At::Column ? 0 : 1); } // of what comes next

  void pass_number() {
    enter_column();
    m_before = '0';
  }
  void pass(const char& c) { // of the text itself, which outlives this
    if (c == '\n') {
      *this = Place(m_line + 1);
      return;
    }
    if (c == ',' || c == ';') {
      m_column += m_at == At::Start ? 1 : 0; // there is nothing in it
      m_at = At::Start;
    } else if (c == ' ' || c == '\t') {
      m_at = m_at == At::Column ? At::Blank : m_at;
    } else {
      enter_column();
    }
    if (is_letter(c) || is_digit(c)) {
      const bool goes_on = !m_word.empty() && m_word.data() + m_word.size() == &c;
      m_word = {goes_on ? m_word.data() : &c, goes_on ? m_word.size() + 1 : 1};
    }
    m_before = c;
  }

private:
  explicit Place(std::size_t line) : m_line(line) {}
  void enter_column() {
    m_column = column();
    m_at = At::Column;
  }

  std::size_t m_line = 1, m_column = 0;
  enum class At { Start, Column, Blank } m_at = At::Start; // of a line or behind a comma; in a column; behind one
  char m_before = '\n';
  std::string_view m_word;
};

// The word at the start of `text`, for a message.
std::string word(std::string_view text) {
  return text.empty() ? "its end"
                      : std::string(text.substr(0, std::min<std::size_t>(text.find_first_of(" \t\n", 1), 40)));
}

} // namespace

std::string numbers_differ(std::string_view expected, std::string_view found, const Tolerance& tolerance) {
  Place place;
  while (!expected.empty() || !found.empty()) {
    const std::string_view wanted = expected, got = found;
    Number a, b;
    const bool first = take_number(expected, place.before(), a);
    const bool second = take_number(found, place.before(), b);
    const bool equal = first || second
                           ? first && second && same(a, b, tolerance.of(place.word(), place.column()))
                           : !wanted.empty() && !got.empty() && wanted[0] == got[0];
    if (!equal) {
      return "line " + std::to_string(place.line()) + ": " + word(got) + ", expected " + word(wanted);
    }
    if (first) {
      place.pass_number();
      continue;
    }
    place.pass(wanted[0]);
    expected.remove_prefix(1);
    found.remove_prefix(1);
  }
  return {};
}

} // namespace autopass
