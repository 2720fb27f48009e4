#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Thirty random plans in force at once, on every second of sixty functions: the other thirty keep their
# exact code, though they are compiled in between. Three times, with other plans.
. "$(dirname "$0")/common.bash"
tools=$AUTOPASS_BUILD/testsuite/tools
parts=(LOOPS BRANCHES VALUES STATES MEMORY)
{ sed '/^TWINS(/d' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
  for i in {10..39}; do
    echo "PART(p$i, $i, ${parts[i % 5]}) PART(q$i, $((i + 100)), ${parts[i % 5]})"
  done; } >x.c
least=15
[ "${LLVM_MAJOR:-22}" = 22 ] || least=1 # which does not know all options, and then leaves out the whole plan
stock x.c
evidence x.c
cmp stock.s evidence.s || fail "evidence changes the code"
for seed in 1 2 3; do
  grep '"function":"p' evidence | "$tools/random-plans" "$seed" 100 >plans
  [ "$(wc -l <plans)" = 30 ] || fail "seed $seed: not thirty plans"
  slice=$("$tools/make-snapshot" snapshot <plans)
  $clang "${flags[@]}" -S -o planned.s x.c "${load[@]}" -mllvm -autopass-set="$slice" >said 2>&1 || fail "seed $seed: $(cat said)"
  changed=$(all_changed)
  [[ $changed != *" q"* ]] || fail "seed $seed: functions without a plan changed:$changed"
  effective=$(wc -w <<<"$changed")
  echo "seed $seed: $(wc -l < <("$tools/thin-plans" <plans)) elements changed $effective of 30 functions"
  [ "$effective" -ge $least ] || fail "seed $seed: only $effective plans had an effect"
done
