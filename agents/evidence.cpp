// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads what the plugin's evidence mode wrote. A line that cannot be one of its records makes the
// whole file worthless (a compile died while writing it, or it is another file), so it is an Error;
// a field that is missing or odd only loses that field. Everything that grows has a bound.
#include "evidence.h"
#include "json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {

namespace {

using nlohmann::json;

constexpr std::size_t most_functions = 200'000;
constexpr std::size_t most_line_bytes = 4u << 20;
constexpr std::size_t most_loops = 1024;
constexpr std::size_t most_calls = 1024;
constexpr std::size_t most_remarks = 1024;
constexpr std::size_t most_passes = 512;
constexpr std::size_t most_name_bytes = 4096; // mangled C++ names are long
constexpr std::size_t most_message_bytes = 512;
constexpr std::int64_t most_count = 1 << 30;

int count_field(const json& object, const char* key, int fallback = 0) {
  return static_cast<int>(number_field(object, key, fallback, 0, most_count));
}

std::optional<Digest> digest_field(const json& object, const char* key) {
  return Digest::from_hex(text_field(object, key, 64));
}

LoopEvidence read_loop(const json& object) {
  LoopEvidence loop;
  loop.loop = count_field(object, "loop");
  loop.parent = static_cast<int>(number_field(object, "parent", -1, -1, most_count));
  loop.depth = count_field(object, "depth", 1);
  loop.hash = digest_field(object, "hash").value_or(Digest{});
  loop.blocks = count_field(object, "blocks");
  loop.instructions = count_field(object, "instructions");
  loop.loads = count_field(object, "loads");
  loop.stores = count_field(object, "stores");
  loop.branches = count_field(object, "branches");
  loop.selects = count_field(object, "selects");
  loop.calls = count_field(object, "calls");
  loop.floating = flag_field(object, "float", false);
  loop.innermost = flag_field(object, "innermost", false);
  loop.trip_count = number_field(object, "trip_count", 0, 0, 1ll << 53);
  loop.trip_multiple = number_field(object, "trip_multiple", 1, 1, 1ll << 53);
  loop.element_bits = count_field(object, "element_bits");
  return loop;
}

CallEvidence read_call(const json& object) {
  CallEvidence call;
  call.call = count_field(object, "call");
  call.callee = text_field(object, "callee", most_name_bytes);
  call.fingerprint = digest_field(object, "fingerprint").value_or(Digest{});
  call.can_inline = flag_field(object, "can_inline", false);
  call.inlined = count_field(object, "inlined");
  call.kept = count_field(object, "kept");
  call.cost = static_cast<int>(number_field(object, "cost", 0, -most_count, most_count));
  call.threshold = static_cast<int>(number_field(object, "threshold", 0, -most_count, most_count));
  return call;
}

Remark read_remark(const json& object) {
  Remark remark;
  remark.pass = one_line(text_field(object, "pass", 128), 128);
  remark.kind = one_line(text_field(object, "kind", 32), 32);
  remark.name = one_line(text_field(object, "name", 128), 128);
  remark.message = one_line(text_field(object, "message", most_message_bytes), most_message_bytes);
  remark.count = count_field(object, "count", 1);
  return remark;
}

PassEvidence read_pass(const json& object) {
  return {one_line(text_field(object, "pass", 128), 128), count_field(object, "runs"),
          count_field(object, "changed")};
}

template <class T>
std::vector<T> read_list(const json& object, const char* key, std::size_t most,
                         T (*read)(const json&)) {
  std::vector<T> list;
  const json* values = field(object, key);
  if (values == nullptr || !values->is_array()) {
    return list;
  }
  for (const json& value : *values) {
    if (list.size() == most) {
      break;
    }
    if (value.is_object()) {
      list.push_back(read(value));
    }
  }
  return list;
}

Result<FunctionEvidence> read_function(std::string_view line) {
  if (line.size() > most_line_bytes) {
    return fail("longer than any function's evidence");
  }
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return fail("not a JSON object");
  }
  if (number_field(object, "v", 0, 0, 1000) != 1) {
    return fail("not of version 1");
  }
  FunctionEvidence function;
  function.function = text_field(object, "function", most_name_bytes);
  const std::optional<Digest> fingerprint = digest_field(object, "fingerprint");
  if (function.function.empty() || !fingerprint) {
    return fail("no function name or no fingerprint");
  }
  function.fingerprint = *fingerprint;
  function.context = digest_field(object, "context").value_or(Digest{});
  function.linkage = text_field(object, "linkage", 64);
  function.instructions = count_field(object, "instructions");
  function.blocks = count_field(object, "blocks");
  function.calls = count_field(object, "calls");
  function.branches = count_field(object, "branches");
  function.selects = count_field(object, "selects");
  function.switches = count_field(object, "switches");
  function.optimised_instructions = count_field(object, "optimised_instructions");
  function.call_sites = read_list<CallEvidence>(object, "call_sites", most_calls, read_call);
  function.loops = read_list<LoopEvidence>(object, "loops", most_loops, read_loop);
  function.remarks = read_list<Remark>(object, "remarks", most_remarks, read_remark);
  function.passes = read_list<PassEvidence>(object, "passes", most_passes, read_pass);
  return function;
}

} // namespace

Result<std::vector<FunctionEvidence>> parse_evidence(std::string_view json_lines) {
  std::vector<FunctionEvidence> functions;
  for (std::size_t number = 1; !json_lines.empty(); ++number) {
    const std::size_t end = std::min(json_lines.find('\n'), json_lines.size());
    const std::string_view line = trim(json_lines.substr(0, end));
    json_lines.remove_prefix(std::min(end + 1, json_lines.size()));
    if (line.empty()) {
      continue;
    }
    Result<FunctionEvidence> function = read_function(line);
    if (!function) {
      return fail(format("evidence, line %zu: %s", number, function.error().what.c_str()),
                  "report this: the plugin writes what it cannot read back", "evidence-malformed");
    }
    if (functions.size() == most_functions) {
      return fail("evidence for more functions than one compile has", {}, "evidence-malformed");
    }
    functions.push_back(std::move(*function));
  }
  return functions;
}

} // namespace autopass
