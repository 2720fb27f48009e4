#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# After a plan was published, the next build has its code and equals the candidate; and that build
# can be replayed too, though its objects are not what stock clang makes.
. "$(dirname "$0")/replay.bash"

cat >main.c <<'END'
#include <stdio.h>
__attribute__((noinline)) long sum(const int *v, int n) {
  long s = 0; for (int i = 0; i < n; ++i) s += v[i] * 3; return s;
}
int main(void) { int v[99]; for (int i = 0; i < 99; ++i) v[i] = i; printf("%ld\n", sum(v, 99)); }
END
build() { autopass-clang -O2 -c main.c -o main.o && autopass-clang main.o -o prog; }
plan='{"v":2,"params":{"unroll-count":2}}'
build
cp prog "$work/stock"
replay prog sum "$plan"
expect code differs
cp "$(value binary)" "$work/candidate"
replay prog sum "discard:$plan"
expect discarded yes
expect baseline-kept yes
expect again same

# A source, or a header, that changes during a session is noticed before anything is published.
replay prog sum "recheck:$plan"
cp main.c "$work/kept.c"
expect_exit 1 env REPLAY_EDIT='sed -i "s/v\[i\] \* 3/v[i] * 4/" main.c' replay-check prog sum "recheck:$plan"
grep -q '^error source-changed' "$work/out" || fail "not source-changed"
cp -p "$work/kept.c" main.c
build
replay prog sum "publish:$plan"
build
cmp prog "$work/candidate" || fail "the build is not what was tried"
autopass explain main.o >"$work/out"
grep -q '^ *2 functions' "$work/out" && grep -q '^ *1 applied' "$work/out" || fail "explain: $(cat "$work/out")"
sed 's/\* 3/* 5/' main.c >other.c
autopass-clang -O2 -c other.c -o other.o
autopass explain other.o | grep -q '^ *2 no-plan: ' || fail "explain: another function"
replay prog sum '{"v":2}'
value note | grep -q 'was built with plans' || fail "no note"
cmp "$(value binary)" "$work/stock" || fail "the baseline is not stock"

# A build that says something else is not wanted, here that a pragma is not followed. In the function itself, and in what it
# names, the plugin sees the pragma and does nothing; but one can come by a table, or be in a caller.
cat >asks.c <<'END'
static inline __attribute__((always_inline)) int inner(const int *v, int n) {
  int s = 0;
#pragma clang loop vectorize(enable)
  for (int i = 0; i < n; ++i) s += v[i];
  return s;
}
static int (*const calls[])(const int *, int) = {inner};
int sum(const int *v, int n) { return calls[0](v, n); }
int main(void) { int v[99] = {1}; return sum(v, 99) - 1; }
END
autopass-clang -O2 -fno-inline -c asks.c -o asks.o && autopass-clang asks.o -o asks
replay asks sum '{"v":2,"attrs":{"align":"64"}}'
expect code differs
without='{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'
expect_exit 1 replay-check asks sum "$without"
grep -q '^error plan-warning' "$work/out" || fail "not plan-warning: $(cat "$work/out")"
cat >asks.c <<'END'
static int part(const int *v, int i) { return v[i] * 3; }
int sum(const int *v, int n) {
  int s = 0;
#pragma clang loop vectorize(enable)
  for (int i = 0; i < n; ++i) s += part(v, i);
  return s;
}
int main(void) { int v[99] = {1}; return sum(v, 99) - 3; }
END
autopass-clang -O2 -c asks.c -o asks.o && autopass-clang asks.o -o asks
expect_exit 1 replay-check asks part '{"v":2,"attrs":{"noinline":true}}'
grep -q '^error compile-said-more' "$work/out" || fail "not compile-said-more: $(cat "$work/out")"

rm -r "$XDG_DATA_HOME" # the plans are gone: no replay can be equal, and the reason is said
expect_exit 1 replay-check prog
grep -q '^error replay-differs' "$work/out" || fail "not replay-differs"
