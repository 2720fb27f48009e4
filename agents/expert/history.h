// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the trials so far say, proposal by proposal: repeated measurements pooled, gains shrunk by their own
// noise towards what is expected without the lever, so that luck in few pairs does not lead the search.
#pragma once

#include "agents/roles.h"

#include <map>
#include <string>
#include <vector>

namespace autopass {

// One string for the same plans, whatever their order and whoever proposed them.
std::string plans_key(const std::vector<FunctionPlan>& plans);

Plan without_profile(Plan plan);
bool has_profile(const std::vector<FunctionPlan>& plans);
bool is_profile(const std::vector<FunctionPlan>& plans); // and calls beside it, and nothing else
// What is left of the plans without what was counted, those with nothing left taken out.
std::vector<FunctionPlan> without_profiles(const std::vector<FunctionPlan>& plans);

struct Known {
  std::string key;
  const Proposal* proposal = nullptr; // of the first trial
  int trials = 0;
  std::size_t pairs = 0;
  bool broken = false;  // wrong output, invalid or failed at least once: never built upon
  double log_ratio = 0; // pooled ln(baseline / candidate)
  double sigma = 0;     // its standard error, the layout's luck included
  std::string counted;  // the profiles in it, by function and digest
  std::size_t calls = 0;
  const Known* base = nullptr; // the profiles in it were measured by themselves, as this
  double gain = 0; // log_ratio shrunk towards the base's gain, or 0; what the search goes by
  bool measured() const { return pairs > 0 && !broken; }
};

class History {
public:
  explicit History(const SearchState& state);

  const Known* find(const std::string& key) const;
  std::size_t measured() const { return m_measured; } // trials that cost a measurement
  // The best first; only what is likely to gain something, beyond its base if it has one.
  const std::vector<const Known*>& winners() const { return m_winners; }
  // Of those that are nothing but profiles: what the other levers are tried on top of.
  const Known* best_profile() const;
  bool knows_profiles() const; // that one of those was tried
  const Known* best() const { return m_winners.empty() ? nullptr : m_winners.front(); }
  const std::map<std::string, Known>& all() const { return m_known; }

private:
  const Known* base_of(const Known& known) const;
  void judge(Known& known);

  std::map<std::string, Known> m_known;
  std::vector<const Known*> m_winners;
  std::size_t m_measured = 0;
};

} // namespace autopass
