// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "inspection.h"

#include "cache/plugin_arguments.h"
#include "cache/records.h"
#include "cache/spool.h"
#include "plan/plan_file.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

namespace autopass {

namespace {

std::map<std::string, std::int64_t> counted_in(const std::string& spool) {
  std::map<std::string, std::int64_t> counts;
  if (const auto bytes = read_file(spool)) {
    read_frames(*bytes, [&](std::string_view payload) {
      RecordReader reader(payload);
      if (reader.type() == RecordType::Plugin) {
        counts = read_plugin_record(reader).counts;
      }
    });
  }
  return counts;
}

} // namespace

Result<UnitInspector> UnitInspector::create(const std::string& scratch, const SliceKey& key,
                                            double timeout) {
  std::string plugin = plugin_path(key.llvm_major);
  if (!exists(plugin)) {
    return fail("there is no plugin for LLVM " + std::to_string(key.llvm_major), "autopass doctor",
                "plugin-missing");
  }
  TRY(Builder builder, Builder::create(scratch, timeout));
  return UnitInspector(std::move(builder), scratch, key, std::move(plugin));
}

Result<Inspected> UnitInspector::look(const Unit& unit, const std::vector<StoredPlan>& plans,
                                      const std::string& folder) const {
  const std::string snapshot = m_scratch + "/" + folder + ".snapshot";
  TRY(const Digest slice, write_snapshot(snapshot, m_key, plans, {}));
  return compile(unit, snapshot, slice, folder);
}

Result<Inspected> UnitInspector::look_by_hand(const Unit& unit, const std::string& plan_file,
                                              const std::string& folder) const {
  TRY(const std::string text, read_file(plan_file, largest_plan_file));
  return compile(unit, plan_file, hash_text(text), folder);
}

Result<Inspected> UnitInspector::compile(const Unit& unit, const std::string& plans,
                                         const Digest& slice, const std::string& folder) const {
  const std::string place = m_scratch + "/" + folder;
  TRY_VOID(make_folders(place));
  const std::string evidence = place + "/evidence.jsonl", text = place + "/unit.s";
  const std::string verdict = place + "/verdict", spool = place + "/spool";
  TRY_VOID(write_file(evidence, ""));
  TRY_VOID(write_file(verdict, ""));
  Additions additions;
  additions.arguments = plugin_arguments(m_plugin, m_key.llvm_major, slice.hex());
  // The recorded -c is without a meaning beside -S, and that is worth no warning.
  additions.arguments.insert(additions.arguments.end(),
                             {"-Wno-unused-command-line-argument", "-S", "-mllvm",
                              "-autopass-evidence=" + evidence, "-mllvm",
                              "-autopass-verdict=" + verdict});
  additions.environment = {"AUTOPASS_PLANS=" + plans, "AUTOPASS_SPOOL=" + spool,
                           std::string(output_variable) + "=" + text};
  const auto compiled = m_builder.compile(unit, text, additions);
  if (const auto words = read_file(verdict); !compiled && words && !words->empty()) {
    const auto end = words->find('\n');
    const std::string reason = words->substr(0, end);
    const std::string detail(trim(std::string_view(*words).substr(reason.size())));
    return fail("the compile of " + unit.source + " fails with the plan: " + reason +
                    (detail.empty() ? "" : ", " + detail) + " (in a build, stock code takes its place)",
                {}, reason);
  }
  TRY_VOID(compiled);
  Inspected inspected;
  TRY(inspected.assembly, read_file(text));
  TRY(inspected.evidence, read_file(evidence));
  inspected.counts = counted_in(spool);
  return inspected;
}

} // namespace autopass
