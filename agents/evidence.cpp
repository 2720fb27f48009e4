// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads what the plugin's evidence mode wrote. A line that cannot be one of its records makes the
// whole file worthless (a compile died while writing it, or it is another file), so it is an Error;
// a field that is missing or odd only loses that field. Everything that grows has a bound.
#include "evidence.h"
#include "json_fields.h"
#include "util/text.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace autopass {

namespace {

using nlohmann::json;

constexpr std::size_t most_functions = 200'000;
constexpr std::size_t most_line_bytes = 16u << 20; // with 8 MiB of IR
constexpr std::size_t most_loops = 1024;
constexpr std::size_t most_calls = 1024;
constexpr std::size_t most_remarks = 1024;
constexpr std::size_t most_passes = 512;
constexpr std::size_t most_changes = 1024;
constexpr std::size_t most_decisions = 1024;
constexpr std::size_t most_blocks = 64;
constexpr std::size_t most_fields = 32;
constexpr std::size_t most_texts = 64;
constexpr std::size_t most_ir_bytes = 3u << 20;
constexpr std::size_t most_name_bytes = 4096; // mangled C++ names are long
constexpr std::size_t most_message_bytes = 512;
constexpr std::int64_t most_count = 1 << 30;

int count_field(const json& object, const char* key, int fallback = 0) {
  return static_cast<int>(number_field(object, key, fallback, 0, most_count));
}

std::optional<Digest> digest_field(const json& object, const char* key) {
  return Digest::from_hex(text_field(object, key, 64));
}

// A count that may also go down.
int delta_field(const json& object, const char* key) {
  return static_cast<int>(number_field(object, key, 0, -most_count, most_count));
}

std::optional<long> known_field(const json& object, const char* key) {
  const std::int64_t number = number_field(object, key, -1, -1, 1ll << 53);
  return number < 0 ? std::nullopt : std::optional<long>(number);
}

double fraction_field(const json& object, const char* key) {
  const json* value = field(object, key);
  return value != nullptr && value->is_number() ? value->get<double>() : 0;
}

LoopVector read_vector(const json& object) {
  LoopVector vector;
  if (const json* chosen = field(object, "vector")) {
    vector.width = count_field(*chosen, "width", 1);
    vector.interleave = count_field(*chosen, "interleave", 1);
    vector.widest = count_field(*chosen, "widest");
    vector.limit = one_line(text_field(*chosen, "limit", 128), 128);
  }
  return vector;
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
  loop.max_trip_count = number_field(object, "max_trip_count", 0, 0, 1ll << 53);
  loop.element_bits = count_field(object, "element_bits");
  loop.vector = read_vector(object);
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

std::map<std::string, std::string> read_fields(const json& object) {
  std::map<std::string, std::string> fields;
  const json* values = field(object, "fields");
  if (values == nullptr || !values->is_object()) {
    return fields;
  }
  for (const auto& [key, value] : values->items()) {
    if (fields.size() < most_fields && (value.is_number_integer() || value.is_string())) {
      fields[one_line(key, 64)] = value.is_string()
                                      ? one_line(value.get<std::string>(), most_message_bytes)
                                      : std::to_string(value.get<std::int64_t>());
    }
  }
  return fields;
}

Remark read_remark(const json& object) {
  Remark remark;
  remark.pass = one_line(text_field(object, "pass", 128), 128);
  remark.kind = one_line(text_field(object, "kind", 32), 32);
  remark.name = one_line(text_field(object, "name", 128), 128);
  remark.message = one_line(text_field(object, "message", most_message_bytes), most_message_bytes);
  remark.count = count_field(object, "count", 1);
  remark.fields = read_fields(object);
  remark.loop = static_cast<int>(number_field(object, "loop", -1, -1, most_count));
  remark.line = count_field(object, "line");
  return remark;
}

// LLVM has words where there is no number ("always").
std::optional<long> signed_number(const json& object, const char* key) {
  const json* value = field(object, key);
  return value != nullptr && value->is_number_integer() ? std::optional<long>(value->get<long>())
                                                        : std::nullopt;
}

InliningDecision read_decision(const json& object) {
  InliningDecision decision;
  decision.callee = text_field(object, "callee", most_name_bytes);
  decision.inlined = flag_field(object, "inlined", false);
  decision.cost = signed_number(object, "cost");
  decision.threshold = signed_number(object, "threshold");
  decision.reason = one_line(text_field(object, "reason", most_message_bytes), most_message_bytes);
  decision.count = count_field(object, "count", 1);
  return decision;
}

PassChange read_change(const json& object) {
  return {one_line(text_field(object, "pass", 128), 128), count_field(object, "run", 1),
          delta_field(object, "instructions"), delta_field(object, "blocks")};
}

HotBlock read_block(const json& object) {
  return {count_field(object, "block"), count_field(object, "depth"),
          count_field(object, "instructions"), fraction_field(object, "frequency"),
          fraction_field(object, "share")};
}

IrText read_text(const json& object) {
  return {one_line(text_field(object, "at", 256), 256), text_field(object, "text", most_ir_bytes)};
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
  function.bytes = known_field(object, "bytes");
  function.stack_bytes = known_field(object, "stack_bytes");
  function.machine_instructions = known_field(object, "machine_instructions");
  function.spills = count_field(object, "spills");
  function.reloads = count_field(object, "reloads");
  function.inlining = read_list<InliningDecision>(object, "inlining", most_decisions, read_decision);
  function.passes = read_list<PassEvidence>(object, "passes", most_passes, read_pass);
  function.changes = read_list<PassChange>(object, "changes", most_changes, read_change);
  function.hot_blocks = read_list<HotBlock>(object, "hot_blocks", most_blocks, read_block);
  function.ir = read_list<IrText>(object, "ir", most_texts, read_text);
  return function;
}

} // namespace

std::optional<long> number_in(const Remark& remark, const std::string& key) {
  const auto found = remark.fields.find(key);
  if (found == remark.fields.end()) {
    return std::nullopt;
  }
  const std::string& text = found->second;
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

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
