#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A session counts branches, of all files and of what is inlined, and tries the profile before anything
# else; a project's `never` keeps a function out.
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
autopass-clang -O2 -c walk.c && autopass-clang -O2 -c main.c && autopass-clang walk.o main.o -o walk
printf 'never = ["main"]\n' >.autopass.toml

# A machine with other work needs more time for a session at all, and to get as far as the first trial.
first=
for budget in 10 20 40 80; do
  code=0
  autopass tune ./walk --run './walk 80' --fresh --budget ${budget}s --json >"$work/out" 2>"$work/err" </dev/null || code=$?
  [ "$code" = 0 ] || grep -qE 'a session takes|when the machine has less' "$work/out" "$work/err" || fail "exit code $code: $(cat "$work/err")"
  [ "$code" = 0 ] || continue
  first=$(python3 -c 'import json, sys
print(next(iter(json.load(open(sys.argv[1]))["trials"]), {}).get("hypothesis", ""))' "$work/out")
  [ -z "$first" ] || break
done
grep -q 'branches counted in 2 functions' "$work/err" || fail "counting: $(cat "$work/err")"
[ -z "$(find "$work" -name '*.counts')" ] || fail "counters are left behind: $(find "$work" -name '*.counts')"
[[ $first = "branch profile of 2 functions"* ]] || fail "first: $first: $(cat "$work/out" "$work/err")"
