// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The link of a target with other objects in its units' places: plain objects are named instead of
// the user's, archive members replaced in a scratch copy of the archive.
#pragma once

#include "archive.h"
#include "builder.h"

#include <map>
#include <string>
#include <vector>

namespace autopass {

class Relinker {
public:
  // Reads the target's archives once, so that later links cannot see a change in the user's tree.
  static Result<Relinker> create(const BuiltTarget& target, const Builder& builder,
                                 const std::string& scratch);
  // `objects` holds one path a unit. Layout n > 0 shifts all code behind the first input. `last` goes behind the
  // link's own words.
  Result<void> link(const std::vector<std::string>& objects, int layout, const std::string& output,
                    const std::vector<std::string>& last = {});
  // The user's own object of a unit, as a file; empty when there is none (compiled and linked at
  // once).
  Result<std::string> built_object(std::size_t unit);

private:
  Relinker(const BuiltTarget& target, const Builder& builder, std::string scratch)
      : m_target(target), m_builder(builder), m_scratch(std::move(scratch)) {}
  std::size_t member_number(const Unit& unit) const;
  Result<std::string> rebuilt_archive(const std::string& path,
                                      const std::vector<std::string>& objects);

  const BuiltTarget& m_target;
  const Builder& m_builder;
  std::string m_scratch;
  std::map<std::string, Archive> m_archives;
};

} // namespace autopass
