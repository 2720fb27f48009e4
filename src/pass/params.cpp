// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pass parameters for one function. Passes nest: a module pass runs a call-graph adaptor, that runs
// the inliner on a component and then function passes on its functions, those run loop passes. So
// there is a stack: what begins pushes the plan of the function that it works on (none for a module
// or a cycle), what ends pops, and the top is in force.
//
//   module                  []            the user's options
//     component {f}         [f]           f's
//       function g inside   [f, g]        g's
//     back in {f}           [f]           f's again
//
// Invariant: every pass that begins also ends, in AfterPass or, when it deleted what it worked on,
// in AfterPassInvalidated; managers are passes too. A counter fed by AfterPass alone leaks.
#include "params.h"

#include "pass_witness.h"
#include "unit.h"

#include <cassert>

namespace autopass {

using namespace llvm;

namespace {

class Follower {
public:
  explicit Follower(std::shared_ptr<Compilation> compilation)
      : m_compilation(std::move(compilation)) {}

  void begin(StringRef pass, const Any& unit) {
    const Function* function = function_of(unit);
    Running running;
    running.component = is_component(unit);
    if (running.component) {
      m_compilation->pipelines.begin_component();
    }
    if (function != nullptr) {
      if (const AppliedPlan* plan = m_compilation->plans.of(*function)) {
        running.settings = &plan->params;
      }
    }
    m_stack.push_back(running);
    m_compilation->flip.set(running.settings);
    if (m_compilation->evidence) {
      m_witness.begin(*m_compilation->evidence, pass, unit);
    }
  }

  void end(StringRef pass, const PreservedAnalyses& preserved) {
    assert(!m_stack.empty());
    if (m_compilation->evidence) {
      m_witness.end(*m_compilation->evidence, pass, !preserved.areAllPreserved());
    }
    if (m_stack.back().component) {
      m_compilation->pipelines.end_component();
    }
    m_stack.pop_back();
    m_compilation->flip.set(m_stack.empty() ? nullptr : m_stack.back().settings);
  }

private:
  struct Running {
    const OptionSettings* settings = nullptr;
    bool component = false;
  };
  std::shared_ptr<Compilation> m_compilation;
  std::vector<Running> m_stack;
  PassWitness m_witness;
};

} // namespace

void follow_passes(PassInstrumentationCallbacks& callbacks,
                   std::shared_ptr<Compilation> compilation) {
  auto follower = std::make_shared<Follower>(std::move(compilation));
  callbacks.registerBeforeNonSkippedPassCallback(
      [follower](StringRef pass, Any unit) { follower->begin(pass, unit); });
  callbacks.registerAfterPassCallback(
      [follower](StringRef pass, Any, const PreservedAnalyses& preserved) {
        follower->end(pass, preserved);
      });
  callbacks.registerAfterPassInvalidatedCallback(
      [follower](StringRef pass, const PreservedAnalyses& preserved) {
        follower->end(pass, preserved);
      });
}

} // namespace autopass
