// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "binary_plans.h"
#include "output.h"
#include "reasons.h"
#include "report/layout.h"
#include "show.h"
#include "util/paths.h"
#include "util/text.h"
#include "wrapper/record.h"

#include <nlohmann/json.hpp>

namespace autopass {
namespace {

using Json = nlohmann::ordered_json;

std::string name_of(const PlanInBinary& applied) {
  return applied.function.empty() ? "function " + applied.found.fingerprint
                                  : readable(applied.function);
}

std::string where(const PlanInBinary& applied) {
  return applied.symbol || applied.function.empty()
             ? ""
             : "; no symbol of its own in the file: inlined, or stripped";
}

std::string how_many(std::int64_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string in_words(const LeftToLink& at_link, const std::optional<std::string>& link_reason) {
  std::vector<std::string> words;
  if (at_link.functions > 0) {
    words.push_back("a part of the plan of " + how_many(at_link.functions, "function") + " was left to the link, " +
                    (!link_reason           ? "of which nothing is known"
                     : link_reason->empty() ? "which loaded the plugin"
                                            : "which did not load the plugin: " + *link_reason));
  }
  if (at_link.left_out > 0) {
    words.push_back(how_many(at_link.left_out, "element") + " of a plan would have to act in the link, where it cannot: left out");
  }
  return join(words, "; ");
}

Json to_json(const PlanInBinary& applied, const char* state) {
  return {{"state", state},
          {"function", applied.function},
          {"fingerprint", applied.found.fingerprint},
          {"context", applied.found.context},
          {"digest", applied.found.plan},
          {"elements", applied.elements},
          {"object", applied.object},
          {"symbol", applied.symbol}};
}

void print_contents(const ShowArguments& arguments, const std::string& path,
                    const BinaryPlans& contents) {
  Json plans = Json::array(), unknown = Json::array();
  std::string text = wrapped("file        ", path) +
                     wrapped("objects     ", format("%zu, of which %zu not known", contents.objects,
                                                    contents.unknown.size()));
  // Of some plans nobody knows the name of their function: the file of plans is another by now, or none is said to be there.
  const auto wanted = [&](const PlanInBinary& one) {
    return arguments.function.empty() || one.function.empty() || is_called(one.function, arguments.function);
  };
  for (const PlanInBinary& one : contents.applied) {
    if (wanted(one)) {
      plans.push_back(to_json(one, "applied"));
      text += wrapped("applied     ", name_of(one) + where(one)) +
              wrapped("  digest    ", one.found.plan) +
              wrapped("  plan      ", one.elements.empty() ? "of no published plan; of one by hand where AUTOPASS_PLANS names its file" : one.elements) +
              wrapped("  object    ", one.object);
    }
  }
  for (const PlanInBinary& one : contents.refused) {
    if (wanted(one)) {
      plans.push_back(to_json(one, "not-applied"));
      text += wrapped("not applied ",
                      name_of(one) + ": its plan is for another context, or not valid") +
              wrapped("  object    ", one.object);
    }
  }
  Json at_link = Json::array();
  for (const auto& [object, one] : contents.at_link) {
    at_link.push_back({{"object", object},
                       {"left_out", one.left_out},
                       {"functions", one.functions},
                       {"link_reason", contents.link_reason ? Json(*contents.link_reason) : Json()}});
    text += wrapped("link        ", object + ": " + in_words(one, contents.link_reason));
  }
  Json not_met = Json::array();
  for (const std::string& name : contents.not_met) {
    if (arguments.function.empty() || is_called(name, arguments.function)) {
      not_met.push_back(name);
      text += wrapped("not met     ", readable(name) + ": no compile " + (contents.unknown.empty() ? "" : "that is known ") +
                                          "has given a function this plan: none has the name, several have, or it "
                                          "gets no plans (autopass explain OBJECT)");
    }
  }
  for (const auto& [object, why] : contents.unknown) {
    unknown.push_back({{"object", object}, {"why", why}});
    text += wrapped("not known   ", object + ": " + why);
  }
  if (plans.empty()) {
    text += contents.unknown.empty() ? "no plans\n" : "no plan is known to be in it\n";
  }
  if (arguments.json) {
    print_json({{"file", path},
                {"objects", contents.objects},
                {"plans", plans},
                {"at_link", at_link},
                {"not_met", not_met},
                {"unknown", unknown}});
  } else {
    print(text);
  }
}

} // namespace

Result<int> show_binary(const ShowArguments& arguments) {
  if (arguments.what.empty()) {
    return fail("which file?", "autopass show --binary ./PROGRAM", usage_reason);
  }
  const std::string path = absolute(arguments.what, working_folder());
  TRY(const BinaryPlans plans, plans_in_binary(path));
  print_contents(arguments, path, plans);
  return exit_done;
}

} // namespace autopass
