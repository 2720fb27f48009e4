// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "probe.h"

#include <algorithm>
#include <sstream>

namespace autopass {
namespace {

constexpr std::int64_t kept_of_a_path = 16;

// One a line: "SIZE MODIFIED PATH".
std::string text_of(const std::vector<FileIdentity>& files) {
  std::string text;
  for (const auto& file : files) {
    text += std::to_string(file.size) + " " + std::to_string(file.modified_ns) + " " + file.path + "\n";
  }
  return text;
}

std::vector<FileIdentity> files_of(const std::string& text) {
  std::vector<FileIdentity> files;
  std::istringstream lines(text);
  for (FileIdentity file; lines >> file.size >> file.modified_ns && lines.ignore();) {
    std::getline(lines, file.path);
    files.push_back(file);
  }
  return files;
}

bool is_as_it_was(const FileIdentity& before) {
  const auto now = identify_file(before.path);
  return now && now->unchanged_since(before);
}

} // namespace

Result<Probe> pair_up(const std::string& compiler, int llvm_major) {
  Probe probe;
  TRY(probe.compiler, identify_compiler(compiler));
  probe.llvm_major = llvm_major;
  probe.plugin = identify_plugin(llvm_major).value_or(FileIdentity{});
  return probe;
}

Result<void> remember_probe(Database& database, const Probe& probe) {
  TRY(Statement insert,
      database.prepare("INSERT OR REPLACE INTO probe(compiler, size, modified_ns, llvm_major, "
                       "plugin, plugin_size, plugin_modified_ns, refusal, libraries) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(probe.compiler.path).bind(probe.compiler.size).bind(probe.compiler.modified_ns);
  insert.bind(std::int64_t{probe.llvm_major}).bind(probe.plugin_build);
  insert.bind(probe.plugin.size).bind(probe.plugin.modified_ns).bind(probe.refusal);
  insert.bind(text_of(probe.libraries));
  TRY_VOID(insert.run());
  TRY(Statement trim, database.prepare("DELETE FROM probe WHERE compiler = ?1 AND id NOT IN "
                                       "(SELECT id FROM probe WHERE compiler = ?1 "
                                       "ORDER BY id DESC LIMIT ?2)"));
  return trim.bind(probe.compiler.path).bind(kept_of_a_path).run();
}

Result<std::vector<Probe>> probes_of(Database& database, const std::string& compiler) {
  TRY(Statement rows, database.prepare("SELECT size, modified_ns, llvm_major, plugin, plugin_size, "
                                       "plugin_modified_ns, refusal, libraries FROM probe WHERE compiler = ? "
                                       "ORDER BY id DESC"));
  rows.bind(compiler);
  std::vector<Probe> probes;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return probes;
    }
    probes.push_back({{compiler, rows.number(0), rows.number(1)},
                      static_cast<int>(rows.number(2)),
                      {{}, rows.number(4), rows.number(5)},
                      rows.text(3),
                      rows.text(6),
                      files_of(rows.text(7))});
  }
}

Standing judge(const std::vector<Probe>& probes, const FileIdentity& compiler) {
  if (probes.empty()) {
    return {"compiler-unknown", 0, {}, {}};
  }
  const auto of_this_file = [&](const Probe& probe) {
    return compiler.unchanged_since(probe.compiler) &&
           std::all_of(probe.libraries.begin(), probe.libraries.end(), is_as_it_was);
  };
  const auto known = std::find_if(probes.begin(), probes.end(), of_this_file);
  if (known == probes.end()) {
    return {"compiler-changed", 0, {}, {}};
  }
  const auto plugin = identify_plugin(known->llvm_major);
  if (!plugin) {
    return {"plugin-missing", known->llvm_major, {}, {}};
  }
  const auto tried = std::find_if(known, probes.end(), [&](const Probe& probe) {
    return of_this_file(probe) && plugin->unchanged_since(probe.plugin);
  });
  if (tried == probes.end()) {
    return {"plugin-changed", known->llvm_major, plugin->path, {}};
  }
  return {tried->refusal.empty() ? "" : "plugin-refused", known->llvm_major, plugin->path,
          tried->refusal};
}

} // namespace autopass
