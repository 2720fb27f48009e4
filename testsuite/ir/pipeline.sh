#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Passes that the default pipeline lacks: they act on the planned function, not on its twin, the
# result stays what it was, and a function that Polly works on stays out of line.
. "$(dirname "$0")/common.bash"
cat >x.c <<'END'
#include <stdio.h>
enum { n = 60 };
static double a[n][n], b[n][n], c[n][n];
#define NEST(name, constant)                                                                       \
  static void name(void) {                                                                         \
    for (int i = 0; i < n; i++)                                                                    \
      for (int j = 0; j < n; j++)                                                                  \
        for (int k = 0; k < n; k++)                                                                \
          c[i][j] += a[i][k] * b[k][j] * constant;                                                 \
  }
NEST(f, 3)
NEST(g, 5)
int main(void) {
  for (int i = 0; i < n * n; i++)
    (&a[0][0])[i] = i % 7, (&b[0][0])[i] = i % 5;
  f(), g();
  printf("%g %g\n", c[1][2], c[59][58]);
}
END
cat >y.c <<'END'
#include <stdio.h>
#define MACHINE(name, constant)                                                                    \
  __attribute__((noinline)) unsigned name(unsigned seed, int steps) {                              \
    unsigned state = 0, sum = 0;                                                                   \
    for (int i = 0; i < steps; i++) {                                                              \
      seed = seed * 1103515245u + constant;                                                        \
      switch (state) {                                                                             \
      case 0: sum += 7 ^ seed; state = 2; break;                                                   \
      case 1: sum *= 3; state = 0; break;                                                          \
      case 2: sum ^= seed; state = seed & 4096 ? 1 : 3; break;                                     \
      case 3: sum -= 11; state = 0; break;                                                         \
      }                                                                                            \
    }                                                                                              \
    return sum;                                                                                    \
  }
MACHINE(f, 12345u)
MACHINE(g, 54321u)
int main(void) { printf("%u %u\n", f(1, 1000), g(1, 1000)); }
END

# FILE, the plan: the planned function changes, its twin does not, the program prints the same.
check() {
  stock "$1"
  planned "$2" "$1"
  changed f || [ -z "$(code stock.s f)" ] || fail "no effect: $2"
  ! changed g || fail "the twin changed: $2"
  for which in stock planned; do clang-22 $which.s -o $which; done
  [ "$(./stock)" = "$(./planned)" ] || fail "$2: $(./planned) instead of $(./stock)"
}

check x.c '{"v":1,"pipeline":{"polly":true}}'
[ -z "$(code stock.s f)" ] || fail "f was expected to be inlined by stock clang"
code planned.s f >polly.s
planned '{"v":1,"attrs":{"noinline":true}}' x.c
! cmp -s polly.s <(code planned.s f) || fail "the same code as of noinline alone"
check y.c '{"v":1,"pipeline":{"dfa-jump-threading":true}}'
