#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiled and linked by one command, and a shared library: no object was ever kept.
. "$(dirname "$0")/replay.bash"

echo 'int scale(int x) { return x * 7 + 3; }' >scale.c
cat >main.c <<'END'
#include <stdio.h>
int scale(int);
int main(void) { printf("%d\n", scale(6)); }
END
autopass-clang -O2 -g -Wall -Werror main.c scale.c -o prog -L. -rdynamic -lm
replay prog
expect_units 2
replay prog scale break:flip-constant
[ "$("$(value binary)")" != "$(./prog)" ] || fail "the mutation changed nothing"

autopass-clang -O2 -fPIC -shared scale.c -o libscale.so
autopass-clang -O2 main.c -L. -lscale -o user
replay libscale.so scale break:flip-constant
expect_units 1
[ "$(LD_LIBRARY_PATH=$(dirname "$(value binary)") ./user)" != "$(./prog)" ] ||
  fail "the library that was built is not the broken one"
replay user
expect_units 1
