// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "measure/sampler.h"

#include "util/file.h"
#include "util/subprocess.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <sstream>

using namespace autopass;

namespace {

const std::string sampled = std::getenv("SAMPLED");

std::vector<SymbolRange> symbols_of(const std::string& program) {
  std::istringstream table(run({.argv = {"nm", "--print-size", "--demangle", program}})->output);
  std::vector<SymbolRange> symbols;
  for (std::string line; std::getline(table, line);) {
    SymbolRange symbol;
    char kind = 0;
    std::istringstream fields(line);
    fields >> std::hex >> symbol.address >> symbol.size >> kind >> std::ws;
    if (std::getline(fields, symbol.name) && (kind == 't' || kind == 'T')) {
      symbols.push_back(symbol);
    }
  }
  return symbols;
}

Result<Profile> profile_of(const std::string& program, const std::string& how,
                           std::size_t least_samples = 60, int most_runs = 20) {
  const auto scratch = ScratchFolder::create("sampler-test").value();
  const Runner runner(program, scratch.path(), {});
  const Workload workload{"{target} " + how, scratch.path(), "/dev/null", {}};
  auto found = profile(runner, workload, program, symbols_of(program), scratch.path(),
                       least_samples, most_runs);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    const bool samples = entry.path().filename().string().rfind("samples", 0) == 0;
    CHECK_FALSE((samples && entry.is_regular_file())); // nothing is left behind
  }
  return found;
}

// hot() has three quarters; 60 samples or more, so that a fifth either way is three deviations. One
// run gives 100 at 250 a second; on a busy core, where its slices seldom meet a tick, a tenth of it.
void check_shares(const Profile& profile) {
  REQUIRE(profile.samples >= 60);
  REQUIRE(profile.functions.size() >= 3);
  CHECK(profile.functions[0].symbol == "hot(long)");
  CHECK(profile.functions[0].share > 0.55);
  CHECK(profile.functions[0].share < 0.95);
  CHECK(profile.functions[1].symbol == "twin(long)");
  CHECK(profile.functions[2].symbol == "twin(long)");
  CHECK(profile.functions[1].address != profile.functions[2].address);
  CHECK(profile.elsewhere < 0.15);
}

} // namespace

TEST_CASE("time is found where it is spent, functions of one name apart") {
  check_shares(profile_of(sampled, "return").value());
}

TEST_CASE("a program that leaves by _exit is profiled") {
  check_shares(profile_of(sampled, "_exit").value());
}

TEST_CASE("so is the work of a child that does not exec") {
  check_shares(profile_of(sampled, "fork").value());
}

TEST_CASE("so is the work of a thread") {
  check_shares(profile_of(sampled, "thread").value());
}

TEST_CASE("a program that becomes another one is not hurt by the timer") {
  check_shares(profile_of(sampled, "exec").value());
}

TEST_CASE("runs are repeated until there are samples enough") {
  const std::size_t one_run =
      std::max<std::size_t>(60, profile_of(sampled, "return", 1, 1)->samples);
  CHECK(profile_of(sampled, "return", 3 * one_run)->samples >= 3 * one_run);
}

TEST_CASE("a crash of the workload is told, not profiled") {
  const auto found = profile_of(sampled, "signal");
  CHECK(found.error().reason == "workload-failed");
  CHECK(found.error().what.find("signal 9") != std::string::npos);
}

TEST_CASE("what cannot be sampled says so") {
  CHECK(profile_of(std::getenv("SAMPLED_STATIC"), "return").error().reason == "static-binary");
  CHECK(profile_of("/bin/true", "").error().reason == "no-samples");
  const auto folder = ScratchFolder::create("sampler-test").value();
  REQUIRE(write_file(folder.path() + "/script", "#!/bin/sh\n"));
  CHECK(profile_of(folder.path() + "/script", "").error().reason == "not-a-program");
}

TEST_CASE("without the library there is no profile") {
  const std::string folder = std::getenv("AUTOPASS_LIBDIR");
  ::setenv("AUTOPASS_LIBDIR", "/no/such", 1);
  CHECK(profile_of(sampled, "return").error().reason == "sampler-missing");
  ::setenv("AUTOPASS_LIBDIR", folder.c_str(), 1);
}
