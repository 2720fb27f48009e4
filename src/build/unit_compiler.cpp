// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unit_compiler.h"

#include "code_sizes.h"
#include "commands.h"
#include "elf.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>

namespace autopass {
namespace {

// A compile time below this is mostly start-up: a ratio to it would say nothing.
constexpr double least_seconds = 0.05;

// CPU time. A plan that takes ten times as long is refused in any case; what is more is for short compiles, of which
// the start is most, and because each try at a plan that hangs costs the session this long.
std::string limit_on(double seconds) { return std::to_string(static_cast<int>(10 * seconds + 3)); }

} // namespace

Result<void> UnitCompiler::prepare() const {
  TRY_VOID(write_snapshot(empty_snapshot(), m_options.key, {}, {}));
  return {};
}

bool UnitCompiler::planned(std::size_t unit) const {
  return !is_assembly(m_target.units[unit].source);
}

Compiled UnitCompiler::stock(std::size_t unit) const {
  return {m_baseline.units[unit].object, m_baseline.units[unit].code, 1};
}

Result<Compiled> UnitCompiler::with_plans(std::size_t unit, const std::vector<StoredPlan>& plans,
                                          const std::string& folder) const {
  const std::string snapshot = place(unit, folder) + "/plans.snapshot";
  TRY_VOID(make_folders(parent(snapshot)));
  TRY(const auto slice, write_snapshot(snapshot, m_options.key, plans, {}));
  const std::string verdict = parent(snapshot) + "/verdict";
  TRY_VOID(write_file(verdict, ""));
  std::vector<std::string> judged_by = {"-mllvm", "-autopass-verdict=" + verdict, "-mllvm",
                                        "-autopass-limit=" + limit_on(m_baseline.units[unit].seconds)};
  if (exists(evidence_file(unit))) {
    judged_by.insert(judged_by.end(), {"-mllvm", "-autopass-frames=" + evidence_file(unit)});
  }
  auto compiled = compile(unit, folder, slice.hex(), snapshot, judged_by);
  if (const auto words = read_file(verdict); !compiled && words && !words->empty()) {
    const auto end = words->find('\n');
    return fail(m_target.units[unit].source + " with plans: " + words->substr(end + 1), {},
                words->substr(0, end));
  }
  return compiled;
}

Result<Compiled> UnitCompiler::without_plans(std::size_t unit, const std::string& folder,
                                             const std::vector<std::string>& arguments) const {
  return compile(unit, folder, Digest().hex(), empty_snapshot(), arguments);
}

Result<Compiled> UnitCompiler::in_another_way(std::size_t unit,
                                              const std::vector<std::string>& arguments,
                                              const std::vector<StoredPlan>& plans,
                                              const std::string& folder) const {
  if (!planned(unit)) {
    return stock(unit);
  }
  const std::string snapshot = place(unit, folder) + "/plans.snapshot";
  TRY_VOID(make_folders(parent(snapshot)));
  TRY(const auto slice, write_snapshot(snapshot, m_options.key, plans, {}));
  return compile(unit, folder, slice.hex(), snapshot, {}, Talk::Ignored, arguments);
}

std::string UnitCompiler::place(std::size_t unit, const std::string& folder) const {
  return m_scratch + "/" + folder + "/" + std::to_string(unit);
}

Result<Compiled> UnitCompiler::compile(std::size_t unit, const std::string& folder,
                                       const std::string& slice, const std::string& snapshot,
                                       const std::vector<std::string>& arguments,
                                       Talk talk, const std::vector<std::string>& last) const {
  Additions additions{plugin_arguments(m_options, slice), m_baseline.units[unit].environment, last};
  additions.arguments.insert(additions.arguments.end(), arguments.begin(), arguments.end());
  additions.environment.insert(additions.environment.end(),
                               {"AUTOPASS_PLANS=" + snapshot, "AUTOPASS_SPOOL="});
  Compiled result;
  result.object = place(unit, folder) + "/" + base_name(m_baseline.units[unit].object);
  TRY(const Compile done, m_builder.compile(m_target.units[unit], result.object, additions));
  // A pass that a plan leaves out may be one that a pragma in the source asks for, and clang warns.
  if (talk == Talk::AsBefore && done.said != m_baseline.units[unit].said) {
    return fail("the compiler says something else about " + m_target.units[unit].source + " than " +
                    "without the plugin: " + done.said.substr(0, 300),
                {}, "compile-said-more");
  }
  TRY(result.code, loadable_digest(result.object));
  result.said = done.said;
  result.ratio = done.seconds / std::max(m_baseline.units[unit].seconds, least_seconds);
  return result;
}

Result<Compiled> UnitCompiler::with_counters(std::size_t unit, const std::string& file) const {
  if (!planned(unit)) {
    return stock(unit);
  }
  TRY_VOID(make_folders(parent(file)));
  return compile(unit, "counted", Digest().hex(), empty_snapshot(),
                 {"-mllvm", "-autopass-count=" + file}, Talk::Ignored);
}

std::string UnitCompiler::evidence_file(std::size_t unit) const {
  return place(unit, "evidence") + "/functions.jsonl";
}

Result<void> UnitCompiler::collect_evidence(std::size_t unit) const {
  const std::string file = evidence_file(unit);
  TRY_VOID(make_folders(parent(file)));
  TRY_VOID(write_file(file, ""));
  if (!planned(unit)) {
    return {};
  }
  TRY(const auto compiled,
      without_plans(unit, "evidence", {"-mllvm", "-autopass-evidence=" + file}));
  if (compiled.code != m_baseline.units[unit].code) {
    TRY(const auto place, first_difference(compiled.object, m_baseline.units[unit].object));
    return fail("collecting evidence changed the object of " + m_target.units[unit].source +
                    " in " + place,
                "this is a fault of autopass: please report it with the source file",
                "evidence-changed-object");
  }
  return add_code_sizes(file, compiled.object);
}

} // namespace autopass
