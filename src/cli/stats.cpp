// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.h"
#include "reasons.h"
#include "record.h"
#include "report/layout.h"
#include "util/text.h"
#include "verbs.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace autopass {
namespace {

// The counters that are always shown; with --verbose every other one too, under its own name.
constexpr std::array<std::pair<const char*, const char*>, 6> headlines = {{
    {"compile", "compiles"},
    {"link", "links"},
    {"compile-and-link", "compiles with link"},
    {"pass-through", "passed through untouched"},
    {"functions", "functions seen by the plugin"},
    {"applied", "plans applied"},
}};

bool is_headline(const std::string& name) {
  return std::any_of(headlines.begin(), headlines.end(),
                     [&](const auto& headline) { return name == headline.first; });
}

std::string line(std::int64_t count, const std::string& name) {
  return wrapped(format("%10lld  ", static_cast<long long>(count)), name);
}

} // namespace

Result<int> execute(const StatsArguments& arguments) {
  TRY(BuildRecord record, open_build_record());
  TRY(const auto counts, record.counts());
  if (arguments.json) {
    print_json({{"counts", counts}});
    return exit_done;
  }
  for (const auto& [name, title] : headlines) {
    const auto it = counts.find(name);
    print(line(it != counts.end() ? it->second : 0, title));
  }
  if (const auto dropped = counts.find("record-dropped"); dropped != counts.end()) {
    print(line(dropped->second, "records dropped, because the spool was full"));
  }
  if (arguments.verbose) {
    print("\nreasons\n");
    for (const auto& [name, count] : counts) {
      if (!is_headline(name)) {
        const std::string_view meaning = meaning_of(name);
        print(line(count, meaning.empty() ? name : name + ": " + std::string(meaning)));
      }
    }
  }
  return exit_done;
}

} // namespace autopass
