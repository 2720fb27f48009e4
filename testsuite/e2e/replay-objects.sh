#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Plain objects, debug information, dependency files: the baseline is equal, a plan for one function
# changes its code and nothing that is printed, a mutation is seen.
. "$(dirname "$0")/replay.bash"

cat >sum.c <<'END'
long sum(const int *v, int n) { long s = 0; for (int i = 0; i < n; ++i) s += v[i] * 3; return s; }
END
cat >main.c <<'END'
#include <stdio.h>
long sum(const int *, int);
int main(void) { int v[999]; for (int i = 0; i < 999; ++i) v[i] = i; printf("%ld\n", sum(v, 999)); }
END
for file in sum main; do
  autopass-clang -O2 -g -MD -MF $file.d -c $file.c -o $file.o
done
autopass-clang -g main.o sum.o -o prog -Wl,-Map=prog.map

replay prog
expect_units 2
replay prog sum '{"v":2}'
expect code same
replay prog sum '{"v":2,"params":{"unroll-count":2},"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'
expect code differs
[ "$("$(value binary)")" = "$(./prog)" ] || fail "the plan changed the output"
replay prog sum break:flip-constant
expect code differs
[ "$("$(value binary)")" != "$(./prog)" ] || fail "the mutation changed nothing"
