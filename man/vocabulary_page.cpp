// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints autopass-vocabulary(7) in scdoc's language, from the table itself: a page that is written by
// hand would lag behind it.
#include "plan/describe.h"
#include "util/text.h"

#include <cstdio>
#include <string>

using namespace autopass;

namespace {

struct Part {
  Kind kind;
  const char* title;
  const char* about;
};

constexpr Part parts[] = {
    {Kind::Pipeline, "PIPELINE",
     "Passes of LLVM by their textual name. *skip* leaves a pass out (by its class; with *run*, in one "
     "of its runs only), *insert* adds passes at a place, *simplification* and *optimization* "
     "are lists of passes in place of the function's default ones. No other pass can become part of a "
     "pipeline, and no text of a plan reaches LLVM's parser."},
    {Kind::Params, "PARAMS",
     "Options that a pass reads while it runs, set around the passes of the function."},
    {Kind::Codegen, "CODEGEN",
     "Options that the back end reads while it works on the function, and passes of the back end, "
     "which can only be left out."},
    {Kind::Attrs, "ATTRS", "Attributes of the function. None changes what it computes."},
    {Kind::Loops, "LOOPS",
     "Hints on one loop, by its number in order where loops are vectorised, checked by its hash."},
    {Kind::Calls, "CALLS",
     "What becomes of one call, by its number in order in the front end's code, checked by what it "
     "calls."},
    {Kind::Profile, "PROFILE",
     "Counts of a measured run, checked by a hash of the function's control flow."},
};

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (std::string_view("\\*_<>#[]|~.").find(c) != std::string_view::npos) {
      safe += '\\';
    }
    safe += c;
  }
  return safe;
}

void print_entry(const Entry& entry) {
  const std::string values = entry.pass != nullptr ? "" : " " + escaped(values_of(entry));
  std::printf("*%s*%s (default: %s)\n\t%s", escaped(entry.name).c_str(), values.c_str(),
              escaped(entry.fallback).c_str(), escaped(entry.what).c_str());
  if (entry.pass != nullptr) {
    const AdmittedPass& pass = *entry.pass;
    std::printf(" Class %s, works on a %s; %s.", escaped(pass.class_name).c_str(),
                escaped(level_name(pass.level)).c_str(), join(roles_of(pass), ", ").c_str());
    if (!pass.without.empty()) {
      std::printf(" Without it: %s", escaped(pass.without).c_str());
    }
  }
  std::printf(" (%s%s%s)\n", escaped(entry.source).c_str(),
              acts_in_links(entry) ? "; in links, too" : "",
              is_proven(entry) ? "" : "; no effect seen on the test code");
  if (entry.pass != nullptr) {
    for (const Entry& option : entry.pass->options) {
      std::printf("\t- *%s* %s (default: %s): %s\n", escaped(option.name).c_str(),
                  escaped(values_of(option)).c_str(), escaped(option.fallback).c_str(),
                  escaped(option.what).c_str());
    }
  }
  std::printf("\n");
}

} // namespace

int main() {
  std::printf("autopass-vocabulary(7)\n\n# NAME\n\nautopass-vocabulary - all that a plan can say\n\n"
              "# DESCRIPTION\n\nA plan says what clang is to do differently for one function. Each of "
              "its parts says something from this list, within these ranges, or the plan is ignored "
              "as a whole and counted. Nothing in it changes what a program computes. *autopass "
              "vocabulary --json* has the same list for programs, *autopass explain* NAME one "
              "entry; *autopass-clang*(1) says how a plan is written by hand. This is version %d of "
              "the vocabulary.\n\n",
              vocabulary_version);
  std::printf("Places for *insert*:\n\n");
  for (const InsertionPoint& point : insertion_points()) {
    std::printf("*%s*\n\t%s\n\n", escaped(point.name).c_str(), escaped(point.what).c_str());
  }
  for (const Part& part : parts) {
    std::printf("# %s\n\n%s\n\n", part.title, part.about);
    for (const Entry& entry : vocabulary()) {
      if (entry.kind == part.kind) {
        print_entry(entry);
      }
    }
  }
  std::printf("# SEE ALSO\n\n*autopass*(1), *autopass-clang*(1)\n");
}
