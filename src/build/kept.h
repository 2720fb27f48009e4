// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a replica has compiled and linked, so that nothing is made twice. Each may be asked from several
// threads; forget() must be alone, because files go.
#pragma once

#include "relink.h"
#include "replay.h"
#include "unit_compiler.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autopass {

// Objects, by unit and by the plans that act in it, below <scratch>/candidates.
class KeptObjects {
public:
  KeptObjects(const UnitCompiler& compiler, std::string scratch)
      : m_compiler(compiler), m_scratch(std::move(scratch)) {}
  std::optional<Compiled> known(std::size_t unit, const std::vector<StoredPlan>& plans) const;
  // Compiles what is not known. Different units may be asked for at the same time.
  Result<Compiled> compiled(std::size_t unit, const std::vector<StoredPlan>& plans);
  void forget(std::size_t unit, const std::vector<StoredPlan>& plans);

private:
  const UnitCompiler& m_compiler;
  const std::string m_scratch;
  mutable std::mutex m_mutex;
  std::map<std::pair<std::size_t, Digest>, Compiled> m_objects;
};

// Binaries, below <scratch>/binaries: equal objects in an equal layout give an equal binary, and are linked once.
class KeptBinaries {
public:
  KeptBinaries(Relinker& relinker, std::string scratch, std::string name)
      : m_relinker(relinker), m_scratch(std::move(scratch)), m_name(std::move(name)) {}
  Result<Binary> linked(const std::vector<Compiled>& units, Layout layout, const Digest& candidate,
                        const std::vector<std::string>& link_arguments = {});
  // Those that were linked from objects of this candidate.
  void forget(const Digest& candidate);

private:
  struct Linked {
    Binary binary;
    Digest first_candidate; // whose objects it was linked from
  };

  Relinker& m_relinker;
  const std::string m_scratch, m_name;
  std::mutex m_mutex; // for the link itself, too: it is short
  std::map<Digest, Linked> m_binaries;
};

} // namespace autopass
