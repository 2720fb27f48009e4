#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# C++: one inline function in two files has one fingerprint; both units are compiled again, so that
# it does not matter whose copy the linker takes.
. "$(dirname "$0")/replay.bash"

cat >twice.h <<'END'
#include <cstdio>
__attribute__((noinline)) inline int twice(int x) { return x * 2 + 11; }
END
echo '#include "twice.h"
int other(int x) { return twice(x + 1); }' >other.cpp
echo '#include "twice.h"
int other(int); int main() { std::printf("%d %d\n", twice(1), other(1)); }' >main.cpp
autopass-clang++ -O2 -ffunction-sections -c other.cpp
autopass-clang++ -O2 -ffunction-sections -c main.cpp
for order in "main.o other.o" "other.o main.o"; do
  autopass-clang++ $order -Wl,--gc-sections -o prog
  replay prog _Z5twicei break:flip-constant
  expect_units 2
  [ "$(find "$REPLAY_SCRATCH/broken" -name '*.o' | wc -l)" = 2 ] || fail "not both units were compiled again"
  read -r first second <<<"$("$(value binary)")"
  [ "$first" != 13 ] && [ "$second" != 15 ] || fail "a stock copy is still in use: $first $second"
done
