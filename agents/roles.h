// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The four roles of the search (the AutoPass paper, arXiv 2606.20373, section 3), as interfaces.
// Score says where to look, Analysis says what is there, Reasoning proposes, Evaluation judges what
// came of it. Whoever stands behind a role, what it returns is data: proposals pass through
// repair() before anything is built.
#pragma once

#include "evidence.h"
#include "measure/compare.h"
#include "measure/sampler.h"
#include "measure/verdict.h"
#include "plan/plan.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

// A function worth tuning.
struct Subject {
  FunctionEvidence evidence;
  double share = 0; // of the run time
  double score = 0; // Score's own scale; the highest first
};

// One normalised, specific observation: {"not-vectorised","loop 2: cannot reorder memory"}.
struct Finding {
  std::string name;
  std::string detail;
  int loop = -1; // which loop; -1: the whole function
};

// Functions are named by fingerprint throughout.
struct FunctionPlan {
  Digest function;
  Plan plan;
};

struct Proposal {
  std::vector<FunctionPlan> plans;
  std::string hypothesis;     // one sentence: why this should be faster
  double predicted_ratio = 1; // of the whole target
  std::string agent;          // "expert", "llm:<model>"
};

// How the diagnosis of a trial starts that was not measured, because its machine code is the
// baseline's or that of an earlier trial.
inline constexpr std::string_view same_code = "same machine code";

struct Trial {
  Proposal proposal;
  Verdict verdict = Verdict::Failed;
  Interval interval;     // as far as measured
  std::string diagnosis; // Evaluation's words
  Samples samples = {};  // of the interval
};

// All that Reasoning may know.
struct SearchState {
  const std::vector<Subject>& subjects;
  const std::vector<std::vector<Finding>>& findings; // one list a subject
  const std::vector<Trial>& trials;                  // in order
  double noise_percent = 1;
  double seconds_left = 0;
  double trial_seconds = 1; // what one trial has cost so far, on average
  std::string cpu;          // the machine that the binary is for
  // What was counted, a plan with its profile alone for each function, the hottest first; they need not
  // be subjects.
  std::span<const FunctionPlan> profiles = {};
};

class Score {
public:
  virtual ~Score() = default;
  // The subjects worth tuning, the best first, at most `most`.
  virtual std::vector<Subject>
  rank(const Profile& profile, const std::vector<FunctionEvidence>& evidence, std::size_t most) = 0;
};

class Analysis {
public:
  virtual ~Analysis() = default;
  virtual std::vector<Finding> analyse(const Subject& subject) = 0;
};

class Reasoning {
public:
  virtual ~Reasoning() = default;
  // The next proposals to try, the most promising first; empty: nothing more to try. An Error means
  // that this agent is out (network, protocol): the session counts it and goes on with another.
  virtual Result<std::vector<Proposal>> propose(const SearchState& state) = 0;
  virtual std::string name() const = 0;
};

class Evaluation {
public:
  virtual ~Evaluation() = default;
  // The verdict on a comparison in the search phase, and a sentence that says what it teaches.
  virtual Verdict judge(const Comparison& comparison, double noise_percent) = 0;
  virtual std::string diagnose(const Trial& trial, const SearchState& state) = 0;
};

// Deterministic repair of a proposal: nearest real names, values clamped to their range, hints for
// loops that are not there dropped, functions that are no subject refused, empty plans dropped. On
// functions that are no subject but had their branches counted, the profile stays, and nothing else.
// `notes` tells what was changed. An Error (reason "proposal-refused") when nothing valid is left.
struct Repaired {
  Proposal proposal;
  std::vector<std::string> notes;
};
Result<Repaired> repair(const Proposal& proposal, const std::vector<Subject>& subjects,
                        std::span<const FunctionPlan> profiles = {});

// The embedded expert: rules over evidence, no network.
std::unique_ptr<Score> make_expert_score();
std::unique_ptr<Analysis> make_expert_analysis();
std::unique_ptr<Reasoning> make_expert_reasoning();
// Proposes what was counted, once, and nothing else: before a model has its say.
std::unique_ptr<Reasoning> make_profile_reasoning();
std::unique_ptr<Evaluation> make_expert_evaluation();

// A model behind an OpenAI-compatible endpoint.
struct ModelOptions {
  std::string endpoint; // "http://127.0.0.1:8080/v1"
  std::string model;
  std::string key;                    // from AUTOPASS_LLM_KEY only
  double timeout = 60;                // seconds for one request, all retries included
  std::uint64_t most_bytes = 1 << 20; // of a reply
  bool show_prompts = false;          // print to stderr exactly what is sent
};
std::unique_ptr<Reasoning> make_model_reasoning(const ModelOptions& options);

} // namespace autopass
