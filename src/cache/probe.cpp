// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "probe.h"

#include "util/text.h"

#include <algorithm>
#include <cstdlib>

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
  for (const auto& line : split(text, '\n')) {
    char* rest = nullptr;
    FileIdentity file;
    file.size = std::strtoll(line.c_str(), &rest, 10);
    file.modified_ns = std::strtoll(rest, &rest, 10);
    if (*rest == ' ') {
      file.path = rest + 1;
      files.push_back(std::move(file));
    }
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

std::optional<Probe> pair_up_linker(const Probe& compiler) {
  const auto linker = identify_linker(compiler.compiler.path);
  if (!linker || compiler.plugin.path.empty()) {
    return std::nullopt;
  }
  Probe probe = compiler;
  probe.compiler = *linker;
  probe.libraries.clear();
  probe.refusal.clear();
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

std::vector<std::string> words_of(const std::vector<Probe>& probes) {
  std::vector<std::string> words;
  for (const Probe& probe : probes) {
    words.insert(words.end(),
                 {std::to_string(probe.compiler.size), std::to_string(probe.compiler.modified_ns),
                  std::to_string(probe.llvm_major), probe.plugin_build,
                  std::to_string(probe.plugin.size), std::to_string(probe.plugin.modified_ns),
                  probe.refusal.substr(0, probe.refusal.find('\0')), text_of(probe.libraries)});
  }
  return words;
}

std::vector<Probe> probes_in(const std::string& compiler, const std::vector<std::string>& words) {
  constexpr std::size_t of_each = 8;
  const auto number = [](const std::string& word) { return std::strtoll(word.c_str(), nullptr, 10); };
  std::vector<Probe> probes;
  for (std::size_t at = 0; at + of_each <= words.size(); at += of_each) {
    const std::string* word = &words[at];
    probes.push_back({{compiler, number(word[0]), number(word[1])},
                      static_cast<int>(number(word[2])),
                      {{}, number(word[4]), number(word[5])},
                      word[3],
                      word[6],
                      files_of(word[7])});
  }
  return probes;
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
