#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A static archive with two members of one name: each is found, and the right one is replaced.
. "$(dirname "$0")/replay.bash"

mkdir one two
echo 'int one(int x) { return x * 3 + 1; }' >one/util.c
echo 'int two(int x) { return x * 5 + 2; }' >two/util.c
cat >main.c <<'END'
#include <stdio.h>
int one(int), two(int);
int main(void) { printf("%d %d\n", one(10), two(10)); }
END
for file in one/util two/util main; do
  autopass-clang -O2 -c $file.c -o $file.o
done
for kind in qcs qcsT; do
  rm -f libutil.a
  ar $kind libutil.a two/util.o one/util.o
  autopass-clang main.o -L. -lutil -o prog
  replay prog
  expect_units 3
  replay prog two break:flip-constant
  "$(value binary)" >"$work/broken"
  grep -q '^31 ' "$work/broken" || fail "the other member was replaced: $(cat "$work/broken")"
  grep -q ' 52$' "$work/broken" && fail "the member was not replaced"
done
exit 0
