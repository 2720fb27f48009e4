// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan/describe.h"
#include "plan/vocabulary.h"
#include "util/text.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using namespace autopass;

TEST_CASE("what acts in links, too: hints but for widths, skipped passes, attributes but for size, calls, profiles") {
  const auto in_links = [](Kind kind, std::string_view name) {
    const auto& all = vocabulary();
    const auto place = std::find_if(all.begin(), all.end(), [&](const Entry& entry) {
      return entry.kind == kind && entry.name == name;
    });
    REQUIRE(place != all.end());
    return acts_in_links(*place);
  };
  CHECK(in_links(Kind::Loops, "interleave"));
  CHECK_FALSE(in_links(Kind::Loops, "width"));
  CHECK(in_links(Kind::Attrs, "noinline"));
  CHECK_FALSE(in_links(Kind::Attrs, "optsize"));
  CHECK_FALSE(in_links(Kind::Attrs, "no-jump-tables"));
  CHECK_FALSE(in_links(Kind::Attrs, "minsize"));
  CHECK_FALSE(in_links(Kind::Codegen, "machine-cse"));
  CHECK_FALSE(in_links(Kind::Params, "unroll-count"));
}

TEST_CASE("every entry can be found by kind and name, and no name is there twice in a kind") {
  std::set<std::pair<Kind, std::string_view>> seen;
  for (const Entry& entry : vocabulary()) {
    CAPTURE(entry.name);
    CHECK(seen.emplace(entry.kind, entry.name).second);
    CHECK(find_entry(entry.kind, entry.name) == &entry);
  }
  CHECK(seen.size() > 100);
}

TEST_CASE("every entry says what it does, where it is read, and what it may be") {
  for (const Entry& entry : vocabulary()) {
    CAPTURE(entry.name);
    CHECK(entry.what.ends_with('.'));
    CHECK_FALSE(entry.fallback.empty());
    CHECK((entry.source.ends_with(".cpp") || entry.source.ends_with(".td")));
    CHECK((entry.type == ValueType::Word) == !entry.words.empty());
    if (entry.type == ValueType::Number) {
      CHECK(entry.low < entry.high);
    }
  }
}

// Values that hang or break the compiler, switches that weaken hardening or change meaning.
TEST_CASE("what must never be in the vocabulary is not there") {
  for (const char* name :
       {"enable-tbaa", "expand-div-rem-bits", "expand-fp-convert-bits", "force-ordered-reductions",
        "force-target-instruction-cost", "max-bytes-for-alignment", "no-stack-slot-sharing",
        "x86-indirect-branch-tracking", "x86-seses-enable-without-lvi-cfi",
        "x86-speculative-load-hardening", "x86-use-vzeroupper", "inline-threshold", "enable-pre", "disable-lsr",
        "disable-cgp", "regalloc", "bonus-inst-threshold"}) {
    CAPTURE(name);
    for (const Kind kind : {Kind::Pipeline, Kind::Params, Kind::Codegen, Kind::Attrs, Kind::Loops}) {
      CHECK(find_entry(kind, name) == nullptr);
    }
  }
  CHECK(find_entry(Kind::Params, "unroll-count")->high <= 32);
  CHECK(find_entry(Kind::Params, "unroll-peel-count")->high <= 3); // in each loop of a nest: it multiplies
  CHECK(find_entry(Kind::Params, "unroll-force-peel-count")->high <= 3);
  CHECK(find_entry(Kind::Params, "force-vector-interleave")->high <= 16);
  CHECK(find_entry(Kind::Params, "force-target-max-vector-interleave")->low >= 1);
  CHECK(find_entry(Kind::Codegen, "lsr-complexity-limit")->low >= 1);
  CHECK(find_entry(Kind::Codegen, "max-store-memcpy")->low >= 8); // never fewer than by default
  CHECK(find_entry(Kind::Codegen, "max-loads-per-memcmp")->low >= 8);
  CHECK(find_entry(Kind::Codegen, "misched")->words == "converge|ilpmax|ilpmin");
}

TEST_CASE("every pass has names of its own, and is found by both") {
  std::set<std::string_view> names;
  for (const AdmittedPass& pass : passes()) {
    CAPTURE(pass.id);
    CHECK(names.insert(pass.id).second);
    CHECK(names.insert(pass.class_name).second);
    CHECK(find_pass(pass.id) == &pass);
    CHECK(find_entry(Kind::Pipeline, pass.id)->pass == &pass);
    CHECK(find_entry(Kind::Pipeline, pass.class_name)->pass == &pass);
    CHECK(pass.without.empty() == ((pass.uses & can_skip) == 0));
    for (const Entry& option : pass.options) {
      CHECK(find_option(pass, option.name) == &option);
    }
  }
}

TEST_CASE("what must never run on a user's function is no admitted pass") {
  for (const char* id :
       {"lower-atomic", "attributor", "select-optimize", "dot-cfg", "view-cfg", "rewrite-symbols",
        "forceattrs", "print", "tsan", "memprof", "bounds-checking", "safe-stack", "instcount",
        "transform-warning", "verify", "function-simplification", "reg2mem"}) {
    CHECK(find_pass(id) == nullptr);
  }
}

TEST_CASE("kinds have the names of the plan's parts") {
  CHECK(kind_name(Kind::Params) == "params");
  CHECK(kind_name(Kind::Loops) == "loops");
}
