// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "deny_list.h"

#include "clock.h"

#include <algorithm>

namespace autopass {

Result<void> remember_denial(Database& database, const Denial& denial) {
  TRY_VOID(validate(denial.plan));
  TRY(Statement insert,
      database.prepare("INSERT OR REPLACE INTO denied(llvm_major, fingerprint, plan, function, "
                       "reason, detail, created_at) VALUES(?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(std::int64_t{denial.llvm_major}).bind(denial.fingerprint.hex());
  insert.bind(print(denial.plan)).bind(denial.function).bind(denial.reason).bind(denial.detail);
  insert.bind(denial.created_at.empty() ? utc_now() : denial.created_at);
  return insert.run();
}

Result<std::vector<Denial>> denials_in(Database& database) {
  TRY(Statement rows,
      database.prepare("SELECT llvm_major, fingerprint, plan, function, reason, detail, created_at "
                       "FROM denied ORDER BY created_at, id"));
  std::vector<Denial> denials;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      return denials;
    }
    const auto fingerprint = Digest::from_hex(rows.text(1));
    auto plan = parse(rows.text(2));
    if (fingerprint && plan) {
      denials.push_back({static_cast<int>(rows.number(0)), *fingerprint, std::move(*plan),
                         rows.text(3), rows.text(4), rows.text(5), rows.text(6)});
    }
  }
}

const Denial* find_denial(const std::vector<Denial>& denials, const Digest& fingerprint,
                          const Plan& plan) {
  const auto found = std::find_if(denials.begin(), denials.end(), [&](const Denial& denial) {
    return denial.fingerprint == fingerprint && merge(plan, denial.plan) == plan;
  });
  return found != denials.end() ? &*found : nullptr;
}

} // namespace autopass
