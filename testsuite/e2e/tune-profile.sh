#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A session counts branches, of all files and of what is inlined, and tries the profile before anything
# else; a project's `never` keeps a function out, and a program that cannot be counted is tuned without.
. "$(dirname "$0")/common.bash"

cat >step.h <<'END'
static inline unsigned step(unsigned x) {
  switch (x & 15) {
  case 0: return x * 3 + 1;
  case 1: case 5: case 9: return x ^ (x >> 7);
  case 14: return x / 3;
  default: return x * 1664525u + 1013904223u;
  }
}
unsigned walk(unsigned x, int n);
END
cat >walk.c <<'END'
#include "step.h"
unsigned walk(unsigned x, int n) {
  unsigned sum = 0;
  while (n-- > 0) {
    x = step(x);
    if (__builtin_expect((x & 255) == 7, 1)) sum ^= x >> 3;
    else sum += x > 1u << 31 ? 3 : x & 1;
  }
  return sum;
}
END
cat >main.c <<'END'
#include "step.h"
#include <stdio.h>
#include <stdlib.h>
int main(int count, char** words) {
  printf("%u\n", walk(step((unsigned)count), atoi(words[1]) * 1000000));
}
END
build() {
  autopass-clang "$@" -O2 -c walk.c && autopass-clang "$@" -O2 -c main.c && autopass-clang "$@" walk.o main.o -o walk
}
tune() { expect_exit 0 autopass tune ./walk --run './walk 40' --budget 25s --json "$@"; }
trials() { # what is said about the proposals, in order
  python3 -c 'import json, sys
for trial in json.load(open(sys.argv[1]))["trials"]: print(trial["hypothesis"])' "$work/out"
}

build
tune
trials >"$work/trials"
head -n 1 "$work/trials" | grep -q '^branch profile of [34] functions' || fail "first: $(head -n 1 "$work/trials")"
grep -q 'branches counted in' "$work/err" || fail "nothing said about counting"

printf 'never = ["walk"]\n' >.autopass.toml
tune --fresh
trials | head -n 1 | grep -q '^branch profile of [23] functions' || fail "never: $(trials | head -n 1)"
rm .autopass.toml

# The build has a profile of its own: that one counts.
printf ':ir\nmain\n0\n1\n1\n' >"$work/own.text"
llvm-profdata-22 merge -o "$work/own" "$work/own.text"
build -fprofile-use="$work/own" -Wno-profile-instr-unprofiled
tune --fresh
! trials | grep -q 'branch profile' || fail "a profile on top of the build's own"
grep -q 'no-counters' "$work/out" || fail "not said why there is no profile"
