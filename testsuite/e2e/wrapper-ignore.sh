#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sources on the ignore list get no plans, are counted, and sessions leave them alone.
. "$(dirname "$0")/replay.bash"
export AUTOPASS_LOG=$work/log
mkdir third_party
cat >third_party/sum.c <<'C'
long sum(const int *v, int n) { long s = 0; for (int i = 0; i < n; ++i) s += v[i] * 3; return s; }
C
sed 's/sum/total/' third_party/sum.c >total.c
echo 'long sum(int *, int), total(int *, int); int main(void) { int v[9] = {1}; return sum(v, 9) - total(v, 9); }' >main.c
build() {
  for source in main.c total.c third_party/sum.c; do
    autopass-clang -O2 -c $source -o "$(basename $source .c).o"
  done
  autopass-clang main.o total.o sum.o -o prog
}
decision() { grep " $PWD/$1 " "$AUTOPASS_LOG" | tail -1 | cut -d' ' -f1,2; }

echo 'ignore = ["third_party/*"]' >.autopass.toml
build
[ "$(decision sum.o)" = 'compile no-snapshot' ] || fail "the list is read though there are no plans"
replay prog
expect_units 2
expect opaque "$PWD/sum.o"

# The same code twice, one copy of it ignored: one plan, one planned object.
cp sum.o "$work/sum.o"
cp total.o "$work/total.o"
replay prog total 'publish:{"v":2,"params":{"unroll-count":2}}'
build
cmp sum.o "$work/sum.o" || fail "an ignored source was compiled with a plan"
[ "$(decision sum.o)" = 'compile ignored' ] || fail "sum.o: $(decision sum.o)"
case $(decision total.o) in 'compile plans='*) ;; *) fail "total.o: $(decision total.o)" ;; esac
autopass stats -v | grep -q '^ *1  ignored: ' || fail "not counted"
autopass stale | grep -q sum.o && fail "an ignored source is stale"
! cmp -s total.o "$work/total.o" || fail "the other one was not"

>.autopass.toml # the scope is still the folder's name

# The user's own list; the absolute path fits, too.
autopass config ignore='no-such:*/total.c'
build
[ "$(decision total.o)" = 'compile ignored' ] || fail "total.o by configuration: $(decision total.o)"
AUTOPASS_IGNORE='main.*' build
[ "$(decision main.o)" = 'compile ignored' ] || fail "main.o by variable: $(decision main.o)"
[ "$(decision total.o)" != 'compile ignored' ] || fail "the variable is not stronger"

# Recorded before it was ignored: a session still leaves it alone.
autopass undo prog >/dev/null
autopass config ignore=
build
echo 'ignore = "sum.c"' >.autopass.toml
replay prog
expect opaque "$PWD/sum.o"
