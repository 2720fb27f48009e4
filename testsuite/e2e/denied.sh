#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan under which the compiler takes many times as long: bisect finds the elements that do it together, they go
# on the deny list, and undo --denied takes them off. Which loops they are about is left out, as a person may.
. "$(dirname "$0")/replay.bash"

{
  echo '#include <stdio.h>'
  echo '__attribute__((noinline)) unsigned grind(unsigned *v, unsigned s) {'
  for nest in 1 2 3 4; do
    echo '  for (int i = 0; i < 40; ++i) for (int j = 0; j < 40; ++j) for (int k = 0; k < 40; ++k) {'
    for n in 1 2 3 4; do
      echo "    if (v[(i * j + k + $n) & 63] & $nest) s = (s ^ v[(i + k * j) & 63]) * 31 + k; else v[s & 63] += s >> $n;"
    done
    echo '  }'
  done
  echo '  return s;'
  echo '}'
  cat <<'END'
int main(void) {
  static unsigned v[64];
  unsigned s = 0;
  for (unsigned i = 0; i < 64; ++i) v[i] = i * 7 + 1;
  for (int again = 0; again < 60; ++again) s += grind(v, again);
  printf("%u\n", s);
}
END
} >main.c
autopass-clang -O2 -c main.c -o main.o && autopass-clang main.o -o prog

plan='"loops":[{"loop":1,"unroll":20},{"loop":2,"unroll":20}],"attrs":{"noinline":true},"codegen":{"machine-cse":false}'
echo '{"functions":{"grind":{'"$plan"'},"grin":{"attrs":{"noinline":true}}}}' >plans.json
expect_exit 1 autopass bisect prog --run ./prog --sandbox off --plan plans.json --json
python3 - "$work/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["verdict"] == "wrong", report
assert "not looked at: there is no function grin in this program" in report["notes"], report["notes"]
[denial] = report["denied"]
assert denial["reason"] == "plan-timeout" and denial["functions"] == ["grind"], denial
assert denial["elements"] == ["loops 1 unroll=20", "loops 2 unroll=20"], denial
END
autopass show | grep -q '^  grind: loops 1 unroll=20, loops 2 unroll=20$' || fail "not shown: $(autopass show)"
expect_exit 0 autopass undo --denied prog
grep -q '^1 entry of the deny list' "$work/out" || fail "$(cat "$work/out")"
! autopass show | grep -q denied || fail "still denied: $(autopass show)"
expect_exit 1 autopass undo --denied prog
echo '{"functions":{"grind":{"loops":[{"loop":77,"unroll":2}]}}}' >plans.json
expect_exit 1 autopass bisect prog --run ./prog --sandbox off --plan plans.json
grep -q 'there is no loop 77 in grind' "$work/err" || fail "not said: $(cat "$work/err")"
echo '{"functions":{"grin":{"attrs":{"noinline":true}}}}' >plans.json
expect_exit 1 autopass bisect prog --run ./prog --sandbox off --plan plans.json
grep -q 'no function of plans.json is in this program' "$work/err" || fail "not said: $(cat "$work/err")"
