#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Passes of a plan, at each point where they can be inserted and in place of a half, change the planned
# function and no other; what this clang cannot run leaves the function as it is.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c

stock "$source"
evidence "$source" 2>/dev/null
while read -r plan; do
  [ "${LLVM_MAJOR:-22}" != 19 ] || [[ $plan != *vectorizer-end* ]] || continue # which it does not have
  apply "{\"v\":2,\"pipeline\":{$plan}}" "$source"
  changed f || fail "no effect: $plan"
  ! changed g || fail "the twin changed: $plan"
  cp planned.s first.s
  apply "{\"v\":2,\"pipeline\":{$plan}}" "$source"
  cmp first.s planned.s || fail "another time, other code: $plan"
done <<'END'
"insert":[{"at":"peephole","passes":[{"pass":"loop-reduce"}]}]
"insert":[{"at":"late-loop","passes":[{"pass":"loop-reduce"}]}]
"insert":[{"at":"loop-end","passes":[{"pass":"loop-reduce"}]}]
"insert":[{"at":"scalar-late","passes":[{"pass":"licm"},{"pass":"loop-reduce"},{"pass":"gvn"}]}]
"insert":[{"at":"cgscc-late","passes":[{"pass":"sroa"},{"pass":"instcombine"},{"pass":"loop-unroll","options":{"level":"O3"}}]}]
"insert":[{"at":"vectorizer-start","passes":[{"pass":"loop-unroll","options":{"level":"O3"}}]}]
"insert":[{"at":"vectorizer-end","passes":[{"pass":"licm"},{"pass":"loop-unroll"},{"pass":"gvn"}]}]
"simplification":[{"pass":"sroa"},{"pass":"simplifycfg"},{"pass":"instcombine"}]
"optimization":[{"pass":"simplifycfg","options":{"speculate-blocks":true,"switch-to-lookup":true}},{"pass":"instcombine"}]
"simplification":[{"pass":"adce"}],"optimization":[{"pass":"adce"}]
END

# A loop hint finds its loop in a half of the plan's, too.
half='"pipeline":{"optimization":[{"pass":"loop-rotate"},{"pass":"loop-vectorize"},{"pass":"simplifycfg"}]}'
apply "{\"v\":2,$half}" "$source"
cp planned.s without.s
apply "{\"v\":2,$half,\"loops\":[{\"loop\":0,\"hash\":\"HASH\",\"vectorize\":false}]}" "$source"
grep -aqw loop-hinted spool || fail "the hint did not find its loop"
! cmp -s without.s planned.s || fail "the hint has no effect"

# One pass that is not there: nothing of the plan acts.
if [ "${LLVM_MAJOR:-22}" = 19 ]; then
  for unknown in '"at":"scalar-late","passes":[{"pass":"drop-unnecessary-assumes"}]' '"at":"vectorizer-end","passes":[{"pass":"gvn"}]'; do
    rm -f spool
    apply "{\"v\":2,\"params\":{\"unroll-count\":2},\"pipeline\":{\"insert\":[{$unknown}]}}" "$source"
    cmp stock.s planned.s || fail "a plan was applied without $unknown"
    grep -aqw pass-unknown spool || fail "not counted: pass-unknown"
  done
fi
