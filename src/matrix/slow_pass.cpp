// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Not a bisection: half of the passes left out is a slow program whichever half it is (the inliner is in
// one of them, the vectoriser in the other), so each is left out alone.
//
//   clang -mllvm -opt-bisect-limit=-1     names the passes that may be left out (120 or so at -O2);
//                                         those that the level below has not come first
//   clang -mllvm -opt-disable=PASS        once for each; most give the same code, or slower code,
//                                         which one to three runs tell
//   the fastest                           4 layouts, 3 pairs each, at the caller's level
//
// Costs a compile of the whole target for each pass, and a comparison for each that changes the code. The
// pick of the fastest is biased, the confirmation, on runs of its own, is not.
#include "slow_pass.h"

#include "measure/verdict.h"
#include "opt_bisect.h"
#include "util/text.h"

#include <algorithm>
#include <set>

namespace autopass {
namespace {

constexpr double accounts_for = 0.8; // of the loss: enough to look no further

Variant without(const Variant& variant, const std::string& pass) {
  Variant less = variant;
  less.arguments.insert(less.arguments.end(), {"-mllvm", "-opt-disable=" + pass});
  return less;
}

Result<std::set<std::string>> passes_of(const Comparer& comparer, Variant variant) {
  variant.arguments = with_limit(variant.arguments, every_pass);
  TRY(const std::string said, comparer.harness.replica->words_about(variant));
  std::set<std::string> passes;
  for (auto& run : passes_run(said)) {
    passes.insert(std::move(run.pass));
  }
  return passes;
}

// Above 1: how much faster without it, as far as a few runs tell; 0: not, or it cannot be left out.
Result<double> first_look(const Comparer& comparer, const Binary& slow, const Variant& less,
                          const std::string& about) {
  const Result<Binary> binary = comparer.harness.replica->build_variant(less);
  if (!binary || binary->code == slow.code) {
    return 0.0;
  }
  CompareOptions quick;
  quick.least = 1;
  quick.most = 3;
  quick.hopeless_below = 1.005;
  quick.known_deviation = comparer.harness.noise.pair_deviation();
  quick.seed = hash_text(about).low;
  TRY(const Comparison comparison,
      comparer.harness.compare_train(comparer.journal, about, slow.path, binary->path, quick));
  return comparison.ended == Ended::Done ? comparison.interval.ratio : 0.0;
}

} // namespace

Result<SlowPass> find_slow_pass(const Comparer& comparer, const Variant& below, const Variant& slow,
                                double loss, const Talk& talk) {
  if (talk.budget.left() <= 0) {
    return SlowPass{{}, {}, "the pass was not looked for: the budget is spent"};
  }
  TRY(const auto all_passes, passes_of(comparer, slow));
  TRY(const auto known_good, passes_of(comparer, below));
  std::vector<std::string> passes(all_passes.begin(), all_passes.end());
  std::stable_partition(passes.begin(), passes.end(),
                        [&](const std::string& pass) { return !known_good.contains(pass); });
  TRY(const Binary with_all, comparer.harness.replica->build_variant(slow));
  if (!passes.empty() && !comparer.harness.replica->build_variant(without(slow, passes.front()))) {
    return SlowPass{{}, {}, "this compiler leaves out no pass by name (LLVM 22 does)"};
  }
  const std::string about = "slow pass " + join(slow.arguments, " ") + " " + digest(slow.candidate).hex();
  const double until = talk.budget.left() / 2;
  std::string best;
  double gain = 1;
  std::size_t tried = 0;
  for (const auto& pass : passes) {
    talk.progress("without " + pass, double(tried) / double(passes.size()));
    if (talk.budget.left() <= until || gain > 1 + (loss - 1) * accounts_for) {
      break;
    }
    ++tried;
    TRY(const double found,
        first_look(comparer, with_all, without(slow, pass), about + " without " + pass));
    if (found > gain) {
      best = pass;
      gain = found;
    }
  }
  const std::string all =
      format("%zu of its %zu passes left out, one at a time: ", tried, passes.size());
  if (best.empty()) {
    return SlowPass{{}, {}, all + "none makes it slower"};
  }
  TRY(const Against confirmed,
      comparer.compare(about + " confirmed without " + best, slow, without(slow, best)));
  if (confirmed.verdict != verdict_name(Verdict::Faster)) {
    return SlowPass{{}, {}, all + best + " seemed to make it slower, which was not confirmed", confirmed.samples};
  }
  return SlowPass{best, confirmed.interval, {}, confirmed.samples};
}

} // namespace autopass
