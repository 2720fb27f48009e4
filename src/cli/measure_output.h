// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `autopass measure` has found, as data, and two of the forms in which it is told; the third is report/samples.h.
#pragma once

#include "measure/command_pair.h"
#include "measure/sequential.h"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace autopass {

struct Measured {
  std::array<std::string, 2> commands; // as they were typed
  std::string prefix;                  // of both; empty: none
  Clock clock = Clock::Cpu;
  PairingChoice pairing;
  int core = -1;
  bool same_output = true;
  Samples samples;
  Finding finding;
  std::array<Counts, 2> counts; // medians, in the order of hardware_events()
  std::array<std::size_t, 2> other_output{}; // runs of each that printed something else than it did at first
  std::vector<std::string> notes;
};

std::string to_text(const Measured& measured);
nlohmann::ordered_json to_json(const Measured& measured);

} // namespace autopass
