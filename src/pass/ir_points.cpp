// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir_points.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::size_t most_texts = 64;
constexpr std::size_t longest_ir = 2u << 20;
constexpr std::size_t most_bytes = 8u << 20;

// The first run of a pass needs no number.
std::string point_name(const char* when, StringRef pass, int run) {
  return when + pass.str() + (run == 1 ? "" : "#" + std::to_string(run));
}

} // namespace

IrPoints::IrPoints(const std::vector<std::string>& wanted) {
  for (const std::string& one : wanted) {
    auto [function, point] = StringRef(one).rsplit('@'); // versioned symbols have one, too
    point.consume_back("#1");
    if (!function.empty() && !point.empty()) {
      m_wanted.emplace(function.str(), point.str());
    }
  }
}

bool IrPoints::wants(const std::string& function, const std::string& point) const {
  return !m_wanted.empty() && m_wanted.count({function, point}) != 0;
}

std::string IrTexts::before(StringRef pass) {
  return point_name("before:", pass, ++m_begun[pass.str()]);
}

std::string IrTexts::after(StringRef pass) {
  return point_name("after:", pass, ++m_ended[pass.str()]);
}

void IrTexts::add(const std::string& point, const Function& function) {
  if (m_texts.size() == most_texts || m_bytes > most_bytes - longest_ir) {
    return;
  }
  std::string text;
  raw_string_ostream stream(text);
  function.print(stream);
  text.resize(std::min(text.size(), longest_ir));
  m_bytes += text.size();
  m_texts.emplace_back(point, json::fixUTF8(text));
}

json::Array IrTexts::texts() const {
  json::Array array;
  for (const auto& [point, text] : m_texts) {
    array.push_back(json::Object{{"at", point}, {"text", text}});
  }
  return array;
}

} // namespace autopass
