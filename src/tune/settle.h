// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Steps 8 to 10: the finalists are confirmed in turn; the first that holds is minimised, confirmed
// again when that changed the code, and published. Whatever is not confirmed is forgotten. What an
// earlier session has published is replaced only by what is confirmed to be faster than that, too.
#pragma once

#include "basis.h"
#include "blame.h"
#include "confirm.h"
#include "in_force.h"
#include "journal.h"
#include "search.h"
#include "self_test.h"

#include <map>
#include <optional>
#include <set>

namespace autopass {

struct Settled {
  std::optional<Finalist> winner; // published, as minimised; none: nothing was confirmed
  Confirmation confirmation;      // of the winner
  Digest code;                    // of the winner's binary
  std::vector<LayoutSamples> samples; // of all confirmations, those that failed too
  std::set<Digest> unseen;        // functions left out because the gate does not see them
  int not_confirmed = 0;
  std::vector<std::string> notes;
};

Result<Settled> settle(const Harness& harness, Journal& journal, SelfTest& self_test, Blame& blame,
                       const Basis& basis, const std::vector<Finalist>& finalists,
                       const PlansInForce& in_force, const Talk& talk);

} // namespace autopass
