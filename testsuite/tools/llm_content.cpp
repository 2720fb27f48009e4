// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llm_content.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <vector>

namespace {

using nlohmann::json;

std::vector<std::string> fingerprints(const std::string& body) {
  const std::string prompt = json::parse(body)["messages"].back()["content"];
  static const std::regex pattern("\"function\":\"([0-9a-f]{32})\"");
  std::vector<std::string> found;
  for (std::sregex_iterator at(prompt.begin(), prompt.end(), pattern), end; at != end; ++at) {
    if (std::find(found.begin(), found.end(), (*at)[1]) == found.end()) {
      found.push_back((*at)[1]);
    }
  }
  return found;
}

struct Idea {
  const char *kind, *name, *value, *hypothesis;
};

json proposal(const std::vector<std::string>& functions, const Idea& idea) {
  json edits = json::array();
  for (const std::string& function : functions) {
    edits.push_back({{"function", function},
                     {"kind", idea.kind},
                     {"name", idea.name},
                     {"value", idea.value},
                     {"loop", -1}});
  }
  return {{"hypothesis", idea.hypothesis}, {"predicted_ratio", 1.04}, {"edits", edits}};
}

} // namespace

std::string good_content(const std::string& body, int round) {
  static const std::vector<std::vector<Idea>> rounds = {
      {{"params", "unroll-count", "4", "unrolling shares loop tests"},
       {"codegen", "x86-cmov-converter", "false", "kept conditional moves mispredict nothing"}},
      {{"skip", "LoopUnrollPass", "0", "compact loops fit the decoded-instruction cache"},
       {"params", "two-entry-phi-node-folding-threshold", "0", "branches break dependence chains"}},
      {{"params", "unroll-count", "8", "more of what helped"}},
  };
  json proposals = json::array();
  if (round < static_cast<int>(rounds.size())) {
    for (const Idea& idea : rounds[static_cast<std::size_t>(round)]) {
      proposals.push_back(proposal(fingerprints(body), idea));
    }
  }
  return json{{"proposals", proposals}}.dump();
}

std::string made_up_content(const std::string& body) {
  const std::vector<std::string> functions = fingerprints(body);
  json proposals = {proposal(functions, {"skip", "QuantumVectorizerPass", "0", "it sounds fast"}),
                    proposal(functions, {"params", "enable-turbo-mode", "true", "who would not"}),
                    proposal({std::string(32, 'f')}, {"params", "unroll-count", "4", "a stranger"}),
                    proposal(functions, {"passes", "lower-atomic", "0", "locks are slow"}),
                    proposal(functions, {"params", "unroll-count", "-load=/tmp/evil.so", "text"})};
  return json{{"proposals", proposals}}.dump();
}
