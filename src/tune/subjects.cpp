// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "subjects.h"

#include "build/elf.h"
#include "util/file.h"

#include <algorithm>
#include <map>
#include <set>

namespace autopass {
namespace {

// No library can be preloaded into what an emulator or another machine runs, and most prefixes are no
// trouble: it is tried through the prefix, and then here without. The processor may be another one, so it
// says where to look, not what it is worth; that is measured through the prefix. `here` is set to why.
Result<Profile> profile_of(const Harness& harness, const Workload& workload, const std::string& binary,
                           const std::vector<SymbolRange>& symbols, const std::string& scratch,
                           std::string& here) {
  auto through = profile(harness.runner, workload, binary, symbols, scratch);
  if (through || harness.runner.options().prefix.empty()) {
    return through;
  }
  const std::string why = through.error().reason;
  auto without = profile(harness.runner.without_prefix(), workload, binary, symbols, scratch);
  if (!without) {
    return fail("cannot see where the time goes: not through the prefix (" + why +
                    "), and not here without it: " + without.error().what,
                "tune it on the other machine itself, or let the program run here, too: its hot functions are "
                "looked for here, its time is taken through the prefix",
                "no-profile-through-prefix");
  }
  here = why;
  return without;
}

// One profile over all train workloads, each weighted with its samples.
Result<Profile> profile_all(const Harness& harness, const std::string& scratch, std::string& here) {
  const std::string& binary = harness.replica->baseline().path;
  TRY(const auto symbols, functions(binary));
  std::vector<SymbolRange> ranges;
  for (const auto& symbol : symbols) {
    ranges.push_back({symbol.name, symbol.address, symbol.size});
  }

  Profile all;
  std::map<std::pair<std::string, std::uint64_t>, double> counts;
  double elsewhere = 0;
  for (const auto& workload : harness.train) {
    TRY(const Profile one, profile_of(harness, workload.workload, binary, ranges, scratch, here));
    const auto weight = static_cast<double>(one.samples);
    for (const auto& function : one.functions) {
      counts[{function.symbol, function.address}] += function.share * weight;
    }
    elsewhere += one.elsewhere * weight;
    all.samples += one.samples;
  }
  const double total = std::max(1.0, static_cast<double>(all.samples));
  for (const auto& [function, count] : counts) {
    all.functions.push_back({function.first, function.second, count / total});
  }
  std::sort(all.functions.begin(), all.functions.end(),
            [](const auto& a, const auto& b) { return a.share > b.share; });
  all.elsewhere = elsewhere / total;
  return all;
}

} // namespace

Result<Inspection> inspect(const Harness& harness, Score& score, Analysis& analysis,
                           const std::string& scratch, std::size_t most) {
  Inspection inspection;
  auto profile = profile_all(harness, scratch, inspection.profiled_here);
  if (profile) {
    inspection.profile = std::move(*profile);
  } else if (most == 0) {
    inspection.why_no_profile = profile.error().what; // nothing is searched for: it would be told, and no more
  } else {
    return tl::make_unexpected(profile.error());
  }

  TRY(const auto files, harness.replica->collect_evidence());
  for (const auto& file : files) {
    TRY(const std::string text, read_file(file));
    TRY(auto functions, parse_evidence(text));
    auto& known = inspection.by_unit.emplace_back();
    for (auto& function : functions) {
      known.insert(function.fingerprint);
      inspection.functions.push_back(std::move(function));
    }
  }
  harness.replica->set_unit_functions(inspection.by_unit);

  inspection.subjects = score.rank(inspection.profile, inspection.functions, most);
  for (const auto& subject : inspection.subjects) {
    inspection.findings.push_back(analysis.analyse(subject));
  }
  return inspection;
}

} // namespace autopass
