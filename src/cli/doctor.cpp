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
constexpr Findings (*checks[])() = {check_switches, check_configuration, check_compilers,
                                    check_snapshot, check_folders,       check_variables,
                                    check_caches};

const char* word(Health health) {
  return health == Health::Ok ? "ok" : health == Health::Warn ? "warn" : "fail";
}

void print_as_json(const Findings& findings, bool healthy) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& finding : findings) {
    list.push_back({{"name", finding.name},
                    {"health", word(finding.health)},
                    {"what", finding.what},
                    {"next", finding.next},
                    {"reason", finding.reason}});
  }
  print_json({{"healthy", healthy}, {"checks", list}});
}

void print_as_text(const Findings& findings) {
  for (const auto& finding : findings) {
    const std::string first = format("%-5s %-14s  ", word(finding.health), finding.name.c_str());
    print(wrapped(first, printable(finding.what)));
    if (!finding.next.empty()) {
      print(wrapped(std::string(first.size(), ' ') + "try: ", printable(finding.next)));
    }
  }
}

} // namespace

Result<int> execute(const DoctorArguments& arguments) {
  Findings findings;
  for (const auto check : checks) {
    for (auto& finding : check()) {
      findings.push_back(std::move(finding));
    }
  }
  const bool healthy = std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.health == Health::Fail;
  });
  if (arguments.json) {
    print_as_json(findings, healthy);
  } else {
    print_as_text(findings);
  }
  return healthy ? exit_done : exit_no;
}

} // namespace autopass
