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
# How often functions call each other is not for the linker, which would order them by it, all of them.
slice=$(echo "$print $plan" | "$tools/make-snapshot" snapshot)
$clang -O3 -c -o planned.o "${load[@]}" -mllvm -autopass-set="$slice" "$source"
! llvm-readelf-${LLVM_MAJOR:-22} -SW planned.o | grep -q call-graph-profile || fail "the object tells the linker of calls"
# What is written, with every optional pass left out.
slice=$(echo "$print $plan" | "$tools/make-snapshot" snapshot)
$clang -O3 -S -emit-llvm -mllvm -opt-bisect-limit=0 -o planned.ll "${load[@]}" -mllvm -autopass-set="$slice" \
  -mllvm -print-before=always-inline -mllvm -print-module-scope "$source" 2>said ||
  fail "$(cat said)"
! grep '^define' planned.ll | grep '!prof' || fail "an entry count behind the pipeline"
mv said planned.ll # as the first pass behind ours saw it
for name in f g; do sed -n "/^define.*@$name(/,/^}/p" planned.ll >in_$name; done
grep -q 'llvm.expect' in_g || fail "no guess in g"
! grep -q 'llvm.expect' in_f || fail "the author's guess stands against what was measured"
! grep -q '!prof' in_g || fail "weights in a function without a plan"
[ "$(grep -c '!prof' in_f)" = 5 ] || fail "not an entry count, three branches and a select: $(grep '!prof' in_f)"
for weights in 'i32 128, i32 2' 'i32 2, i32 126' 'i32 48, i32 16, i32 16, i32 16, i32 16, i32 16' 'i32 74, i32 54'; do
  grep -q "branch_weights\", $weights}" planned.ll || fail "not there: $weights: $(grep branch_weights planned.ll)"
done
grep -q '"function_entry_count", i64 2}' planned.ll || fail "no entry count"
! grep -q ProfileSummary planned.ll || fail "the module was given a profile summary"

# Another graph than the one that was counted: refused as a whole, and counted.
rm -f spool
wrong=$(sed 's/"cfg":"./"cfg":"x/; s/"cfg":"x/"cfg":"'"$(tr 0-9a-f 1-9a-f0 <<<"${plan#*cfg\":\"}" | cut -c1)"'/' <<<"$plan")
apply_to "$print" 0 "$wrong" "$source"
cmp planned.s stock.s || fail "applied to another graph"
grep -aq profile-changed spool || fail "not counted"
# The build's own profile stands, and nothing is counted for it.
rm -f spool again again.counts
echo 'other:10:1' >samples
flags=(-O3 -fprofile-sample-use=samples -Wno-profile-instr-unprofiled -Wno-backend-plugin)
stock "$source"
planned "$plan" "$source"
[ -z "$(all_changed)" ] || fail "a profile within another"
grep -aq profile-left-out spool || fail "not counted"
# Whether ours would fit is no question then, and the rest of the plan acts.
rm -f spool
apply_to "$print" 0 "${wrong%\}},\"params\":{\"force-vector-interleave\":1},\"attrs\":{\"align\":\"64\"}}" "$source"
changed f || fail "a profile that is left out takes the rest of its plan along"
grep -aq profile-left-out spool && ! grep -aq profile-changed spool || fail "not counted"
for own in -fprofile-sample-use=samples -fprofile-generate; do
  $clang -O3 $own -S -o stock.s "$source" 2>/dev/null
  $clang -O3 $own "${load[@]}" -mllvm -autopass-count="$work/again" -S -o again.s "$source" 2>/dev/null
  cmp again.s stock.s && [ ! -e again ] || fail "counters within counters"
done
