// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "probe_store.h"

namespace autopass {
namespace {

constexpr std::int64_t kept_of_a_path = 16;

} // namespace

Result<void> remember_probe(Database& database, const Probe& probe) {
  TRY(Statement insert,
      database.prepare("INSERT OR REPLACE INTO probe(compiler, size, modified_ns, llvm_major, "
                       "plugin, plugin_size, plugin_modified_ns, refusal, libraries) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(probe.compiler.path).bind(probe.compiler.size).bind(probe.compiler.modified_ns);
  insert.bind(std::int64_t{probe.llvm_major}).bind(probe.plugin_build);
  insert.bind(probe.plugin.size).bind(probe.plugin.modified_ns).bind(probe.refusal);
  insert.bind(lines_of(probe.libraries));
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
                      files_in(rows.text(7))});
  }
}

} // namespace autopass
