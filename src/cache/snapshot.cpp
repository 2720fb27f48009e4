// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "snapshot.h"

#include "snapshot_file.h"
#include "snapshot_layout.h"
#include "spool.h"

#include <fcntl.h>

namespace autopass {
namespace {

Error as_damaged(const Error& error) {
  return {error.what, {}, "snapshot-corrupt"};
}

} // namespace

Result<Snapshot> Snapshot::open(const std::string& path) {
  TRY_VOID(check_snapshot_file(path));
  const auto file = std::make_shared<Descriptor>(
      above_standard(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)));
  const auto head = read_head(file->get());
  if (!head) {
    return fail("cannot read " + path, {}, "snapshot-corrupt");
  }
  TRY_VOID(check_head(*head));
  auto map = ConstantMap::open(file, owner_of(*head));
  if (!map) {
    return fail(path + " was cut short, or edited since it was published", {}, "snapshot-corrupt");
  }
  return Snapshot(std::move(*map));
}

Result<std::optional<std::string>> Snapshot::look_up(const Digest& key) const {
  return m_map.find(key).map_error(as_damaged);
}

Result<bool> Snapshot::empty() const {
  TRY(const auto plans, look_up(key_of_plans()));
  return !plans || *plans == "none";
}

Result<std::optional<std::string>> Snapshot::cpu() const {
  return look_up(key_of_cpu());
}

Result<Standing> Snapshot::standing(const FileIdentity& compiler) const {
  TRY(const auto words, look_up(key_of_compiler(compiler.path)));
  return judge(words ? probes_in(compiler.path, unpack(*words)) : std::vector<Probe>(), compiler);
}

Result<std::optional<Digest>> Snapshot::slice(const SliceKey& key) const {
  TRY(const auto digest, look_up(key_of_slice(key)));
  return digest ? Digest::from_hex(*digest) : std::nullopt;
}

Result<std::optional<Plan>> Snapshot::find(const Digest& slice, const Digest& fingerprint,
                                           const Digest& context) const {
  TRY(const auto packed, look_up(key_of_function(slice, fingerprint)));
  const auto words = packed ? unpack(*packed) : std::vector<std::string>();
  const std::string* text = nullptr;
  for (const Digest& wanted : {context, any_context}) {
    for (std::size_t at = 0; text == nullptr && at + 1 < words.size(); at += 2) {
      text = words[at] == wanted.hex() ? &words[at + 1] : nullptr;
    }
  }
  if (text == nullptr) {
    return std::nullopt;
  }
  auto plan = parse(*text);
  if (!plan) {
    return fail(plan.error().what, {}, plan.error().reason);
  }
  return std::optional<Plan>(std::move(*plan));
}

bool Snapshot::holds_function(const Digest& slice, const Digest& fingerprint) const {
  const auto packed = look_up(key_of_function(slice, fingerprint));
  return packed && *packed;
}

Result<void> Snapshot::check_map() const {
  return m_map.check().map_error(as_damaged);
}

} // namespace autopass
