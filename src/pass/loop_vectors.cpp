// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM says what it chose and, in other remarks, what kept it from more. Here both meet the loop:
//
//   {"width":4,"interleave":2,"widest":4,"limit":"registers"}    as wide as registers are
//   {"width":2,"interleave":1,"widest":8,"limit":"cost"}         the cost model chose
//   {"width":1,"interleave":1,"widest":4,"limit":"CantReorderMemOps"}
//
// "widest" is how many of the loop's widest elements fit into a vector register.
#include "loop_vectors.h"

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

std::int64_t number_of(const json::Object& fields, StringRef key, std::int64_t fallback) {
  return fields.getInteger(key).value_or(fallback);
}

// "VectorizationFactor" is a text when it depends on the machine ("vscale x 4").
std::int64_t width_in(const json::Object& fields) {
  if (const auto text = fields.getString("VectorizationFactor")) {
    std::int64_t number = 1;
    text->rsplit(' ').second.getAsInteger(10, number);
    return number;
  }
  return number_of(fields, "VectorizationFactor", 1);
}

// A reason is better the more it says; that something is not beneficial comes last.
std::string limit_of(const std::vector<RemarkLog::OfLoop>& said) {
  std::string limit;
  for (const auto& one : said) {
    if (one.kind != "passed" && (limit.empty() || StringRef(limit).ends_with("NotBeneficial"))) {
      limit = one.name;
    }
  }
  return limit;
}

json::Object vector_of(const json::Object& loop, const std::vector<RemarkLog::OfLoop>& said) {
  std::int64_t width = 1, interleave = 1;
  for (const auto& one : said) {
    if (one.kind == "passed") {
      width = std::max(width, width_in(*one.fields));
      interleave = std::max(interleave, number_of(*one.fields, "InterleaveCount", 1));
    }
  }
  const std::int64_t bits = number_of(loop, "register_bits", 0);
  const std::int64_t element = number_of(loop, "element_bits", 0);
  const std::int64_t widest = element > 0 ? std::max<std::int64_t>(bits / element, 1) : 0;
  std::string limit = limit_of(said);
  if (width > 1) {
    limit = width >= widest ? "registers" : "cost";
  } else if (limit.empty()) {
    limit = loop.getBoolean("innermost").value_or(false) ? "not-considered" : "not-innermost";
  }
  return json::Object{
      {"width", width}, {"interleave", interleave}, {"widest", widest}, {"limit", limit}};
}

} // namespace

json::Array with_vectors(const json::Array& loops, const RemarkLog& remarks) {
  json::Array all;
  for (const json::Value& value : loops) {
    json::Object loop = *value.getAsObject();
    const auto number = int(number_of(loop, "loop", -1));
    loop["vector"] = vector_of(loop, remarks.of_loop("loop-vectorize", number));
    all.push_back(std::move(loop));
  }
  return all;
}

} // namespace autopass
