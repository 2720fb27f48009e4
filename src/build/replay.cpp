// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who locks what. The search builds a candidate in one thread while another measures the one before, for which it asks
// again and again: that one is known, and must not wait for a compile. So
//
//   m_files    shared by whoever reads objects or binaries; alone by who removes them, when nobody is there
//   m_mutex    one batch of compiles at a time: a measurement runs beside it, on the other core
//   those of what is kept (kept.h)
//
// in this order. A build of what is known takes neither m_mutex nor time.
#include "replay.h"

#include "baseline.h"
#include "builder.h"
#include "kept.h"
#include "util/file.h"
#include "util/paths.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <mutex>
#include <optional>
#include <shared_mutex>

namespace autopass {
namespace {

class RecordedReplica final : public Replica {
public:
  RecordedReplica(const BuiltTarget& target, std::string scratch, const ReplayOptions& options,
                  const Builder& builder)
      : m_target(target), m_scratch(std::move(scratch)), m_options(options), m_builder(builder),
        m_jobs(options.jobs) {}

  Result<void> prepare() {
    TRY(auto relinker, Relinker::create(m_target, m_builder, m_scratch));
    m_relinker = std::make_unique<Relinker>(std::move(relinker));
    TRY(m_baseline, build_baseline(m_target, m_builder, *m_relinker, m_scratch, m_options));
    m_compiler =
        std::make_unique<UnitCompiler>(m_target, m_baseline, m_builder, m_options, m_scratch);
    m_objects = std::make_unique<KeptObjects>(*m_compiler, m_scratch);
    m_binaries = std::make_unique<KeptBinaries>(*m_relinker, m_scratch, base_name(m_target.path));
    return m_compiler->prepare();
  }

  const Binary& baseline() const override { return m_baseline.binary; }
  const BuiltTarget& target() const override { return m_target; }
  double slowest_compile() const override {
    double slowest = 0;
    for (const auto& unit : m_baseline.units) {
      slowest = std::max(slowest, unit.seconds);
    }
    return slowest;
  }
  const std::vector<std::string>& notes() const override { return m_baseline.notes; }

  void keep_to(int core) override {
    const std::unique_lock alone(m_files);
    m_builder.keep_to(core);
    m_jobs = 1;
  }

  void set_unit_functions(std::vector<std::set<Digest>> by_unit) override {
    const std::unique_lock alone(m_files);
    m_functions = std::move(by_unit);
  }

  Result<std::vector<std::string>> collect_evidence() override {
    const Turn turn(*this);
    std::vector<std::string> files(m_target.units.size());
    TRY_VOID(in_parallel(m_jobs, files.size(), [&](std::size_t unit) {
      files[unit] = m_compiler->evidence_file(unit);
      return m_compiler->collect_evidence(unit);
    }));
    return files;
  }

  Result<CountingBinary> build_counting() override {
    const Turn turn(*this);
    std::vector<Compiled> compiled(m_target.units.size());
    std::vector<std::string> files(compiled.size());
    TRY_VOID(in_parallel(m_jobs, compiled.size(), [&](std::size_t unit) -> Result<void> {
      files[unit] = m_scratch + "/counted/" + std::to_string(unit) + "/branches.jsonl";
      TRY(compiled[unit], m_compiler->with_counters(unit, files[unit]));
      return {};
    }));
    std::erase_if(files, [](const std::string& file) { return !exists(file); });
    if (files.empty()) {
      return fail("no object of " + m_target.path + " can be given counters",
                  "only programs for x86-64 Linux that use no profile of their own can", "no-counters");
    }
    TRY(const Binary binary, m_binaries->linked(compiled, {}, Digest()));
    return CountingBinary{binary.path, files, m_scratch + "/counted"};
  }

  Result<Binary> build(const Candidate& candidate, Layout layout) override {
    sweep();
    const std::shared_lock reading(m_files);
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::vector<StoredPlan>> plans;
    for (std::size_t unit = 0; unit < m_target.units.size(); ++unit) {
      plans.push_back(relevant(candidate, unit));
    }
    auto compiled = known(plans);
    if (!compiled) {
      const std::lock_guard lock(m_mutex);
      compiled.emplace(plans.size());
      TRY_VOID(in_parallel(m_jobs, plans.size(), [&](std::size_t unit) -> Result<void> {
        TRY((*compiled)[unit], m_objects->compiled(unit, plans[unit]));
        return {};
      }));
    }
    TRY(auto binary, m_binaries->linked(*compiled, layout, digest(candidate)));
    binary.build_seconds = since(start);
    return binary;
  }

  Result<Binary> build_variant(const Variant& variant, Layout layout) override {
    const Turn turn(*this);
    TRY(const auto compiled, compile_variant(variant));
    return m_binaries->linked(compiled, layout, Digest(), variant.link_arguments);
  }

  Result<std::string> words_about(const Variant& variant) override {
    const Turn turn(*this);
    TRY(const auto compiled, compile_variant(variant));
    std::string words;
    for (const auto& unit : compiled) {
      words += unit.said;
    }
    return words;
  }

  void discard(const Candidate& candidate) override {
    const std::lock_guard lock(m_garbage_mutex);
    m_garbage.push_back(candidate);
  }

  Result<void> check_unchanged(const Candidate& candidate) override {
    const Turn turn(*this);
    for (std::size_t unit = 0; unit < m_target.units.size(); ++unit) {
      const auto plans = relevant(candidate, unit);
      if (plans.empty()) {
        continue;
      }
      TRY(const auto before, m_objects->compiled(unit, plans));
      TRY(const auto stock_again, m_compiler->without_plans(unit, "again/stock"));
      TRY(const auto again, m_compiler->with_plans(unit, plans, "again/planned"));
      if (stock_again.code != m_baseline.units[unit].code || again.code != before.code) {
        return fail(m_target.units[unit].source + " or a header of it changed during the session",
                    "build the target anew and tune it again", "source-changed");
      }
    }
    return {};
  }

  Result<Binary> build_broken(const Digest& function, const std::string& mutation) override {
    const Turn turn(*this);
    const auto start = std::chrono::steady_clock::now();
    std::vector<Compiled> compiled(m_target.units.size());
    std::vector<char> holds(m_target.units.size(), 0);
    for (std::size_t unit = 0; unit < compiled.size(); ++unit) {
      compiled[unit] = m_compiler->stock(unit);
      holds[unit] = m_compiler->planned(unit) &&
                    (m_functions.empty() || m_functions[unit].contains(function));
    }
    if (std::find(holds.begin(), holds.end(), 1) == holds.end()) {
      return fail("no unit of " + m_target.path + " defines the function " + function.hex(), {},
                  "no-such-function");
    }
    TRY_VOID(in_parallel(m_jobs, compiled.size(), [&](std::size_t unit) -> Result<void> {
      if (!holds[unit]) {
        return {};
      }
      TRY(compiled[unit],
          m_compiler->without_plans(unit, "broken/" + function.hex() + "/" + mutation,
                                    {"-mllvm", "-autopass-break=" + function.hex() + ":" + mutation}));
      return {};
    }));
    TRY(auto binary, m_binaries->linked(compiled, {}, Digest()));
    binary.build_seconds = since(start);
    return binary;
  }

private:
  // For everything else that compiles.
  struct Turn {
    explicit Turn(RecordedReplica& replica) : m_reading(replica.m_files), m_compiling(replica.m_mutex) {}
    std::shared_lock<std::shared_mutex> m_reading;
    std::lock_guard<std::mutex> m_compiling;
  };

  static double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  // Removes what was discarded: its objects, and the binaries that were linked from them. Objects may
  // serve other candidates too: they are built again. Put off while anybody reads.
  void sweep() {
    const std::unique_lock alone(m_files, std::try_to_lock);
    if (!alone) {
      return;
    }
    std::vector<Candidate> garbage;
    {
      const std::lock_guard lock(m_garbage_mutex);
      garbage.swap(m_garbage);
    }
    for (const auto& candidate : garbage) {
      for (std::size_t unit = 0; unit < m_target.units.size(); ++unit) {
        m_objects->forget(unit, relevant(candidate, unit));
      }
      m_binaries->forget(digest(candidate));
    }
  }

  // The candidate's plans for functions of this unit; all, as long as nobody said which it has.
  std::vector<StoredPlan> relevant(const Candidate& candidate, std::size_t unit) const {
    std::vector<StoredPlan> plans;
    if (m_compiler->planned(unit)) {
      std::copy_if(candidate.plans.begin(), candidate.plans.end(), std::back_inserter(plans),
                   [&](const StoredPlan& plan) {
                     return m_functions.empty() || m_functions[unit].contains(plan.fingerprint);
                   });
    }
    return plans;
  }

  // Nothing unless every unit is.
  std::optional<std::vector<Compiled>> known(const std::vector<std::vector<StoredPlan>>& plans) {
    std::vector<Compiled> all;
    for (std::size_t unit = 0; unit < plans.size(); ++unit) {
      auto one = m_objects->known(unit, plans[unit]);
      if (!one) {
        return std::nullopt;
      }
      all.push_back(std::move(*one));
    }
    return all;
  }

  Result<std::vector<Compiled>> compile_variant(const Variant& variant) {
    std::vector<Compiled> compiled(m_target.units.size());
    TRY_VOID(in_parallel(m_jobs, compiled.size(), [&](std::size_t unit) -> Result<void> {
      const auto own = variant.by_unit.find(unit);
      if (own != variant.by_unit.end()) {
        TRY(compiled[unit], m_compiler->in_another_way(unit, own->second, {}, "variant"));
      } else if (!variant.by_unit.empty()) {
        compiled[unit] = m_compiler->stock(unit);
      } else {
        TRY(compiled[unit],
            m_compiler->in_another_way(unit, variant.arguments, relevant(variant.candidate, unit), "variant"));
      }
      return {};
    }));
    return compiled;
  }

  const BuiltTarget m_target;
  const std::string m_scratch;
  const ReplayOptions m_options;
  Builder m_builder;
  int m_jobs;
  std::unique_ptr<Relinker> m_relinker;
  std::unique_ptr<UnitCompiler> m_compiler;
  Baseline m_baseline; // not changed after prepare(): read without a lock
  std::shared_mutex m_files;
  std::mutex m_mutex;
  std::vector<std::set<Digest>> m_functions;
  std::mutex m_garbage_mutex;
  std::vector<Candidate> m_garbage;
  std::unique_ptr<KeptObjects> m_objects;
  std::unique_ptr<KeptBinaries> m_binaries;
};

} // namespace

Digest digest(const Candidate& candidate) {
  Hasher hasher;
  for (const auto& plan : candidate.plans) {
    hasher.digest(plan.fingerprint).digest(plan.context).digest(digest(plan.plan));
  }
  return hasher.finish();
}

Result<std::unique_ptr<Replica>> Replica::create(const BuiltTarget& target,
                                                 const std::string& scratch,
                                                 const ReplayOptions& options) {
  TRY(const auto builder, Builder::create(scratch, options.compile_timeout));
  auto replica = std::make_unique<RecordedReplica>(target, scratch, options, builder);
  TRY_VOID(replica->prepare());
  return std::unique_ptr<Replica>(std::move(replica));
}

} // namespace autopass
