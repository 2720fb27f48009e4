// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "subjects.h"

#include "build/elf.h"
#include "util/file.h"

#include <algorithm>
#include <map>
#include <set>

namespace autopass {
namespace {

// One profile over all train workloads, each weighted with its samples.
Result<Profile> profile_all(const Harness& harness, const std::string& scratch) {
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
    TRY(const Profile one, profile(harness.runner, workload.workload, binary, ranges, scratch));
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
  TRY(inspection.profile, profile_all(harness, scratch));

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
