#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A claim measured again: what makes the program wrong is left out and the rest stays where it holds, one that
# changes nothing goes, unless it is to be kept.
. "$(dirname "$0")/replay.bash"

cat >main.c <<'END'
#include <stdio.h>
__attribute__((noinline)) unsigned sum(const unsigned *v, int n) {
  unsigned s = 0;
  for (int i = 0; i < 8; ++i) s = (s ^ v[i]) * 31 + (__builtin_constant_p(i) ? 1 : 2); // whether this is unrolled early can be seen
  for (int i = 0; i < n; ++i) s += v[i] * v[i] ^ i;
  return s;
}
int main(void) {
  static unsigned v[4096];
  unsigned s = 0;
  for (unsigned i = 0; i < 4096; ++i) v[i] = i * 7 + 1;
  for (int again = 0; again < 60000; ++again) s += sum(v, 4096 - (again & 3));
  printf("%u\n", s);
}
END
build() { autopass-clang -O2 -fno-vectorize -c main.c -o main.o && autopass-clang main.o -o prog; }
# asked VERDICT EXIT_CODE PLANS_LEFT OPTION...: what verify says, and what is in force afterwards.
asked() {
  expect_exit "$2" autopass verify prog --run ./prog --json "${@:4}"
  cp "$work/out" "$work/report"
  grep -q "\"verdict\":\"$1\"" "$work/report" || fail "not \"$1\": $(cat "$work/report")"
  [ "$(autopass show --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["plans"]))')" = "$3" ] || fail "plans: $(autopass show)"
}
# claim PLAN: what is in force claims something else from now on.
claim() {
  python3 - "$XDG_DATA_HOME/autopass/plans.db" "$1" <<'END'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as store:
    assert store.execute("UPDATE plan SET plan = ?", sys.argv[2:]).rowcount == 1
END
}

build
replay prog sum 'publish:{"v":2,"pipeline":{"skip":[{"pass":"LoopFullUnrollPass"}],"insert":[{"at":"scalar-late","passes":[{"pass":"loop-vectorize"}]}]}}'
build # with its plan now
asked 'holds in part' 1 1
python3 - "$work/report" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert [denial["elements"] for denial in report["denied"]] == [["skip LoopFullUnrollPass"]], report
END
build
asked holds 0 1
python3 - "$work/report" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["published"] and report["speedup"]["low"] > 1, report
runs = sum(len(one["a"]) for one in report["samples"] if one["comparison"] == report["confirmed_by"])
assert runs == report["speedup"]["pairs"], (report["samples"], report["speedup"])
assert [function["name"] for function in report["functions"]] == ["sum"], report
END

claim '{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'
asked 'no longer holds' 1 1 --keep
asked 'no longer holds' 1 0
grep -q 'has the same code as without' "$work/report" || fail "why: $(cat "$work/report")"
build
clang-22 -O2 -fno-vectorize -c main.c -o stock.o && cmp main.o stock.o || fail "the withdrawn plan acts"
asked 'nothing to verify' 0 0
