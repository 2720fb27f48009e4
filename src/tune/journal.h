// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a session has measured, kept in builds.db as it comes, so that a killed session goes on where
// it was. An entry is found again by what it is about: the role of the measurement, the candidate's
// digest, the layout, of a confirmation both sides' code, and the workload.
#pragma once

#include "cache/build_record.h"
#include "cache/trial_log.h"
#include "measure/compare.h"
#include "util/hash.h"

#include <map>
#include <optional>
#include <string>

namespace autopass {

class Journal {
public:
  // `session` names all that must be equal for old measurements to hold: target, its baseline code,
  // workloads, cpu. With `fresh` what is there is forgotten.
  static Result<Journal> open(BuildRecord& record, const Digest& session, bool fresh);

  std::optional<Comparison> find(const std::string& about) const;
  Result<void> add(const std::string& about, const Comparison& comparison, double level);
  std::size_t resumed() const { return m_resumed; } // entries that an earlier session left
  Result<void> clear();                             // the session has come to its end

private:
  Journal(TrialLog log, std::string session) : m_log(std::move(log)), m_session(std::move(session)) {}
  TrialLog m_log;
  std::string m_session;
  std::map<std::string, Comparison> m_entries;
  std::size_t m_resumed = 0;
};

} // namespace autopass
