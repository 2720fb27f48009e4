#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Plans found with one LLVM act for that one alone, whichever clang a build takes.
. "$(dirname "$0")/common.bash"
stores=$AUTOPASS_BUILD/testsuite/e2e/stores libraries=$AUTOPASS_BUILD/lib/autopass
[ -e "$libraries/autopass-pass-19.so" ] && command -v clang-19 >/dev/null || exit 77
export AUTOPASS_LOG=$work/log
echo 'int f(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i] * a[s & 7]; return s; }' >a.c
echo 'int g(int x) { return x + 1; }' >b.c

declare -A slice
publish() { # MAJOR
  local plugin=$libraries/autopass-pass-$1.so
  clang-$1 -O2 -c a.c -o "theirs$1.o" -fplugin="$plugin" -fpass-plugin="$plugin" \
    -mllvm -autopass-evidence="$work/evidence"
  clang-$1 -O2 -c a.c -o stock.o
  cmp stock.o "theirs$1.o" || fail "evidence changes the object of clang-$1"
  slice[$1]=$("$stores" publish "" mycpu "$(command -v clang-$1)" "$1" \
    "$(sed -n 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/p' "$work/evidence")" \
    "{\"v\":2,\"params\":{\"unroll-count\":3},\"codegen\":{\"pre-RA-sched\":\"list-burr\"}}")
}
# decided MAJOR WORD PROGRAM...: by which compiler, and how
decided() {
  : >"$AUTOPASS_LOG"
  expect_exit 0 "${@:3}" -O2 -c a.c -o ours.o
  grep -q "^compile $2 .*/clang-$1\$" "$AUTOPASS_LOG" || fail "clang-$1, $2: $(cat "$AUTOPASS_LOG")"
}

publish 19
decided 22 compiler-unknown autopass-clang
clang-22 -O2 -c a.c -o theirs22.o
cmp ours.o theirs22.o || fail "plans for 19 changed an object of clang-22"
expect_exit 0 autopass doctor
decided 22 scope-not-found autopass-clang
decided 19 "plans=${slice[19]}" env AUTOPASS_CLANG=clang-19 autopass-clang
! cmp -s ours.o theirs19.o || fail "the plan for 19 did nothing"

publish 22
decided 22 "plans=${slice[22]}" autopass-clang
! cmp -s ours.o theirs22.o || fail "the plan for 22 did nothing"
decided 19 "plans=${slice[19]}" env AUTOPASS_CLANG=clang-19 autopass-clang
AUTOPASS_CLANG=clang-19 autopass-clang -O2 -c b.c -o ours.o && clang-19 -O2 -c b.c -o stock.o
cmp ours.o stock.o || fail "an object without plans is not clang-19's"

# With a plugin for 19 alone, clang-19 is the newest that plans could act with.
mkdir "$work/lib" && ln -s "$libraries/autopass-pass-19.so" "$work/lib/"
decided 19 "plans=${slice[19]}" env AUTOPASS_LIBDIR="$work/lib" autopass-clang
autopass stats -v >"$work/out"
grep -qE '^ +4  plans applied' "$work/out" || fail "plans applied: $(cat "$work/out")"
