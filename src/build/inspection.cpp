// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "inspection.h"

#include "cache/plugin_arguments.h"
#include "util/file.h"
#include "util/paths.h"

namespace autopass {

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
                                      const std::string& folder,
                                      const std::vector<std::string>& more) const {
  const std::string place = m_scratch + "/" + folder;
  TRY_VOID(make_folders(place));
  const std::string snapshot = place + "/plans.snapshot", evidence = place + "/evidence.jsonl";
  TRY(const Digest slice, write_snapshot(snapshot, m_key, plans, {}));
  TRY_VOID(write_file(evidence, ""));
  Additions additions;
  additions.arguments = plugin_arguments(m_plugin, m_key.llvm_major, slice.hex());
  additions.arguments.insert(additions.arguments.end(),
                             {"-S", "-mllvm", "-autopass-evidence=" + evidence});
  additions.arguments.insert(additions.arguments.end(), more.begin(), more.end());
  additions.environment = {"AUTOPASS_PLANS=" + snapshot, "AUTOPASS_SPOOL="};
  const std::string text = place + "/unit.s";
  TRY_VOID(m_builder.compile(unit, text, additions));
  Inspected inspected;
  TRY(inspected.assembly, read_file(text));
  TRY(inspected.evidence, read_file(evidence));
  return inspected;
}

} // namespace autopass
