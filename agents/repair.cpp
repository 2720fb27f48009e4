// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Deterministic repair: what an agent says becomes a valid plan, or is refused with the reason. An
// agent is never trusted to know a name, a type, a range or a function.
//
//   said                                    becomes
//   params unroll_count = "4"               params unroll-count = 4         (distance 1, text)
//   params unroll-count = 4000              params unroll-count = <its highest value>
//   params x86-cmov-converter = false       codegen x86-cmov-converter      (only one kind has it)
//   params make-it-fast = true              dropped: no such entry
//   loop 7 of a function with two           dropped: no such loop
//
// Invariants: what comes out passes validate(); repairing it again changes nothing; each change
// leaves a note. A name is only ever replaced by one within two edits, and by none when two real
// names are equally near. Cost: one pass over the vocabulary for each unknown name.
#include "guard.h"
#include "json_fields.h"
#include "plan/nearest.h"
#include "repair_pipeline.h"
#include "roles.h"
#include "util/text.h"
#include "values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace autopass {

namespace {

constexpr std::size_t most_planned = 64; // with more than a profile
constexpr std::size_t most_settings = 64; // of one kind, in one function's plan
constexpr std::size_t most_notes = 100;
constexpr std::size_t most_hypothesis_bytes = 400;

// Kinds whose settings are one like another: a name said in the wrong part is moved to the right one.
constexpr std::array kinds = {Kind::Params, Kind::Codegen, Kind::Attrs};

// The entry that was meant: the name as it is, else in the only other kind that has it, else the
// nearest name of this kind. Null when nothing, or more than one thing, fits.
const Entry* meant(Kind kind, const std::string& name) {
  if (const Entry* exact = find_entry(kind, name)) {
    return exact;
  }
  const Entry* elsewhere = nullptr;
  for (const Kind other : kinds) {
    if (kind == Kind::Loops) { // a hint needs a loop
      break;
    }
    if (const Entry* found = find_entry(other, name)) {
      if (elsewhere != nullptr) {
        return nullptr;
      }
      elsewhere = found;
    }
  }
  return elsewhere != nullptr ? elsewhere : nearest_entry(kind, name);
}

class Repairer {
public:
  Repairer(const std::vector<Subject>& subjects, std::vector<std::string>& notes)
      : m_subjects(subjects), m_notes(notes) {}

  const Subject* subject(const Digest& function) const {
    const auto found = std::find_if(m_subjects.begin(), m_subjects.end(), [&](const Subject& s) {
      return s.evidence.fingerprint == function;
    });
    return found == m_subjects.end() ? nullptr : &*found;
  }

  // On functions that are no subject, nothing but what was counted there.
  Plan counted(const Plan& said, const Plan& known) {
    Plan plan;
    plan.profile = said.profile;
    for (const CallDecision& call : said.calls) {
      if (std::find(known.calls.begin(), known.calls.end(), call) != known.calls.end()) {
        plan.calls.push_back(call);
      }
    }
    normalise(plan);
    if (plan != said) {
      note("part of a plan refused: beside its counts nothing is known of the function");
    }
    return plan;
  }

  Plan plan(const Plan& said, const Subject& subject) {
    m_subject = &subject;
    Plan plan;
    plan.pipeline = repair_pipeline(said.pipeline, subject, [&](const std::string& text) { note(text); });
    settings(Kind::Params, said.params, plan);
    settings(Kind::Codegen, said.codegen, plan);
    settings(Kind::Attrs, said.attrs, plan);
    loops(said.loops, plan);
    calls(said.calls, plan);
    profile(said.profile, plan);
    normalise(plan);
    return plan;
  }

  void note(const std::string& text) {
    if (m_notes.size() < most_notes) {
      m_notes.push_back(text);
    }
  }

private:
  void dropped(Kind kind, const std::string& name, const char* why) {
    note(format("%s %s dropped: %s", std::string(kind_name(kind)).c_str(),
                one_line(name, 60).c_str(), why));
  }

  // Name and value made right; nothing when that is not possible. Notes what it did.
  std::optional<std::pair<const Entry*, Value>> right(Kind kind, const Setting& said) {
    const Entry* entry = meant(kind, said.name);
    if (entry == nullptr) {
      dropped(kind, said.name, "the vocabulary has no such entry");
      return std::nullopt;
    }
    if (!allowed_for(*entry, *m_subject)) {
      dropped(kind, said.name, "the function looks like constant-time code");
      return std::nullopt;
    }
    std::optional<Value> value = fit_value(*entry, said.value);
    if (!value) {
      dropped(kind, said.name, "no such value");
      return std::nullopt;
    }
    if (entry->kind != kind || entry->name != said.name || *value != said.value) {
      note(format("%s %s=%s read as %s %s=%s", std::string(kind_name(kind)).c_str(),
                  one_line(said.name, 60).c_str(), show_value(said.value).c_str(),
                  std::string(kind_name(entry->kind)).c_str(), std::string(entry->name).c_str(),
                  show_value(*value).c_str()));
    }
    return std::pair(entry, *value);
  }

  void settings(Kind kind, const std::vector<Setting>& said, Plan& plan) {
    for (const Setting& setting : said) {
      const auto fixed = right(kind, setting);
      if (!fixed) {
        continue;
      }
      std::vector<Setting>& into = settings_of(plan, fixed->first->kind);
      if (into.size() == most_settings) {
        dropped(kind, setting.name, "too many settings");
        continue;
      }
      into.push_back({std::string(fixed->first->name), fixed->second});
    }
  }

  void calls(const std::vector<CallDecision>& said, Plan& plan) {
    for (const CallDecision& decision : said) {
      Plan with = plan;
      with.calls.push_back(decision);
      if (Result<void> valid = validate(with); !valid) {
        note("a decision on a call dropped: " + valid.error().what);
      } else {
        plan = std::move(with);
      }
    }
  }

  // Counts cannot be made right; and they move code between selects and branches.
  void profile(const std::optional<PlanProfile>& said, Plan& plan) {
    if (!said) {
      return;
    }
    Plan with;
    with.profile = said;
    if (Result<void> valid = validate(with); !valid) {
      note("the profile dropped: " + valid.error().what);
    } else if (!allowed_for(*find_entry(Kind::Profile, "weights"), *m_subject)) {
      note("the profile dropped: the function looks like constant-time code");
    } else {
      plan.profile = said;
    }
  }

  // The hash decides, where one is given: an agent that counted wrong still meant that loop.
  const LoopEvidence* loop(const LoopHint& hint) const {
    const std::vector<LoopEvidence>& all = m_subject->evidence.loops;
    const LoopEvidence* found = nullptr;
    for (const LoopEvidence& candidate : all) {
      const bool number = candidate.loop == hint.loop;
      if (number && (hint.hash == Digest{} || hint.hash == candidate.hash)) {
        return &candidate;
      }
      if (hint.hash != Digest{} && hint.hash == candidate.hash) {
        found = found == nullptr ? &candidate : nullptr;
      }
    }
    return found;
  }

  void loops(const std::vector<LoopHint>& said, Plan& plan) {
    std::map<int, LoopHint> by_loop;
    for (const LoopHint& hint : said) {
      const LoopEvidence* target = loop(hint);
      if (target == nullptr) {
        note(format("hints for loop %lld dropped: the function has no such loop",
                    static_cast<long long>(hint.loop)));
        continue;
      }
      if (by_loop.size() == most_settings && !by_loop.contains(target->loop)) {
        note("hints for more loops dropped: too many");
        continue;
      }
      LoopHint& into = by_loop[target->loop];
      into.loop = target->loop;
      into.hash = target->hash;
      for (const Setting& setting : hint.hints) {
        if (const auto fixed = right(Kind::Loops, setting); fixed && into.hints.size() < 16) {
          into.hints.push_back({std::string(fixed->first->name), fixed->second});
        }
      }
    }
    for (auto& [number, hint] : by_loop) {
      if (!hint.hints.empty()) {
        plan.loops.push_back(std::move(hint));
      }
    }
  }

  const std::vector<Subject>& m_subjects;
  std::vector<std::string>& m_notes;
  const Subject* m_subject = nullptr;
};

double sane_ratio(double ratio) {
  return std::isfinite(ratio) ? std::clamp(ratio, 0.5, 4.0) : 1.0;
}

} // namespace

Result<Repaired> repair(const Proposal& proposal, const std::vector<Subject>& subjects,
                        std::span<const FunctionPlan> profiles) {
  Repaired repaired;
  repaired.proposal.hypothesis = one_line(proposal.hypothesis, most_hypothesis_bytes);
  repaired.proposal.predicted_ratio = sane_ratio(proposal.predicted_ratio);
  repaired.proposal.agent = one_line(proposal.agent, 100);

  Repairer repairer(subjects, repaired.notes);
  std::map<Digest, const Plan*> was_counted;
  for (const FunctionPlan& plan : profiles) {
    was_counted.emplace(plan.function, &plan.plan);
  }
  std::map<Digest, Plan> plans;
  std::size_t edited = 0;
  for (const FunctionPlan& said : proposal.plans) {
    const Subject* subject = repairer.subject(said.function);
    if (subject == nullptr && !was_counted.contains(said.function)) {
      repairer.note(format("plan for %s refused: not one of the functions worth tuning",
                           said.function.hex().c_str()));
      continue;
    }
    if (edited == most_planned && subject != nullptr && !plans.contains(said.function)) {
      repairer.note("plans for more functions refused: too many");
      continue;
    }
    edited += subject != nullptr && !plans.contains(said.function);
    const Plan plan = merge(plans[said.function], subject != nullptr ? repairer.plan(said.plan, *subject)
                                                                     : repairer.counted(said.plan, *was_counted.at(said.function)));
    if (Result<void> valid = validate(plan); !valid) {
      const std::string name = subject != nullptr ? subject->evidence.function : said.function.hex();
      repairer.note(format("plan for %s refused: %s", one_line(name, 80).c_str(),
                           valid.error().what.c_str()));
      continue;
    }
    plans[said.function] = plan;
  }
  for (auto& [function, plan] : plans) {
    if (!plan.empty()) {
      repaired.proposal.plans.push_back({function, std::move(plan)});
    }
  }
  if (repaired.proposal.plans.empty()) {
    return fail("nothing valid in the proposal: " +
                    (repaired.notes.empty() ? "it is empty" : join(repaired.notes, "; ")),
                {}, "proposal-refused");
  }
  return repaired;
}

} // namespace autopass
