#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What was counted is applied to the function that has the plan, measured weights replace the author's
# guesses, and a profile of other code is refused.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/profile.c
tools=$AUTOPASS_BUILD/testsuite/tools
cat >main.c <<'END'
extern int f(int*, int), g(int*, int);
int slow(int x) { return x + 1; }
int fast(int x) { return x * 3; }
int main() {
  int a[64];
  for (int i = 0; i < 64; i++) a[i] = i;
  return f(a, 64) == 0;
}
END
$clang -O3 "${load[@]}" -mllvm -autopass-count="$work/counted" -c "$source" -o counted.o
$clang -O3 main.c counted.o -o counting
for run in 1 2; do ./counting; done
"$tools/count-plans" 9 counted >plans
[ "$(wc -l <plans)" = 1 ] || fail "only f was run, with counts for: $(cut -c1-32 plans)"
# 2 runs of 64: one 7; twice 3/8 of the numbers to one block, a number each for the others.
grep -q '"entry":2,"weights":\[\[128,2\],\[2,126\],\[48,16,16,16,16,16\],' plans ||
  grep -q '"entry":2' plans || fail "$(cat plans)"
python3 - <<'END'
import json
plan = json.loads(open("plans").read().split()[1])["profile"]
points = [sorted(point) for point in plan["weights"]]
assert plan["entry"] == 2, plan
for wanted in ([2, 128], [2, 126], [16, 16, 16, 16, 16, 48], [54, 74]):
    assert wanted in points, (wanted, points)
END

stock "$source"
evidence "$source"
read -r print plan <plans
apply_to "$print" 0 "$plan" "$source"
changed f || fail "the profile did nothing"
! changed g || fail "the twin changed"
flags=(-O3 -S -emit-llvm)
$clang "${flags[@]}" -o planned.ll "${load[@]}" -mllvm -autopass-set="$(echo "$print $plan" | "$tools/make-snapshot" snapshot)" "$source"
grep -q 'branch_weights", i32 2, i32 126' planned.ll || fail "the measured weights are not there"
sed -n '/^define.*@f(/,/^}/p' planned.ll | grep -o '!prof ![0-9]*' | sort -u >in_f
sed -n '/^define.*@g(/,/^}/p' planned.ll | grep -o '!prof ![0-9]*' | sort -u >in_g
guess=$(sed -n 's/^\(![0-9]*\) = .*i32 2000, i32 1}.*/\1/p' planned.ll)
grep -q "$guess" in_g || fail "no guess in g"
! grep -qx "!prof $guess" in_f || fail "the author's guess stands against what was measured"
! grep -q ProfileSummary planned.ll || fail "the module was given a profile summary"

# Another graph than the one that was counted: refused as a whole, and counted.
flags=(-O3)
rm -f spool
apply_to "$print" 0 "${plan/\"cfg\":\"/\"cfg\":\"0}" "$source" 2>/dev/null && fail "a cfg of 33 digits"
wrong=$(sed 's/"cfg":"./"cfg":"x/; s/"cfg":"x/"cfg":"'"$(tr 0-9a-f 1-9a-f0 <<<"${plan#*cfg\":\"}" | cut -c1)"'/' <<<"$plan")
apply_to "$print" 0 "$wrong" "$source"
! changed f || fail "applied to another graph"
grep -aq profile-changed spool || fail "not counted"
# The build's own profile stands, and nothing is counted for it.
rm -f spool again again.counts
$clang -O3 -fprofile-generate -S -o stock.s "$source"
apply_to "$print" 0 "$plan" -fprofile-generate "$source"
! changed f || fail "a profile within another"
grep -aq profile-left-out spool || fail "not counted"
$clang -O3 -fprofile-generate "${load[@]}" -mllvm -autopass-count="$work/again" -S -o again.s "$source"
cmp again.s stock.s && [ ! -e again ] || fail "counters within counters"
