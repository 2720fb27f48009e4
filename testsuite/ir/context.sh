#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan holds in the context it was confirmed in: callees' bodies, level, the user's own options.
. "$(dirname "$0")/common.bash"
make_snapshot=$AUTOPASS_BUILD/testsuite/tools/make-snapshot
cat >x.c <<'END'
static int inner(int x) { return x & 1 ? x / 3 : inner(x - 1); }
static int helper(int x) { return inner(x) + 7; }
int f(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) s += helper(a[i]); return s; }
int unrelated(int x) { return x + 1; }
END
compile() { $clang "$@" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c; }
counted() { tail -c 300 spool | grep -aq "$1" || fail "not counted: $1"; }

stock x.c
evidence x.c
slice=$(echo "$(fingerprint f) $(context f) {\"v\":2,\"params\":{\"unroll-count\":3}}" | $make_snapshot snapshot)
compile -O3
changed f || fail "the plan was not applied in its own context"
counted applied
first=$(context f)

for flags in "-O2" "-O3 -mllvm -slp-threshold=1" "-O3 -fno-PIC"; do
  evidence $flags x.c
  [ "$(context f)" != "$first" ] || fail "same context with $flags"
done
compile -O2
counted context-changed

flags=(-O3)
sed -i 's/x + 1/x + 2/' x.c
evidence x.c
[ "$(context f)" = "$first" ] || fail "unrelated code changed the context"
sed -i 's|x / 3|x / 5|' x.c
evidence x.c
[ "$(context f)" != "$first" ] || fail "a callee's callee changed, the context did not"
