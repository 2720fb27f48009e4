#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Pipelines of a plan on functions that are special in some way: recursive, in a cycle of calls, shared
# between files, throwing; at several levels; with debug information; behind a precompiled header.
. "$(dirname "$0")/common.bash"
body='{ int s = 0; for (int i = 0; i < n; i++) { if (a[i] > K) s += a[i] * K; } return s; }'
replaced='{"v":2,"pipeline":{"simplification":[{"pass":"sroa"},{"pass":"simplifycfg"}],"optimization":[{"pass":"instcombine"}]}}'
inserted='{"v":2,"pipeline":{"insert":[{"at":"cgscc-late","passes":[{"pass":"sroa"},{"pass":"licm"},{"pass":"loop-reduce"}]},{"at":"scalar-late","passes":[{"pass":"loop-unroll","options":{"level":"O3","partial":true,"runtime":true}},{"pass":"loop-reduce"}]},{"at":"vectorizer-start","passes":[{"pass":"loop-unroll"}]}]}}'

check() { # FILE [OPTION ...]
  stock "$@"
  evidence "$@" 2>/dev/null
  for plan in "$replaced" "$inserted"; do
    apply "$plan" "$@"
    changed f || fail "no effect: ${flags[*]} $* $plan"
    ! changed g || fail "the twin changed: $* $plan"
    [[ $(all_changed) != *other* ]] || fail "another function changed: $* $plan"
  done
}

echo "int f(const int* a, int n) ${body//K/3} int g(const int* a, int n) ${body//K/5}" >plain.c
for level in -O2 -Os; do # the rest is at -O3
  flags=("$level")
  check plain.c
done

# The planned function calls itself; calls and is called in a cycle.
flags=(-O3)
cat >calls.c <<END
int other(const int* a, int n) ${body//K/7}
int g(const int* a, int n);
static int helper(const int* a, int n) ${body//K/9}
int f(const int* a, int n) { if (n > 5) return f(a + 1, n / 2) + helper(a, n) * 2; ${body//K/3} }
int g(const int* a, int n) { if (n > 5) return g(a + 1, n / 2) + helper(a, n) * 2; ${body//K/5} }
END
check calls.c
cat >cycle.c <<END
int other(const int* a, int n) ${body//K/7}
int f(const int*, int); int middle(const int*, int); __attribute__((noinline)) int g(const int* a, int n) ${body//K/5}
__attribute__((noinline)) int middle(const int* a, int n) { return n & 1 ? f(a, n - 1) : g(a, n); }
__attribute__((noinline)) int f(const int* a, int n) { if (n > 5) return middle(a + 1, n / 2); ${body//K/3} }
END
check cycle.c

# Inline functions and exceptions in C++; with -g the code is the same.
cat >shared.h <<END
struct Guard { int& left; ~Guard() { left++; } };
extern "C" inline int f(const int* a, int n, int& left) { Guard guard{left}; if (n > 99) throw "no"; ${body//K/3} }
extern "C" inline int g(const int* a, int n, int& left) { Guard guard{left}; if (n > 99) throw "no"; ${body//K/5} }
END
{ echo '#include "shared.h"'; echo 'int (*table[])(const int*, int, int&) = {f, g};'; } >comdat.cpp
flags=(-O2 -std=c++17)
check comdat.cpp
for plan in "$replaced" "$inserted"; do
  slice=$(echo "$(fingerprint f) $plan" | "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
  for debug in "" -g; do
    $clang "${flags[@]}" $debug -c -o stock.o comdat.cpp
    $clang "${flags[@]}" $debug -c -o "with$debug.o" comdat.cpp "${load[@]}" -mllvm -autopass-set="$slice"
    ! cmp -s stock.o "with$debug.o" || fail "no effect in an object: $debug $plan"
    llvm-objcopy-"${LLVM_MAJOR:-22}" -O binary --only-section='.text*' "with$debug.o" "text$debug"
  done
  cmp text text-g || fail "other code with -g: $plan"
done

# Behind a precompiled header.
$clang "${flags[@]}" -x c++-header shared.h -o shared.h.pch
echo 'int (*table[])(const int*, int, int&) = {f, g};' >behind.cpp
check behind.cpp -include-pch shared.h.pch
