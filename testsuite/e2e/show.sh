#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What is in force, for people and for programs: a profile is a count for the first, weights for the second.
. "$(dirname "$0")/replay.bash"

echo '#include <stdio.h>
__attribute__((noinline)) int odd(int n) { return n % 3 ? n + 1 : n * 2; }
int main(int count, char **words) { printf("%d\n", odd(count)); }' >main.c
autopass-clang -O2 -c main.c -o main.o && autopass-clang main.o -o prog

counts='{"v":2,"profile":{"cfg":"00000000000000010000000000000002","entry":5,"weights":[[70,41]]}}'
replay prog odd "publish:$counts"
autopass show >"$work/shown"
grep -qx '  odd' "$work/shown" && grep -q '^    plan *profile of 1 branch$' "$work/shown" || fail "profile: $(cat "$work/shown")"
! grep -q 41 "$work/shown" || fail "weights: $(cat "$work/shown")"
autopass show --json | grep -qF '[[70,41]]' || fail "no weights: $(autopass show --json)"

replay prog odd "publish:${counts/{\"v\":2/{\"v\":2,\"attrs\":{\"noinline\":true\}}"
autopass show >"$work/shown"
grep -q '^    plan *attrs noinline=true; profile of 1 branch$' "$work/shown" || fail "both: $(cat "$work/shown")"
