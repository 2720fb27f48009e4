// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The validator, asked with data instead of text: the input is drawn upon for a plan of entries of the
// vocabulary and of made-up ones, with any values. What it takes can be printed and read again; what it
// refuses it refuses with a reason; and what repair makes of any plan is valid.
#include "fuzz.h"
#include "plan/plan.h"
#include "agents/roles.h"

#include <fuzzer/FuzzedDataProvider.h>

namespace {

using namespace autopass;

Digest print_of(std::uint64_t function) { return {7, function}; }

std::string any_name(FuzzedDataProvider& input, Kind kind) {
  if (input.ConsumeIntegralInRange(0, 15) == 0) {
    return input.ConsumeRandomLengthString(40);
  }
  std::vector<const Entry*> entries;
  for (const Entry& entry : vocabulary()) {
    if (entry.kind == kind) {
      entries.push_back(&entry);
    }
  }
  return std::string(entries[input.ConsumeIntegralInRange<std::size_t>(0, entries.size() - 1)]->name);
}

Value any_value(FuzzedDataProvider& input, const Entry* entry) {
  switch (input.ConsumeIntegralInRange(0, 4)) {
  case 0: return input.ConsumeBool();
  case 1: return input.ConsumeIntegral<std::int64_t>();
  case 2: return input.ConsumeRandomLengthString(20);
  case 3:
    return entry == nullptr ? std::int64_t{0}
                            : input.ConsumeIntegralInRange(entry->low - 1, entry->high + 1);
  default:
    return entry == nullptr ? std::string()
                            : std::string(entry->words.substr(0, entry->words.find('|')));
  }
}

std::vector<Setting> any_settings(FuzzedDataProvider& input, Kind kind) {
  std::vector<Setting> settings;
  for (int left = input.ConsumeIntegralInRange(0, 6); left > 0; --left) {
    const std::string name = any_name(input, kind);
    settings.push_back({name, any_value(input, find_entry(kind, name))});
  }
  return settings;
}

std::vector<PassUse> any_passes(FuzzedDataProvider& input) {
  std::vector<PassUse> uses;
  for (int left = input.ConsumeIntegralInRange(0, 5); left > 0; --left) {
    PassUse use{any_name(input, Kind::Pipeline), {}};
    const AdmittedPass* pass = find_pass(use.pass);
    if (pass != nullptr && !pass->options.empty() && input.ConsumeBool()) {
      const Entry& option = pass->options[input.ConsumeIntegral<std::uint8_t>() % pass->options.size()];
      use.options.push_back({std::string(option.name), any_value(input, &option)});
    }
    uses.push_back(std::move(use));
  }
  return uses;
}

Pipeline any_pipeline(FuzzedDataProvider& input) {
  Pipeline pipeline;
  for (int left = input.ConsumeIntegralInRange(0, 4); left > 0; --left) {
    const std::string name = any_name(input, Kind::Pipeline);
    const AdmittedPass* pass = find_pass(name);
    pipeline.skip.push_back({pass == nullptr ? name : std::string(pass->class_name),
                             input.ConsumeIntegralInRange<std::int64_t>(-1, 70)});
  }
  for (int left = input.ConsumeIntegralInRange(0, 3); left > 0; --left) {
    const auto points = insertion_points();
    const std::size_t point = input.ConsumeIntegral<std::uint8_t>();
    pipeline.insert.push_back({point < 250 ? std::string(points[point % points.size()].name) : "nowhere",
                               any_passes(input)});
  }
  pipeline.simplification = any_passes(input);
  pipeline.optimization = any_passes(input);
  pipeline.polly = input.ConsumeBool();
  return pipeline;
}

PlanProfile any_profile(FuzzedDataProvider& input) {
  PlanProfile profile;
  profile.cfg.low = 1 + input.ConsumeBool();
  profile.entry = input.ConsumeIntegral<std::uint64_t>();
  for (int left = input.ConsumeIntegralInRange(0, 4); left > 0; --left) {
    profile.weights.emplace_back();
    for (int ways = input.ConsumeIntegralInRange(0, 4); ways > 0; --ways) {
      profile.weights.back().push_back(input.ConsumeIntegral<std::uint32_t>());
    }
  }
  return profile;
}

Plan any_plan(FuzzedDataProvider& input) {
  Plan plan;
  plan.pipeline = any_pipeline(input);
  plan.params = any_settings(input, Kind::Params);
  plan.codegen = any_settings(input, Kind::Codegen);
  plan.attrs = any_settings(input, Kind::Attrs);
  for (int left = input.ConsumeIntegralInRange(0, 3); left > 0; --left) {
    LoopHint loop;
    loop.loop = input.ConsumeIntegralInRange<std::int64_t>(-1, 10001);
    loop.hash.low = input.ConsumeIntegralInRange<std::uint64_t>(1, 4);
    loop.hints = any_settings(input, Kind::Loops);
    plan.loops.push_back(std::move(loop));
  }
  for (int left = input.ConsumeIntegralInRange(0, 3); left > 0; --left) {
    plan.calls.push_back({input.ConsumeIntegralInRange<std::int64_t>(-1, 100'001),
                          print_of(input.ConsumeIntegralInRange<std::uint64_t>(0, 3)),
                          input.ConsumeBool()});
  }
  if (input.ConsumeBool()) {
    plan.profile = any_profile(input);
  }
  return plan;
}

Subject subject(std::uint64_t function, int loops) {
  Subject subject;
  subject.evidence.fingerprint = print_of(function);
  for (int i = 0; i < loops; ++i) {
    LoopEvidence loop;
    loop.loop = i;
    loop.hash.low = std::uint64_t(i + 1); // zeros are a hash left open: for plans by hand
    subject.evidence.loops.push_back(loop);
  }
  return subject;
}

void check_valid(const Plan& plan) {
  Plan canonical = plan;
  normalise(canonical);
  must(validate(canonical));
  const auto again = parse(print(canonical));
  check(again && *again == canonical);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider input(data, size);
  const std::vector<Subject> subjects = {subject(1, 3), subject(2, 0)};
  const std::uint64_t function = input.ConsumeIntegralInRange<std::uint64_t>(1, 3); // of which there are two
  const Plan plan = any_plan(input);
  if (const auto valid = validate(plan)) {
    check_valid(plan);
  } else {
    check(valid.error().reason == "invalid-plan" && !valid.error().what.empty());
  }
  if (const auto repaired = repair({{{print_of(function), plan}}, "", 1, "fuzz"}, subjects)) {
    check(!repaired->proposal.plans.empty());
    for (const FunctionPlan& made : repaired->proposal.plans) {
      check(made.function == print_of(1) || made.function == print_of(2));
      check(!made.plan.empty());
      check_valid(made.plan);
    }
  } else {
    check(repaired.error().reason == "proposal-refused");
  }
  return 0;
}
