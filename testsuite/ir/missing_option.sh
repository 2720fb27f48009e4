#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan with a setting that this LLVM does not have (misched-prera-direction is younger than 19) is
# ignored as a whole and counted: the rest of it would be a plan that nobody measured.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c

stock "$source"
planned '{"v":2,"params":{"unroll-count":3}}' "$source"
changed f || fail "the plan has no effect at all"
rm spool
planned '{"v":2,"params":{"unroll-count":3},"codegen":{"misched-prera-direction":"topdown"}}' "$source"
if $clang -O1 -c "$source" -o /dev/null -mllvm -misched-prera-direction=topdown 2>/dev/null; then
  changed f && grep -aq applied spool || fail "not applied where the option is known"
else
  ! changed f || fail "half a plan was applied"
  grep -aq option-unknown spool && ! grep -aq applied spool || fail "not counted: $(strings spool)"
fi
