#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan under which the compiler takes many times as long: bisect finds the element, in plans by hand and in what is
# published; it goes on the deny list, the rest is what verify leaves, and undo --denied takes it off the list.
. "$(dirname "$0")/replay.bash"

cat >main.c <<'END'
#include <stdio.h>
__attribute__((noinline)) unsigned grind(unsigned *v, unsigned s) {
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 40; ++j)
      for (int k = 0; k < 40; ++k) {
END
# Enough of it for a compile that is not mostly start-up.
for n in $(seq 24); do
  echo "        if (v[(i * j + k + $n) & 63] & $n) s = (s ^ v[(i + k * j) & 63]) * 31 + k; else v[s & 63] += s >> $((n % 7));"
done >>main.c
cat >>main.c <<'END'
      }
  return s;
}
int main(void) {
  static unsigned v[64];
  unsigned s = 0;
  for (unsigned i = 0; i < 64; ++i) v[i] = i * 7 + 1;
  for (int again = 0; again < 25; ++again) s += grind(v, again);
  printf("%u\n", s);
}
END
autopass-clang -O2 -c main.c -o main.o && autopass-clang main.o -o prog

slow='"params":{"unroll-count":32,"unroll-allow-remainder":true}'
rest='"attrs":{"noinline":true},"codegen":{"machine-cse":false}'
# expect_denied VERDICT: what the report in $work/out says.
expect_denied() {
  python3 - "$work/out" "$1" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["verdict"] == sys.argv[2], report
[denial] = report["denied"]
assert denial["elements"] == ["params unroll-count=32"] and denial["functions"] == ["grind"], denial
assert denial["reason"] == "plan-timeout", denial
END
}
echo '{"functions":{"grind":{'"$slow,$rest"'}}}' >plans.json
expect_exit 1 autopass bisect prog --run ./prog --sandbox off --plan plans.json --json
expect_denied wrong
autopass show | grep -q '^  grind: params unroll-count=32$' || fail "not shown: $(autopass show)"
expect_exit 0 autopass undo --denied prog
grep -q '^1 entry of the deny list' "$work/out" || fail "$(cat "$work/out")"
! autopass show | grep -q denied || fail "still denied: $(autopass show)"
expect_exit 1 autopass undo --denied prog
