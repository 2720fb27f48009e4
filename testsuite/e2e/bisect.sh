#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# An output that hangs on whether a loop is unrolled early: the element of the plan that changes it is named and on the
# deny list, and a later session leaves it out.
. "$(dirname "$0")/replay.bash"

cat >main.c <<'END'
#include <stdio.h>
__attribute__((noinline)) unsigned sum(const unsigned *v) {
  unsigned s = 0;
  for (int i = 0; i < 8; ++i) s = (s ^ v[i]) * 31 + (__builtin_constant_p(i) ? 1 : 2);
  return s;
}
int main(void) {
  static unsigned v[64];
  unsigned s = 0;
  for (unsigned i = 0; i < 64; ++i) v[i] = i * 7 + 1;
  for (int again = 0; again < 22000000; ++again) s += sum(v + (again & 31));
  printf("%u\n", s);
}
END
autopass-clang -O2 -c main.c -o main.o && autopass-clang main.o -o prog

bad='"skip":[{"pass":"LoopFullUnrollPass"}]'
good='"params":{"two-entry-phi-node-folding-threshold":0},"attrs":{"noinline":true},"codegen":{"x86-cmov-converter":false}'
replay prog sum "publish:{\"v\":2,\"pipeline\":{$bad},$good}"
expect_exit 1 autopass bisect prog --run ./prog --sandbox off --keep --json
cp "$work/out" "$work/report"
python3 - "$work/report" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["verdict"] == "no longer holds" and report["published"], report
[denial] = report["denied"]
assert denial["elements"] == ["skip LoopFullUnrollPass"] and denial["functions"] == ["sum"], denial
assert denial["reason"] == "wrong-output", denial
END
autopass show | grep -q '^  sum: skip LoopFullUnrollPass$' || fail "not shown: $(autopass show)"
autopass show --json | grep -q '"denied":\[{' || fail "no JSON: $(autopass show --json)"

# A session does not even build it, withdraws it and goes on with the rest.
tune_patiently 18 prog --run ./prog --sandbox off --trust-unseen --json
cp "$work/out" "$work/report"
python3 - "$work/report" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["rejected"].get("denied", 0) >= 1 and report["rejected"].get("withdrawn") == 1, report["rejected"]
# Other levers keep the loop as well, and a fast machine gets to them: they are denied then, this one not again.
assert not any(denial["elements"] == ["skip LoopFullUnrollPass"] for denial in report["denied"]), report
END
