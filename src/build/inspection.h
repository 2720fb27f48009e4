// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiles a recorded unit to assembly, with plans or without, to look at what comes out: the
// plugin's evidence and the text. Everything is written in scratch.
#pragma once

#include "builder.h"
#include "cache/plan_store.h"

#include <string>
#include <vector>

namespace autopass {

struct Inspected {
  std::string evidence; // JSON Lines, see docs/evidence.md
  std::string assembly;
};

class UnitInspector {
public:
  static Result<UnitInspector> create(const std::string& scratch, const SliceKey& key,
                                      double timeout);
  // `folder` names what is written; `more` goes to the compiler, too. Reasons of errors: those of
  // Builder::compile, and plugin-missing.
  Result<Inspected> look(const Unit& unit, const std::vector<StoredPlan>& plans,
                         const std::string& folder, const std::vector<std::string>& more = {}) const;

private:
  UnitInspector(Builder builder, std::string scratch, SliceKey key, std::string plugin)
      : m_builder(std::move(builder)), m_scratch(std::move(scratch)), m_key(std::move(key)),
        m_plugin(std::move(plugin)) {}

  Builder m_builder;
  std::string m_scratch;
  SliceKey m_key;
  std::string m_plugin;
};

} // namespace autopass
