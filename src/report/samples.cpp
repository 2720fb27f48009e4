// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "samples.h"

#include "util/text.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* columns = "pair,first,a_seconds,b_seconds\n";

std::string line(std::size_t number, const Pair& pair) {
  return format("%zu,%s,%.6f,%.6f\n", number, pair.baseline_first ? "a" : "b", pair.baseline, pair.candidate);
}

// Null where there is none.
const Json& at(const Json& object, const char* key, std::size_t place) {
  static const Json none;
  const auto list = object.find(key);
  return list != object.end() && list->is_array() && place < list->size() ? (*list)[place] : none;
}

std::string word(const Json& object, const char* key) {
  const Json value = object.value(key, Json());
  return value.is_string() ? value.get<std::string>() : std::string();
}

} // namespace

Json json_of(const Samples& samples) {
  Json a = Json::array(), b = Json::array(), a_first = Json::array();
  for (const Pair& pair : samples.pairs) {
    a.push_back(pair.baseline);
    b.push_back(pair.candidate);
    a_first.push_back(pair.baseline_first);
  }
  return {{"a", std::move(a)}, {"b", std::move(b)}, {"a_first", std::move(a_first)}};
}

Json json_of(const std::vector<LayoutSamples>& samples) {
  Json array = Json::array();
  for (const LayoutSamples& one : samples) {
    Json object = {{"comparison", one.comparison}, {"workload", one.workload}, {"layout", one.layout}};
    object.update(json_of(one.samples));
    array.push_back(std::move(object));
  }
  return array;
}

Samples to_samples(const Json& object) {
  Samples samples;
  for (std::size_t place = 0;; ++place) {
    const Json &a = at(object, "a", place), &b = at(object, "b", place), &first = at(object, "a_first", place);
    if (!a.is_number() || !b.is_number() || !first.is_boolean()) {
      return samples;
    }
    samples.pairs.push_back({a, b, first});
  }
}

std::vector<LayoutSamples> to_layout_samples(const Json& array) {
  std::vector<LayoutSamples> samples;
  for (const Json& object : array) {
    const Json layout = object.value("layout", Json());
    samples.push_back({word(object, "comparison"), word(object, "workload"),
                       layout.is_number_unsigned() ? layout.get<std::size_t>() : 0, to_samples(object)});
  }
  return samples;
}

std::string to_csv(const std::vector<LayoutSamples>& samples) {
  std::string text = std::string("comparison,workload,layout,") + columns;
  for (const LayoutSamples& one : samples) {
    const std::string where = one.comparison + "," + one.workload + format(",%zu,", one.layout);
    for (std::size_t i = 0; i < one.samples.pairs.size(); ++i) {
      text += where + line(i + 1, one.samples.pairs[i]);
    }
  }
  return text;
}

std::string to_csv(const Samples& samples) {
  std::string text = columns;
  for (std::size_t i = 0; i < samples.pairs.size(); ++i) {
    text += line(i + 1, samples.pairs[i]);
  }
  return text;
}

} // namespace autopass
