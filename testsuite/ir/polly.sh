#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The polyhedral optimiser acts on its function, and not on sums as it does by itself: clang 22.1.8 with -mllvm -polly, or
# with a plan that sets no option beside it, prints another sum here.
. "$(dirname "$0")/common.bash"
cat >sums.c <<'END'
#include <stdio.h>
static unsigned table[32][32];
static unsigned long trace[32];
static unsigned short sums[32];
__attribute__((noinline)) void f(int n) {
  for (int row = 29; row >= 2; row--) {
    sums[row - 1] += row;
    for (int low = 28; low >= 2; low--)
      for (int at = n - 1; at >= low; at--)
        if (low < 23)
          sums[at - 2] = low;
  }
  for (int row = 2; row < 30; row++)
    for (int again = 3; again < 30; again++)
      for (int at = 29; at >= 2; at--)
        sums[row] += table[row + 1][at - 1];
  for (int row = n - 1; row >= 3; row--)
    trace[row] = row;
}
int main(int count, char **words) {
  for (int row = 0; row < 32; row++)
    for (int at = 0; at < 32; at++)
      table[row][at] = row * 77 + at * at + (words == 0);
  for (int row = 0; row < 32; row++)
    sums[row] = 7 * row;
  f(count + 29);
  for (int row = 0; row < 32; row++)
    printf("%d %lu\n", sums[row], trace[row]);
}
END
# Of nothing, so that no failure of the program's is taken for a clang without Polly.
if ! $clang -O3 -mllvm -polly -x c -c /dev/null -o none.o 2>said; then
  grep -q "Unknown command line argument '-polly'" said || fail "$(cat said)"
  exit 77
fi
stock sums.c
planned '{"v":2,"pipeline":{"polly":true}}' sums.c
! cmp -s stock.s planned.s || fail "Polly did nothing"
for build in stock planned; do
  $clang $build.s -o $build && ./$build >$build.said
done
cmp stock.said planned.said || fail "another sum"

# Who has set the option has set it for plans, too.
stock sums.c -mllvm -polly-detect-reductions
planned '{"v":2,"pipeline":{"polly":true}}' sums.c -mllvm -polly-detect-reductions
$clang planned.s -o planned && ./planned >planned.said
! cmp -s stock.said planned.said || fail "nothing is shown: without the option the sum is right as well"
