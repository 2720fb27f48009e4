// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "function_view.h"

#include "util/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

// Under this, two columns hold too little of an instruction.
constexpr std::size_t least_width = 90;

Lines numbers(const FunctionView& view) {
  const FunctionEvidence& evidence = view.evidence;
  Lines lines = {format("IR instructions       %d", evidence.optimised_instructions)};
  const auto known = [&](const char* title, const std::optional<long>& number) {
    if (number) {
      lines.push_back(format("%s%ld", title, *number));
    }
  };
  known("machine instructions  ", evidence.machine_instructions);
  known("bytes                 ", evidence.bytes);
  known("stack bytes           ", evidence.stack_bytes);
  lines.push_back(format("spills, reloads       %d, %d", evidence.spills, evidence.reloads));
  return lines;
}

std::string trips(const LoopEvidence& loop) {
  if (loop.trip_count > 0) {
    return format("%ld times", loop.trip_count);
  }
  return loop.max_trip_count > 0 ? format("at most %ld times", loop.max_trip_count)
                                 : std::string("times not known");
}

// By what loops are, not by their numbers: those shift when one goes.
Lines loops(const FunctionView& view) {
  Lines lines;
  for (const LoopEvidence& loop : view.evidence.loops) {
    const std::string indent(2 * std::size_t(std::max(loop.depth - 1, 0)), ' ');
    lines.push_back(indent + format("loop %d: %s, %d instructions", loop.loop, trips(loop).c_str(),
                                    loop.instructions));
    if (loop.innermost) {
      const LoopVector& vector = loop.vector;
      lines.push_back(indent + format("  width %d of %d, interleave %d (%s)", vector.width,
                                      vector.widest, vector.interleave, vector.limit.c_str()));
    }
  }
  return lines;
}

Lines inlining(const FunctionView& view) {
  Lines lines;
  for (const InliningDecision& decision : view.evidence.inlining) {
    std::string line = (decision.inlined ? "inlined  " : "call     ") + decision.callee;
    if (decision.cost && decision.threshold) {
      line += format("  cost %ld, threshold %ld", *decision.cost, *decision.threshold);
    }
    line += decision.reason.empty() ? "" : "  " + decision.reason;
    lines.push_back(line + (decision.count > 1 ? format("  (%d times)", decision.count) : ""));
  }
  return lines;
}

Lines remarks(const FunctionView& view) {
  Lines lines;
  for (const Remark& remark : view.evidence.remarks) {
    lines.push_back(remark.pass + " " + remark.kind +
                    (remark.loop >= 0 ? format(" loop %d: ", remark.loop) : std::string(": ")) +
                    remark.message);
  }
  return lines;
}

Lines passes(const FunctionView& view) {
  Lines lines;
  for (const PassChange& change : view.evidence.changes) {
    lines.push_back(format("%-28s %+6d instructions %+5d blocks", change.pass.c_str(),
                           change.instructions, change.blocks));
  }
  return lines;
}

Lines hot_loop(const FunctionView& view) { return view.code.hot_loop; }
Lines machine_model(const FunctionView& view) { return view.machine_model; }
Lines assembly(const FunctionView& view) { return view.code.lines; }

} // namespace

const std::vector<ViewPart>& view_parts() {
  static const std::vector<ViewPart> parts = {
      {"numbers", numbers},   {"loops", loops},       {"inlining", inlining},
      {"remarks", remarks},   {"passes", passes},     {"hot loop", hot_loop},
      {"machine model", machine_model}, {"assembly", assembly}};
  return parts;
}

std::string difference_text(const FunctionView& before, const FunctionView& after,
                            std::size_t width) {
  std::string text;
  for (const ViewPart& part : view_parts()) {
    const Lines old_lines = part.lines(before), new_lines = part.lines(after);
    const std::string name(part.name);
    if (old_lines.empty() && new_lines.empty()) {
      continue;
    }
    if (old_lines == new_lines) {
      text += "\n" + name + ": no difference\n";
      continue;
    }
    text += "\n" + name + "\n" +
            (width >= least_width ? side_by_side(old_lines, new_lines, width)
                                  : one_below_other(old_lines, new_lines));
  }
  return text;
}

nlohmann::ordered_json difference_json(const FunctionView& before, const FunctionView& after) {
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const ViewPart& part : view_parts()) {
    const Lines old_lines = part.lines(before), new_lines = part.lines(after);
    parts.push_back({{"part", part.name},
                     {"differs", old_lines != new_lines},
                     {"before", old_lines},
                     {"after", new_lines}});
  }
  return parts;
}

} // namespace autopass
