// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "probe.h"

#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>

namespace autopass {
namespace {

bool is_as_it_was(const FileIdentity& before) {
  const auto now = identify_file(before.path);
  return now && now->unchanged_since(before);
}

} // namespace

bool is_linker(const FileIdentity& file) {
  return base_name(file.path) == "lld";
}

Result<Probe> pair_up(const std::string& compiler, int llvm_major) {
  Probe probe;
  TRY(probe.compiler, identify_compiler(compiler));
  probe.llvm_major = llvm_major;
  probe.plugin = identify_plugin(llvm_major).value_or(FileIdentity{});
  return probe;
}

std::string lines_of(const std::vector<FileIdentity>& files) {
  std::string text;
  for (const auto& file : files) {
    text += std::to_string(file.size) + " " + std::to_string(file.modified_ns) + " " + file.path + "\n";
  }
  return text;
}

std::vector<FileIdentity> files_in(const std::string& lines) {
  std::vector<FileIdentity> files;
  for (const auto& line : split(lines, '\n')) {
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

std::vector<std::string> words_of(const std::vector<Probe>& probes) {
  std::vector<std::string> words;
  for (const Probe& probe : probes) {
    words.insert(words.end(),
                 {std::to_string(probe.compiler.size), std::to_string(probe.compiler.modified_ns),
                  std::to_string(probe.llvm_major), probe.plugin_build,
                  std::to_string(probe.plugin.size), std::to_string(probe.plugin.modified_ns),
                  probe.refusal.substr(0, probe.refusal.find('\0')), lines_of(probe.libraries)});
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
                      files_in(word[7])});
  }
  return probes;
}

Standing judge(const std::vector<Probe>& probes, const FileIdentity& compiler) {
  if (probes.empty()) {
    return {"compiler-unknown", 0, {}, {}, {}};
  }
  const auto of_this_file = [&](const Probe& probe) {
    return compiler.unchanged_since(probe.compiler) &&
           std::all_of(probe.libraries.begin(), probe.libraries.end(),
                       [](const FileIdentity& file) { return is_linker(file) || is_as_it_was(file); });
  };
  const auto known = std::find_if(probes.begin(), probes.end(), of_this_file);
  if (known == probes.end()) {
    return {"compiler-changed", 0, {}, {}, {}};
  }
  const auto plugin = identify_plugin(known->llvm_major);
  if (!plugin) {
    return {"plugin-missing", known->llvm_major, {}, {}, {}};
  }
  const auto tried = std::find_if(known, probes.end(), [&](const Probe& probe) {
    return of_this_file(probe) && plugin->unchanged_since(probe.plugin);
  });
  if (tried == probes.end()) {
    return {"plugin-changed", known->llvm_major, plugin->path, {}, {}};
  }
  const auto linker = std::find_if(tried->libraries.begin(), tried->libraries.end(), [](const FileIdentity& file) {
    return is_linker(file) && is_as_it_was(file);
  });
  return {tried->refusal.empty() ? "" : "plugin-refused", known->llvm_major, plugin->path,
          linker == tried->libraries.end() ? std::string() : linker->path, tried->refusal};
}

} // namespace autopass
