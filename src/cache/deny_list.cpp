// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "deny_list.h"

#include "clock.h"
#include "util/text.h"

#include <algorithm>

namespace autopass {
namespace {

constexpr const char* insert_denied =
    "INSERT OR IGNORE INTO denied(denial, fingerprint, llvm_major, plan, function, target, reason, "
    "detail, created_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select_denied =
    "SELECT denial, fingerprint, llvm_major, plan, function, target, reason, detail, created_at "
    "FROM denied ORDER BY created_at, denial, fingerprint";

} // namespace

Digest digest(const Denial& denial) {
  std::vector<std::pair<Digest, Digest>> all;
  for (const DeniedPlan& denied : denial.plans) {
    all.emplace_back(denied.fingerprint, digest(denied.plan));
  }
  std::sort(all.begin(), all.end());
  Hasher hasher;
  hasher.number(static_cast<std::uint64_t>(denial.llvm_major));
  for (const auto& [fingerprint, plan] : all) {
    hasher.digest(fingerprint).digest(plan);
  }
  return hasher.finish();
}

std::string describe(const Denial& denial) {
  std::vector<std::string> all;
  for (const DeniedPlan& denied : denial.plans) {
    all.push_back(denied.function + ": " + join(elements(denied.plan), ", "));
  }
  return join(all, "; ");
}

Result<void> remember_denial(Database& database, const Denial& denial) {
  TRY(Statement insert, database.prepare(insert_denied));
  const std::string name = digest(denial).hex();
  const std::string now = denial.created_at.empty() ? utc_now() : denial.created_at;
  for (const DeniedPlan& denied : denial.plans) {
    TRY_VOID(validate(denied.plan));
    insert.bind(name).bind(denied.fingerprint.hex()).bind(std::int64_t{denial.llvm_major});
    insert.bind(print(denied.plan)).bind(denied.function).bind(denial.target).bind(denial.reason);
    TRY_VOID(insert.bind(denial.detail).bind(now).run());
  }
  return {};
}

Result<std::size_t> forget_denials(Database& database, const std::string& target) {
  TRY(Statement count, database.prepare("SELECT COUNT(DISTINCT denial) FROM denied WHERE target = ?"));
  TRY_VOID(count.bind(target).step());
  const auto forgotten = static_cast<std::size_t>(count.number(0));
  TRY(Statement remove, database.prepare("DELETE FROM denied WHERE target = ?"));
  TRY_VOID(remove.bind(target).run());
  return forgotten;
}

Result<std::vector<Denial>> denials_in(Database& database) {
  TRY(Statement rows, database.prepare(select_denied));
  std::vector<Denial> denials;
  std::string last;
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      break;
    }
    const std::string name = rows.text(0);
    if (name != last) {
      denials.push_back({static_cast<int>(rows.number(2)), {}, rows.text(5), rows.text(6),
                         rows.text(7), rows.text(8)});
      last = name;
    }
    const auto fingerprint = Digest::from_hex(rows.text(1));
    auto plan = parse(rows.text(3));
    // Half of what failed together would deny more than what failed.
    if (fingerprint && plan) {
      denials.back().plans.push_back({*fingerprint, std::move(*plan), rows.text(4)});
    } else {
      denials.back().llvm_major = 0;
    }
  }
  std::erase_if(denials, [](const Denial& denial) { return denial.llvm_major == 0; });
  return denials;
}

} // namespace autopass
