// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "relink.h"

#include "util/file.h"
#include "util/hash.h"
#include "util/paths.h"

#include <cassert>

namespace autopass {
namespace {

// Multiples of 16, as functions are aligned, but never of 64: 16, 32, 48, 80, 96, 112, 144 ...
std::size_t padding_bytes(int layout) {
  const auto number = static_cast<std::size_t>(layout);
  return 16 * (number + (number - 1) / 3);
}

} // namespace

Result<Relinker> Relinker::create(const BuiltTarget& target, const Builder& builder,
                                  const std::string& scratch) {
  Relinker relinker(target, builder, scratch);
  for (const auto& unit : target.units) {
    if (!unit.member.empty() && !relinker.m_archives.contains(unit.object)) {
      TRY(auto archive, read_archive(unit.object));
      relinker.m_archives.emplace(unit.object, std::move(archive));
    }
  }
  for (const auto& unit : target.units) {
    if (!unit.member.empty() &&
        relinker.member_number(unit) == relinker.m_archives.at(unit.object).members.size()) {
      return fail(unit.object + " has changed: it holds no " + unit.member + " any more",
                  "build again, then tune", "source-changed");
    }
  }
  return relinker;
}

std::size_t Relinker::member_number(const Unit& unit) const {
  const auto& members = m_archives.at(unit.object).members;
  std::size_t position = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].name == unit.member && position++ == unit.position) {
      return i;
    }
  }
  return members.size();
}

Result<std::string> Relinker::rebuilt_archive(const std::string& path,
                                              const std::vector<std::string>& objects) {
  std::map<std::size_t, std::string> replaced;
  Hasher hasher;
  hasher.text(path);
  for (std::size_t i = 0; i < m_target.units.size(); ++i) {
    if (!m_target.units[i].member.empty() && m_target.units[i].object == path) {
      TRY(auto content, read_file(objects[i]));
      hasher.number(i).text(content);
      replaced[member_number(m_target.units[i])] = std::move(content);
    }
  }
  const std::string copy = m_scratch + "/archives/" + hasher.finish().hex() + "/" + base_name(path);
  if (!exists(copy)) {
    TRY_VOID(make_folders(parent(copy)));
    TRY_VOID(write_archive(copy, m_archives.at(path), replaced));
  }
  return copy;
}

Result<void> Relinker::link(const std::vector<std::string>& objects, int layout,
                            const std::string& output, const std::vector<std::string>& last) {
  assert(objects.size() == m_target.units.size());
  LinkRequest request;
  request.output = output;
  request.last = last;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (m_target.units[i].member.empty()) {
      request.substitutes[m_target.units[i].object] = objects[i];
    }
  }
  for (const auto& [path, archive] : m_archives) {
    TRY(request.substitutes[path], rebuilt_archive(path, objects));
  }
  if (layout > 0) {
    request.padding = m_scratch + "/padding/" + std::to_string(layout) + ".o";
    if (!exists(request.padding)) {
      TRY_VOID(m_builder.padding(m_target.units.front(), padding_bytes(layout), request.padding));
    }
  }
  return m_builder.link(m_target.link, request);
}

Result<std::string> Relinker::built_object(std::size_t unit) {
  const auto& described = m_target.units[unit];
  if (described.compile.kind == JobKind::CompileAndLink) {
    return std::string();
  }
  if (described.member.empty()) {
    return described.object;
  }
  const std::string copy = m_scratch + "/members/" + std::to_string(unit) + ".o";
  TRY_VOID(make_folders(parent(copy)));
  TRY_VOID(
      write_file(copy, m_archives.at(described.object).members[member_number(described)].content));
  return copy;
}

} // namespace autopass
