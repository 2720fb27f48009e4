#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each command leaves one record, which the next fold finds in builds.db; probes leave none.
. "$(dirname "$0")/common.bash"
stores=$AUTOPASS_BUILD/testsuite/e2e/stores
echo 'int f(void) { return 1; }' >a.c
echo 'int f(void); int main(void) { return f() - 1; }' >b.c
cp a.c conftest.c

autopass-clang -c a.c
autopass-clang -c b.c -o b.o
autopass-clang a.o b.o -o linked
autopass-clang a.c b.c -o together
autopass-clang -flto -c a.c -o lto.o
autopass-clang -flto -ffat-lto-objects -c a.c -o fat.o
autopass-clang -c conftest.c
autopass-clang -E a.c >/dev/null
AUTOPASS=off autopass-clang -c a.c -o off.o
AUTOPASS_SPOOL='' autopass-clang -c a.c -o nospool.o
cat >"$work/expected" <<END
compile no-snapshot - $PWD/a.o
compile no-snapshot - $PWD/b.o
link - - $PWD/linked
compile-and-link no-snapshot - $PWD/together
compile no-snapshot - $PWD/lto.o
pass-through lto - $PWD/fat.o
END
"$stores" fold "$XDG_STATE_HOME/autopass/spool" "$work/builds.db" >"$work/jobs"
diff -u "$work/expected" "$work/jobs" || fail "other records"
! compgen -G "$XDG_STATE_HOME/autopass/spool*" || fail "the spool is still there"

# 40 compiles in parallel: 40 records.
seq 40 | xargs -P 8 -I{} autopass-clang -c a.c -o p{}.o
"$stores" fold "$XDG_STATE_HOME/autopass/spool" "$work/builds.db" >"$work/jobs"
[ "$(grep -c "$PWD/p[0-9]*.o" "$work/jobs")" = 40 ] || fail "records lost"
