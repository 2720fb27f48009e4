// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles a recorded unit to assembly, with plans or without, to look at what comes out: the
// plugin's evidence and the text. Everything is written in scratch.
#pragma once

#include "builder.h"
#include "cache/plan_store.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace autopass {

struct Inspected {
  std::string evidence; // JSON Lines, see docs/evidence.md
  std::string assembly;
  std::map<std::string, std::int64_t> counts; // what became of the plans, as the plugin counts it
};

class UnitInspector {
public:
  // Reason of errors: plugin-missing.
  static Result<UnitInspector> create(const std::string& scratch, const SliceKey& key,
                                      double timeout);
  // `folder` names what is written. Reasons of errors: those of Builder::compile; when the plans fail
  // theirs (plan-crashed, ...): stock code stands in for nothing.
  Result<Inspected> look(const Unit& unit, const std::vector<StoredPlan>& plans,
                         const std::string& folder) const;
  // With plans by hand, which the plugin finds by name.
  Result<Inspected> look_by_hand(const Unit& unit, const std::string& plan_file,
                                 const std::string& folder) const;

private:
  UnitInspector(Builder builder, std::string scratch, SliceKey key, std::string plugin)
      : m_builder(std::move(builder)), m_scratch(std::move(scratch)), m_key(std::move(key)),
        m_plugin(std::move(plugin)) {}
  Result<Inspected> compile(const Unit& unit, const std::string& plans, const Digest& slice,
                            const std::string& folder) const;

  Builder m_builder;
  std::string m_scratch;
  SliceKey m_key;
  std::string m_plugin;
};

} // namespace autopass
