// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Plans of people who mean ill, and of broken programs: testsuite/unit/plan/hostile_plans.
#include "plan/plan_file.h"
#include "util/file.h"
#include "util/text.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

std::string unescaped(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
    } else if (text[++i] == 'x') {
      bytes += char(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

} // namespace

TEST_CASE("every hostile plan is refused, for the reason that is counted") {
  const auto file = read_file(HOSTILE_PLANS);
  REQUIRE(file);
  int seen = 0;
  for (const std::string& line : split(*file, '\n')) {
    const auto tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string::npos) {
      continue;
    }
    CAPTURE(line);
    ++seen;
    const std::string text = unescaped(line.substr(tab + 1));
    const auto plan = parse(text);
    CHECK_FALSE(plan);
    CHECK((plan || plan.error().reason == line.substr(0, tab)));
    // By hand only the version may be left out.
    if (line != "vocabulary-version\t{\"params\":{\"unroll-count\":4}}") {
      CHECK_FALSE(parse_by_hand(text));
    }
  }
  CHECK(seen >= 60);
}

TEST_CASE("size is no way in") {
  std::string many = R"({"v":2,"loops":[)";
  for (int i = 0; i < 65; ++i) {
    many += (i > 0 ? "," : "") + (R"({"loop":)" + std::to_string(i)) +
            R"(,"hash":"00112233445566778899aabbccddeeff","unroll":2})";
  }
  CHECK_FALSE(parse(many + "]}"));
  std::string passes;
  for (int i = 0; i < 129; ++i) {
    passes += std::string(i > 0 ? "," : "") + R"({"pass":"gvn"})";
  }
  CHECK_FALSE(parse(R"({"v":2,"pipeline":{"simplification":[)" + passes + "]}}"));
  std::string weights = "[1,1]";
  for (int i = 0; i < 30'000; ++i) {
    weights += ",[1,1]";
  }
  CHECK_FALSE(parse(R"({"v":2,"profile":{"cfg":"00112233445566778899aabbccddeeff","entry":1,"weights":[)" +
                    weights + "]}}"));
}
