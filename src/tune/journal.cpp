// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "journal.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using nlohmann::json;

std::string to_text(const Comparison& comparison, double level) {
  json pairs = json::array();
  for (const auto& pair : comparison.samples.pairs) {
    pairs.push_back({pair.baseline, pair.candidate, pair.baseline_first});
  }
  return json{{"ended", static_cast<int>(comparison.ended)},
              {"detail", comparison.detail},
              {"level", level},
              {"pairs", pairs}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

// Our own text, but from a file that may be damaged: anything odd counts as not measured.
std::optional<Comparison> from_text(const std::string& text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.value("pairs", json()).is_array()) {
    return std::nullopt;
  }
  Comparison comparison;
  for (const auto& pair : document["pairs"]) {
    if (!pair.is_array() || pair.size() != 3 || !pair[0].is_number() || !pair[1].is_number() ||
        !pair[2].is_boolean()) {
      return std::nullopt;
    }
    comparison.samples.pairs.push_back({pair[0], pair[1], pair[2]});
  }
  const json ended = document.value("ended", json());
  const json detail = document.value("detail", json());
  const json level = document.value("level", json());
  if (!ended.is_number_unsigned() || ended > static_cast<int>(Ended::Hopeless) || !detail.is_string() || !level.is_number()) {
    return std::nullopt;
  }
  comparison.ended = static_cast<Ended>(ended.get<int>());
  comparison.detail = detail;
  comparison.interval = interval(comparison.samples.log_ratios(), level);
  return comparison;
}

} // namespace

Result<Journal> Journal::open(BuildRecord& record, const Digest& session, bool fresh) {
  Journal journal(TrialLog(record.database()), session.hex());
  if (fresh) {
    TRY_VOID(journal.m_log.clear(journal.m_session));
  }
  TRY(const auto trials, journal.m_log.trials(journal.m_session));
  for (const auto& trial : trials) {
    if (auto comparison = from_text(trial.samples)) {
      journal.m_entries[trial.about] = std::move(*comparison);
    }
  }
  journal.m_resumed = journal.m_entries.size();
  return journal;
}

std::optional<Comparison> Journal::find(const std::string& about) const {
  const auto found = m_entries.find(about);
  return found == m_entries.end() ? std::nullopt : std::optional(found->second);
}

Result<void> Journal::add(const std::string& about, const Comparison& comparison, double level) {
  m_entries[about] = comparison;
  return m_log.add(m_session, {about, to_text(comparison, level)});
}

Result<void> Journal::clear() { return m_log.clear(m_session); }

} // namespace autopass
