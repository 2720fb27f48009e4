// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs the workload under the sampler (preload.cpp) and resolves what it noted.
//
// An address belongs to the last symbol that starts at or before it, if it has not ended there; a
// symbol of size 0 (hand-written assembly) lasts until the next one. Several names of one address
// (aliases) are one function, under the first name by alphabet. What lies in no symbol counts as
// elsewhere.
#include "sampler.h"

#include "samples.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <filesystem>
#include <map>
#include <memory>
#include <tuple>

namespace autopass {
namespace {

// A preloaded library comes in through the program interpreter; a static program names none.
Result<bool> has_interpreter(const std::string& path) {
  TRY(const std::string file, read_file(path, 1ull << 32));
  Elf64_Ehdr header{};
  if (file.size() < sizeof header || file.compare(0, SELFMAG, ELFMAG) != 0 ||
      file[EI_CLASS] != ELFCLASS64) {
    return fail("cannot profile " + path + ": not a 64-bit ELF program",
                "name the program itself, not a script that starts it", "not-a-program");
  }
  std::memcpy(&header, file.data(), sizeof header);
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const std::uint64_t at = header.e_phoff + i * sizeof(Elf64_Phdr);
    Elf64_Phdr segment{};
    if (at > file.size() || file.size() - at < sizeof segment) {
      break;
    }
    std::memcpy(&segment, file.data() + at, sizeof segment);
    if (segment.p_type == PT_INTERP) {
      return true;
    }
  }
  return false;
}

// Reads and removes all sample files that start with `prefix`.
std::vector<std::uint64_t> take_samples(const std::string& prefix) {
  std::vector<std::uint64_t> addresses;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(parent(prefix), code)) {
    const std::string path = entry.path().string();
    if (path.rfind(prefix + ".", 0) != 0) {
      continue;
    }
    const auto content = read_file(path);
    std::filesystem::remove(entry.path(), code);
    if (!content || content->size() != sizeof(SampleFile)) {
      continue; // cut off: the disk was full
    }
    const auto file = std::make_unique<SampleFile>();
    std::memcpy(file.get(), content->data(), sizeof(SampleFile));
    if (file->magic == SampleFile::right_magic) {
      const auto taken = std::min<std::uint64_t>(file->taken, SampleFile::capacity);
      addresses.insert(addresses.end(), file->addresses, file->addresses + taken);
    }
  }
  return addresses;
}

// By address, one symbol for each.
void sort_out(std::vector<SymbolRange>& symbols) {
  std::sort(symbols.begin(), symbols.end(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.address, a.size == 0, a.name) <
           std::forward_as_tuple(b.address, b.size == 0, b.name);
  });
  const auto aliases =
      std::unique(symbols.begin(), symbols.end(),
                  [](const auto& a, const auto& b) { return a.address == b.address; });
  symbols.erase(aliases, symbols.end());
}

// The symbol that holds `address`; null when there is none.
const SymbolRange* resolve(const std::vector<SymbolRange>& symbols, std::uint64_t address) {
  const auto next = std::upper_bound(
      symbols.begin(), symbols.end(), address,
      [](std::uint64_t value, const SymbolRange& symbol) { return value < symbol.address; });
  if (next == symbols.begin()) {
    return nullptr;
  }
  const SymbolRange& nearest = *std::prev(next);
  return nearest.size == 0 || address - nearest.address < nearest.size ? &nearest : nullptr;
}

Profile resolve_all(std::vector<SymbolRange> symbols, const std::vector<std::uint64_t>& addresses) {
  sort_out(symbols);
  std::map<const SymbolRange*, std::size_t> counts;
  for (const std::uint64_t address : addresses) {
    ++counts[address == SampleFile::elsewhere ? nullptr : resolve(symbols, address)];
  }
  Profile profile;
  profile.samples = addresses.size();
  const auto share = [&](std::size_t count) {
    return static_cast<double>(count) / static_cast<double>(addresses.size());
  };
  for (const auto& [symbol, count] : counts) {
    if (symbol == nullptr) {
      profile.elsewhere = share(count);
    } else {
      profile.functions.push_back({symbol->name, symbol->address, share(count)});
    }
  }
  std::sort(profile.functions.begin(), profile.functions.end(), [](const auto& a, const auto& b) {
    return a.share != b.share ? b.share < a.share : a.address < b.address;
  });
  return profile;
}

} // namespace

Result<Profile> profile(const Runner& runner, const Workload& workload, const std::string& binary,
                        const std::vector<SymbolRange>& symbols, const std::string& scratch,
                        std::size_t least_samples, int most_runs) {
  TRY(const bool dynamic, has_interpreter(binary));
  if (!dynamic) {
    return fail("cannot profile " + binary + ": it is linked statically",
                "link it dynamically for the tuning session", "static-binary");
  }
  const std::string library = library_folder() + "/libautopass-sampler.so";
  if (!exists(library)) {
    return fail("cannot profile: there is no " + library, "install AutoPass completely",
                "sampler-missing");
  }
  if (library.find_first_of(" \t\n:") != std::string::npos) { // where the loader divides a list
    return fail("cannot profile: nothing can be preloaded from a path with a blank or a colon, " + library,
                "install or build AutoPass below another folder", "sampler-missing");
  }
  std::error_code code;
  const std::string real = std::filesystem::canonical(binary, code).string();
  const std::string folder = scratch + "/samples";
  TRY_VOID(make_folders(folder));
  const std::string prefix = folder + "/samples";
  const std::vector<std::string> environment{"LD_PRELOAD=" + library, "AUTOPASS_SAMPLES=" + prefix,
                                             "AUTOPASS_SAMPLED_BINARY=" + real};
  std::vector<std::uint64_t> addresses;
  for (int round = 0; round < most_runs && addresses.size() < least_samples; ++round) {
    if (round == 2 && addresses.empty()) {
      break; // a third will bring none either
    }
    TRY(const Run run, runner.run(workload, binary, environment, folder));
    const auto taken = take_samples(prefix);
    if (!run.success()) {
      return fail("the workload failed under the sampler with " + run.status() + ": " +
                      run.errors_start,
                  "programs with a sanitizer or a SIGPROF timer of their own cannot be profiled",
                  "workload-failed");
    }
    addresses.insert(addresses.end(), taken.begin(), taken.end());
  }
  if (addresses.empty()) {
    return fail("the profile of " + binary + " is empty",
                "check that the workload runs this very binary, for longer than 0.05 s",
                "no-samples");
  }
  return resolve_all(symbols, addresses);
}

} // namespace autopass
