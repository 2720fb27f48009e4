// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reasoning by a model behind an OpenAI-compatible endpoint: one self-contained question a round,
// with all past trials in it, so that a session can be resumed and nothing is kept at the provider.
// After six rounds it has nothing more to say: later rounds were measured to add next to nothing.
#include "agents/expert/history.h"
#include "agents/expert/moves.h"
#include "agents/json_fields.h"
#include "agents/roles.h"
#include "prompt.h"
#include "protocol.h"
#include "reply.h"
#include "transport.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace autopass {

namespace {

constexpr int most_rounds = 6;

class ModelReasoning final : public Reasoning {
public:
  explicit ModelReasoning(const ModelOptions& options) : m_options(options) {}

  std::string name() const override { return "llm:" + one_line(m_options.model, 80); }

  Result<std::vector<Proposal>> propose(const SearchState& state) override {
    if (state.subjects.empty() || m_rounds == most_rounds) {
      return std::vector<Proposal>{};
    }
    ++m_rounds;
    TRY(const std::string content, ask(state));
    TRY(std::vector<Proposal> proposals, llm::read_reply(content, name()));
    return new_ones(std::move(proposals), state);
  }

private:
  Result<std::string> ask(const SearchState& state) {
    TRY(const std::string url, llm::completions_url(m_options.endpoint));
    std::vector<std::string> functions;
    for (const Subject& subject : state.subjects) {
      functions.push_back(subject.evidence.fingerprint.hex());
    }
    const llm::Prompt prompt = llm::make_prompt(state);
    Result<std::string> body =
        send(url, llm::chat_request(m_options.model, prompt, functions, m_style));
    // Servers without schemas answer 400 or 422; asked plainly, most of them can be talked to.
    if (!body && m_style == llm::Style::Strict &&
        (body.error().reason == "llm-http-400" || body.error().reason == "llm-http-422")) {
      m_style = llm::Style::Plain;
      body = send(url, llm::chat_request(m_options.model, prompt, functions, m_style));
    }
    if (!body) {
      return tl::make_unexpected(std::move(body).error());
    }
    return llm::chat_content(*body);
  }

  Result<std::string> send(const std::string& url, const std::string& request) const {
    if (m_options.show_prompts) {
      std::fprintf(stderr, "POST %s\n%s\n", url.c_str(), request.c_str());
    }
    return llm::post({url, request, m_options.key, m_options.timeout, m_options.most_bytes});
  }

  // On top of a profile that wins, and without what was tried before, whatever spelling it has this time.
  // What cannot be repaired goes on, so that the session counts it with the reason.
  static std::vector<Proposal> new_ones(std::vector<Proposal> proposals, const SearchState& state) {
    std::set<std::string> tried;
    for (const Trial& trial : state.trials) {
      tried.insert(plans_key(trial.proposal.plans));
    }
    const History history(state);
    const Known* profile = history.best_profile();
    const auto on_profile = [&](const std::vector<FunctionPlan>& plans) {
      return profile != nullptr ? join_plans(profile->proposal->plans, plans) : plans;
    };
    std::erase_if(proposals, [&](Proposal& proposal) {
      const Result<Repaired> repaired = repair(proposal, state.subjects);
      if (!repaired) {
        return false;
      }
      proposal.plans = on_profile(proposal.plans);
      return !tried.insert(plans_key(on_profile(repaired->proposal.plans))).second;
    });
    return proposals;
  }

  ModelOptions m_options;
  llm::Style m_style = llm::Style::Strict;
  int m_rounds = 0;
};

} // namespace

std::unique_ptr<Reasoning> make_model_reasoning(const ModelOptions& options) {
  return std::make_unique<ModelReasoning>(options);
}

} // namespace autopass
