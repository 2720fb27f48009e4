// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `ar` is never seen by us, and names in archives are not unique (a/util.o and b/util.o are both
// "util.o" there), so content decides:
//   1. an object on disk with the member's name and exactly its bytes;
//   2. the same in what is loaded: archives whose debug information was stripped;
//   3. a replay with the member's bytes or loadable content: objects that are gone or overwritten;
//   4. the only job with that name, if it was compiled with plans, which a stock replay cannot
//      show: the baseline's comparison is the proof then.
// Cost: one hash a candidate; a compile for those in 3, once each.
#include "match.h"

#include "elf.h"
#include "util/paths.h"

namespace autopass {
namespace {

std::string stem(const std::string& path) {
  const auto name = base_name(path);
  return name.substr(0, name.rfind('.'));
}

// Objects written under another name and moved keep at least their source's stem.
bool could_be(const Job& job, const std::string& name) {
  if (job.inputs.size() != 1) {
    return false;
  }
  return base_name(job.output) == name ||
         (stem(job.inputs.front()) == stem(name) && !exists(job.output));
}

} // namespace

Result<std::string> Matcher::replayed(const Job& job) {
  auto& object = m_replayed[job.output];
  if (object.empty()) {
    if (!m_scratch) {
      TRY(auto scratch, ScratchFolder::create("autopass-match"));
      m_scratch = std::make_unique<ScratchFolder>(std::move(scratch));
    }
    TRY(const auto builder, Builder::create(m_scratch->path(), 600));
    const auto path = m_scratch->path() + "/" + std::to_string(m_replayed.size()) + "/object.o";
    Unit unit;
    unit.compile = job;
    unit.source = job.inputs.front();
    TRY_VOID(builder.compile(unit, path));
    object = path;
  }
  return object;
}

Result<std::optional<Job>> Matcher::match(const std::string& name, const std::string& content) {
  std::vector<const Job*> candidates;
  for (const auto& job : m_compiles) {
    if (could_be(job, name)) {
      candidates.push_back(&job);
    }
  }
  if (candidates.empty()) {
    return std::optional<Job>();
  }
  const auto exact = hash_text(content);
  for (const auto* job : candidates) {
    if (const auto digest = hash_file(job->output); digest && *digest == exact) {
      return std::optional(*job);
    }
  }

  TRY(const auto folder, ScratchFolder::create("autopass-member"));
  const std::string member = folder.path() + "/member.o";
  TRY_VOID(write_file(member, content));
  const auto loadable = loadable_digest(member);
  if (!loadable) {
    return std::optional<Job>(); // whatever it is, no compile of ours made it
  }
  for (const auto* job : candidates) {
    if (const auto digest = loadable_digest(job->output); digest && *digest == *loadable) {
      return std::optional(*job);
    }
  }
  for (const auto* job : candidates) {
    const auto object = replayed(*job);
    if (!object) {
      continue; // its source may be gone; another one may still fit
    }
    if (const auto digest = loadable_digest(*object); digest && *digest == *loadable) {
      return std::optional(*job);
    }
  }
  if (candidates.size() == 1 && !candidates.front()->slice.empty()) {
    return std::optional(*candidates.front());
  }
  return std::optional<Job>();
}

} // namespace autopass
