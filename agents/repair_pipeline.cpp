// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "repair_pipeline.h"

#include "guard.h"
#include "json_fields.h"
#include "plan/nearest.h"
#include "util/text.h"
#include "values.h"

#include <algorithm>

namespace autopass {

namespace {

// What validate() takes.
constexpr std::size_t most_skips = 64;
constexpr std::size_t most_inserted = 128; // at one place
constexpr std::int64_t last_run = 64;

// By class, by textual name, or nearly so.
const AdmittedPass* meant_skip(const std::string& name) {
  if (const AdmittedPass* exact = find_skippable(name)) {
    return exact;
  }
  const AdmittedPass* by_id = find_pass(name);
  return by_id != nullptr && (by_id->uses & can_skip) != 0 ? by_id : nearest_skippable(name);
}

// By textual name, by class, or nearly so.
const AdmittedPass* meant_pass(const std::string& name) {
  const Entry* entry = find_entry(Kind::Pipeline, name);
  const AdmittedPass* exact = entry != nullptr ? entry->pass : nullptr;
  return exact != nullptr && (exact->uses & can_insert) != 0 ? exact : nearest_pass(name);
}

class PipelineRepairer {
public:
  PipelineRepairer(const Subject& subject, const std::function<void(const std::string&)>& note)
      : m_subject(subject), m_note(note) {}

  Pipeline pipeline(const Pipeline& said) const {
    Pipeline into;
    skips(said.skip, into.skip);
    for (const Insertion& insertion : said.insert) {
      const InsertionPoint* point = find_insertion_point(insertion.at);
      point = point != nullptr ? point : nearest_insertion_point(insertion.at);
      if (point == nullptr) {
        m_note(format("insertion at %s dropped: there is no such place",
                    one_line(insertion.at, 60).c_str()));
        continue;
      }
      const std::string place(point->name);
      Pipeline more;
      more.insert = {{place, passes("insertion at " + place, insertion.passes, point->half, point)}};
      merge_into(into, more);
    }
    into.simplification = passes("simplification", said.simplification, simplifies, nullptr);
    into.optimization = passes("optimization", said.optimization, optimises, nullptr);
    into.polly = said.polly;
    return into;
  }

private:
  static void merge_into(Pipeline& pipeline, const Pipeline& more) {
    Plan left, right;
    left.pipeline = pipeline;
    right.pipeline = more;
    pipeline = merge(left, right).pipeline;
  }

  // Notes why a pass cannot be had; true when it can.
  bool usable(const char* where, const AdmittedPass* pass, const std::string& name) const {
    const char* why = pass == nullptr ? "no such pass is admitted"
                      : !allowed_for(*find_entry(Kind::Pipeline, pass->id), m_subject)
                          ? "the function looks like constant-time code"
                          : nullptr;
    if (why != nullptr) {
      m_note(format("%s %s dropped: %s", where, one_line(name, 60).c_str(), why));
    }
    return why == nullptr;
  }

  void skips(const std::vector<Skip>& said, std::vector<Skip>& into) const {
    for (const Skip& skip : said) {
      const AdmittedPass* pass = meant_skip(skip.pass);
      if (!usable("skip", pass, skip.pass)) {
        continue;
      }
      if (into.size() == most_skips) {
        m_note("more skips dropped: too many");
        return;
      }
      const Skip fixed{std::string(pass->class_name),
                       std::clamp<std::int64_t>(skip.run, 0, last_run)};
      if (fixed != skip) {
        m_note(format("skip %s read as %s", one_line(skip.pass, 60).c_str(), fixed.pass.c_str()));
      }
      into.push_back(fixed);
    }
  }

  std::vector<Setting> options(const AdmittedPass& pass, const std::vector<Setting>& said) const {
    std::vector<Setting> fixed;
    for (const Setting& setting : said) {
      const Entry* entry = find_option(pass, setting.name);
      entry = entry != nullptr ? entry : nearest_option(pass, setting.name);
      const auto value = entry != nullptr ? fit_value(*entry, setting.value) : std::nullopt;
      if (!value) {
        m_note(format("option %s of %s dropped: no such option or value",
                    one_line(setting.name, 60).c_str(), std::string(pass.id).c_str()));
        continue;
      }
      if (entry->name != setting.name || *value != setting.value) {
        m_note(format("option %s=%s of %s read as %s=%s", one_line(setting.name, 60).c_str(),
                    show_value(setting.value).c_str(), std::string(pass.id).c_str(),
                    std::string(entry->name).c_str(), show_value(*value).c_str()));
      }
      fixed.push_back({std::string(entry->name), *value});
    }
    return fixed;
  }

  std::vector<PassUse> passes(const std::string& where, const std::vector<PassUse>& said,
                              unsigned half, const InsertionPoint* point) const {
    std::vector<PassUse> fixed;
    for (const PassUse& use : said) {
      const AdmittedPass* pass = meant_pass(use.pass);
      if (!usable(where.c_str(), pass, use.pass)) {
        continue;
      }
      if (!may_run_in(*pass, half) || (point != nullptr && !fits(*pass, *point))) {
        m_note(format("%s %s dropped: it cannot run there", where.c_str(), use.pass.c_str()));
        continue;
      }
      if (fixed.size() == most_inserted) {
        m_note(where + ": more passes dropped: too many");
        break;
      }
      if (pass->id != use.pass) {
        m_note(format("%s %s read as %s", where.c_str(), one_line(use.pass, 60).c_str(),
                    std::string(pass->id).c_str()));
      }
      fixed.push_back({std::string(pass->id), options(*pass, use.options)});
    }
    return fixed;
  }

  const Subject& m_subject;
  const std::function<void(const std::string&)>& m_note;
};

} // namespace

Pipeline repair_pipeline(const Pipeline& said, const Subject& subject,
                         const std::function<void(const std::string&)>& note) {
  return PipelineRepairer(subject, note).pipeline(said);
}

} // namespace autopass
