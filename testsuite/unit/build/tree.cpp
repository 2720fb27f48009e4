// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tree.h"

#include "build/arguments.h"
#include "util/hash.h"
#include "util/paths.h"
#include "util/subprocess.h"

#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>

namespace autopass {

Tree::Tree() : m_folder(ScratchFolder::create("autopass-test").value()) {
  m_root = m_folder.path() + "/tree";
  REQUIRE(make_folders(m_root));
  m_builds.emplace(BuildRecord::open(m_folder.path() + "/builds.db").value());
}

void Tree::write(const std::string& name, const std::string& content) const {
  REQUIRE(make_folders(parent(path(name))));
  REQUIRE(write_file(path(name), content));
}

void Tree::run(const std::string& command) const {
  Command shell;
  shell.argv = {"/bin/sh", "-ec", command};
  shell.folder = m_root;
  const auto outcome = autopass::run(shell).value();
  INFO(command << "\n" << outcome.errors);
  REQUIRE(outcome.success());
}

void Tree::record(JobKind kind, const std::string& command, const std::vector<std::string>& inputs,
                  const std::string& output, const std::string& slice) {
  Job job;
  job.kind = kind;
  job.argv = shell_split(command).value();
  job.compiler = job.argv.front();
  job.folder = m_root;
  for (const auto& input : inputs) {
    job.inputs.push_back(absolute(input, m_root));
  }
  job.output = absolute(output, m_root);
  job.slice = slice;
  job.time_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count();
  run(command);
  const auto spool = m_folder.path() + "/spool";
  append(spool, job);
  REQUIRE(m_builds->fold(spool));
}

std::map<std::string, std::string> Tree::listing() const {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(m_root)) {
    const auto time = entry.last_write_time().time_since_epoch().count();
    files[entry.path().string()] =
        std::to_string(time) +
        (entry.is_regular_file() ? hash_file(entry.path().string()).value().hex() : "");
  }
  return files;
}

} // namespace autopass
