#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Passes of a plan, at each point where they can be inserted and in place of a half, change the planned
# function and no other; what this clang cannot run leaves the function as it is.
. "$(dirname "$0")/common.bash"
cat >plans.txt <<'END'
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
[ "${LLVM_MAJOR:-22}" != 19 ] || sed -i '/vectorizer-end/d' plans.txt # which it does not have
mapfile -t plans <plans.txt
{ sed '/^TWINS(/d' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
  for i in "${!plans[@]}"; do echo "PART(f$i, $((i + 10)), LOOPS) PART(g$i, $((i + 30)), LOOPS)"; done
  echo 'PART(f, 3, LOOPS)'; } >x.c
stock x.c
evidence x.c
for i in "${!plans[@]}"; do echo "$(fingerprint "f$i") {\"v\":2,\"pipeline\":{${plans[i]}}}"; done >lines
slice=$("$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot <lines)
for time in first second; do
  $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c
  cp planned.s $time.s
done
cmp first.s second.s || fail "another time, other code"
for i in "${!plans[@]}"; do
  changed "f$i" || fail "no effect: ${plans[i]}"
  ! changed "g$i" || fail "the next function changed: ${plans[i]}"
done

# A loop hint finds its loop in a half of the plan's, too.
half='"pipeline":{"optimization":[{"pass":"loop-rotate"},{"pass":"loop-vectorize"},{"pass":"simplifycfg"}]}'
apply "{\"v\":2,$half}" x.c
cp planned.s without.s
apply "{\"v\":2,$half,\"loops\":[{\"loop\":0,\"hash\":\"HASH\",\"vectorize\":false}]}" x.c
grep -aqw loop-hinted spool || fail "the hint did not find its loop"
! cmp -s without.s planned.s || fail "the hint has no effect"

# One pass that is not there: nothing of the plan acts.
if [ "${LLVM_MAJOR:-22}" = 19 ]; then
  for unknown in '"at":"scalar-late","passes":[{"pass":"drop-unnecessary-assumes"}]' '"at":"vectorizer-end","passes":[{"pass":"gvn"}]'; do
    rm -f spool
    apply "{\"v\":2,\"params\":{\"unroll-count\":2},\"pipeline\":{\"insert\":[{$unknown}]}}" x.c
    cmp stock.s planned.s || fail "a plan was applied without $unknown"
    grep -aqw pass-unknown spool || fail "not counted: pass-unknown"
  done
fi
