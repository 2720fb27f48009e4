// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kept.h"

#include "elf.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace autopass {
namespace {

std::string folder_of(const Digest& plans) { return "candidates/" + plans.hex(); }

// What cannot be removed goes with the scratch folder.
void remove_folder(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

} // namespace

std::optional<Compiled> KeptObjects::known(std::size_t unit,
                                           const std::vector<StoredPlan>& plans) const {
  if (plans.empty()) {
    return m_compiler.stock(unit);
  }
  const std::lock_guard lock(m_mutex);
  const auto found = m_objects.find({unit, digest(Candidate{plans})});
  return found == m_objects.end() ? std::nullopt : std::optional(found->second);
}

Result<Compiled> KeptObjects::compiled(std::size_t unit, const std::vector<StoredPlan>& plans) {
  if (auto found = known(unit, plans)) {
    return std::move(*found);
  }
  const Digest name = digest(Candidate{plans});
  TRY(auto compiled, m_compiler.with_plans(unit, plans, folder_of(name)));
  const std::lock_guard lock(m_mutex);
  m_objects[{unit, name}] = compiled;
  return compiled;
}

void KeptObjects::forget(std::size_t unit, const std::vector<StoredPlan>& plans) {
  const Digest name = digest(Candidate{plans});
  if (m_objects.erase({unit, name}) > 0) {
    remove_folder(m_scratch + "/" + folder_of(name));
  }
}

Result<Binary> KeptBinaries::linked(const std::vector<Compiled>& units, Layout layout,
                                    const Digest& candidate, const std::vector<std::string>& link_arguments) {
  Hasher hasher;
  hasher.number(static_cast<std::uint64_t>(layout.number)).text(join(link_arguments, "\n"));
  std::vector<std::string> objects;
  double ratio = 0;
  for (const auto& unit : units) {
    hasher.digest(unit.code);
    objects.push_back(unit.object);
    ratio = std::max(ratio, unit.ratio);
  }
  const auto key = hasher.finish();
  const std::lock_guard lock(m_mutex);
  auto found = m_binaries.find(key);
  if (found == m_binaries.end()) {
    Binary binary;
    binary.path = m_scratch + "/binaries/" + key.hex() + "/" + m_name;
    TRY_VOID(m_relinker.link(objects, layout.number, binary.path, link_arguments));
    TRY(binary.code, loadable_digest(binary.path));
    found = m_binaries.emplace(key, Linked{std::move(binary), candidate}).first;
  }
  Binary binary = found->second.binary;
  binary.compile_ratio = ratio;
  return binary;
}

void KeptBinaries::forget(const Digest& candidate) {
  for (auto linked = m_binaries.begin(); linked != m_binaries.end();) {
    const bool gone = linked->second.first_candidate == candidate;
    if (gone) {
      remove_folder(parent(linked->second.binary.path));
    }
    linked = gone ? m_binaries.erase(linked) : std::next(linked);
  }
}

} // namespace autopass
