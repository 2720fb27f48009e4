// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "diagnosis.h"
#include "output.h"
#include "report/layout.h"
#include "util/text.h"
#include "verbs.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

// Compilers before the snapshot: what is remembered about them may write it anew.
constexpr Symptoms (*checks[])() = {check_switches, check_configuration, check_compilers,
                                    check_snapshot, check_folders,       check_variables,
                                    check_caches};

const char* word(Health health) {
  return health == Health::Ok ? "ok" : health == Health::Warn ? "warn" : "fail";
}

void print_as_json(const Symptoms& symptoms, bool healthy) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& symptom : symptoms) {
    list.push_back({{"name", symptom.name},
                    {"health", word(symptom.health)},
                    {"what", symptom.what},
                    {"next", symptom.next},
                    {"reason", symptom.reason}});
  }
  print_json({{"healthy", healthy}, {"checks", list}});
}

void print_as_text(const Symptoms& symptoms) {
  for (const auto& symptom : symptoms) {
    const std::string first = format("%-5s %-14s  ", word(symptom.health), symptom.name.c_str());
    print(wrapped(first, printable(symptom.what)));
    if (!symptom.next.empty()) {
      print(wrapped(std::string(first.size(), ' ') + "try: ", printable(symptom.next)));
    }
  }
}

} // namespace

Result<int> execute(const DoctorArguments& arguments) {
  Symptoms symptoms;
  for (const auto check : checks) {
    for (auto& symptom : check()) {
      symptoms.push_back(std::move(symptom));
    }
  }
  const bool healthy = std::none_of(symptoms.begin(), symptoms.end(), [](const Symptom& symptom) {
    return symptom.health == Health::Fail;
  });
  if (arguments.json) {
    print_as_json(symptoms, healthy);
  } else {
    print_as_text(symptoms);
  }
  return healthy ? exit_done : exit_no;
}

} // namespace autopass
