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
least=10
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

# Nor has an option that a plan has set been given, once it is taken back. The scheduler after register allocation asks
# where on the command line its option stood, and is on for this processor unless that says otherwise.
flags=(-O3 -march=znver3)
stock x.c
evidence x.c
apply_to "$(fingerprint p10)" none '{"v":2,"codegen":{"post-RA-scheduler":false}}' x.c
[ "$(all_changed)" = " p10 " ] || fail "post-RA-scheduler changed:$(all_changed)"

# No function takes over from one that it inlines how that one's switches are to be compiled.
cat >switch.c <<'END'
extern volatile int v;
int f(int x) {
  switch (x) {
  case 0: v = 3; return x * 5; case 1: return v + 1; case 2: v = x; return 7; case 3: return v * v;
  case 4: v = -x; return 1; case 5: return v / 3; case 6: v = x; return v; case 7: return v - x;
  }
  return 0;
}
int g(int x) {
  switch (x) {
  case 0: v = 4; return x * 6; case 1: return v + 2; case 2: v = x; return 8; case 3: return v * 3;
  case 4: v = -x; return 2; case 5: return v / 4; case 6: v = x; return v * 2; case 7: return v - f(x + v);
  }
  return 0;
}
END
flags=(-O2 -mllvm -inline-threshold=1000)
stock switch.c
! grep -q 'call.*f' stock.s || fail "not inlined"
planned '{"v":2,"attrs":{"no-jump-tables":true}}' switch.c
[ "$(all_changed)" = " f " ] || fail "no-jump-tables changed: $(all_changed)"

# Where all functions come by before the back end compiles the first, a plan for the last has no say in it.
for options in --target=aarch64-linux-gnu --target=x86_64-apple-darwin "-mllvm -enable-ipra"; do
  read -ra flags <<<"-O3 $options"
  stock x.c
  evidence x.c
  rm -f spool
  apply_to "$(fingerprint q39)" none '{"v":2,"codegen":{"misched":"ilpmin","machine-cse":false}}' x.c
  cmp stock.s planned.s || fail "$options: the back end has changed$(all_changed)"
  grep -aqw codegen-left-out spool || fail "$options: not counted"
done
