#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each mutation changes what the function does; where it has no place, the object is stock clang's.
. "$(dirname "$0")/common.bash"
cat >x.c <<'END'
int f(int* a, int n) {
  int s = 1, seen = 0; // the counter's 1 comes first, and is the last to be flipped
  for (int i = 0; i < n; i++) { seen++; s += a[i] * 3; a[i] = 5; }
  return s + (seen > n);
}
END
cat >main.c <<'END'
#include <stdio.h>
int f(int*, int);
int main(void) { int a[4] = {1, 2, 3, 4}; int s = f(a, 4); printf("%d %d\n", s, a[2]); }
END
cat >none.c <<'END'
int f(int* a) { return *a; }
__attribute__((noreturn)) void g(void) { for (;;); }
unsigned shifts(unsigned x) { return x >> 31; }
double large(double x) { return x * 1e300; }
END
broken() { # MUTATION FUNCTION FILE
  evidence "$3"
  $clang -O3 -c "$3" -o broken.o "${load[@]}" -mllvm "-autopass-break=$(fingerprint "$2"):$1"
}
expect() { # MUTATION OUTPUT
  broken "$1" f x.c
  $clang main.c broken.o -o program
  [ "$(./program 2>/dev/null || true)" = "$2" ] || fail "$1 gives '$(./program)', not '$2'"
}
$clang -O3 x.c main.c -o program
[ "$(./program)" = "31 5" ] || fail "the original"
expect return-early "0 3"
expect flip-constant "41 5"
expect drop-store "31 3"
expect trap ""

$clang -O3 -c none.c -o stock.o
for nothing in "flip-constant f" "drop-store f" "return-early g" "made-up f" "flip-constant shifts" "flip-constant large"; do
  broken $nothing none.c
  cmp stock.o broken.o || fail "$nothing should have found nothing"
done
