#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan belongs to a function's content: it follows the copies of an inline function into every file
# and the versions that the compiler makes of a function, and reaches what is inlined into it.
. "$(dirname "$0")/common.bash"
make_snapshot=$AUTOPASS_BUILD/testsuite/tools/make-snapshot
flags=(-O2)
plan_for() { slice=$(echo "$(fingerprint "$1") $2" | $make_snapshot snapshot); }
compile() { $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" "$@"; }
loop='{ int s = 0; for (int i = 0; i < n; i++) s += a[i] * 3; return s; }'
unrolled='{"v":2,"params":{"unroll-count":3}}'

# An inline function of a header, in two files: one plan, both copies (linkonce, in a comdat).
echo "extern \"C\" inline int f(const int* a, int n) $loop" >shared.h
printf '#include "shared.h"\nint (*one)(const int*, int) = f;\n' >one.cpp
{ printf 'struct more { long x; };\nlong before(more* m) { return m->x; }\n'
  printf '#include "shared.h"\nint (*two)(const int*, int) = f;\n'; } >two.cpp
evidence one.cpp
plan_for f "$unrolled"
for file in one two; do
  stock $file.cpp
  compile $file.cpp
  changed f || fail "the copy in $file.cpp has no plan"
done

# What is inlined into the planned function is tuned as part of it, and not elsewhere.
cat >inlined.c <<END
static inline int sum(const int* a, int n) $loop
int f(const int* a, int n) { return sum(a, n) + 1; }
int g(const int* a, int n) { return sum(a, n) + 2; }
END
stock inlined.c
planned "$unrolled" inlined.c
changed f || fail "the loop of an inlined callee has no plan"
! changed g || fail "another function has it, too"

# A function that is inlined everywhere takes its plan with it into nothing; its plan can keep it.
cat >away.c <<END
static int f(const int* a, int n) $loop
int g(const int* a, int n) { return f(a, n) + 2; }
END
stock away.c
! grep -q '^f:' stock.s || fail "it is not inlined without a plan"
planned "${unrolled%\}},\"attrs\":{\"noinline\":true}}" away.c
grep -q '^f:' planned.s || fail "noinline did not keep it out of line"

# A version for constant arguments has the plan of the original.
cat >clones.c <<'END'
__attribute__((noinline)) static int f(const int* a, int n, int kind) {
  int s = 0;
  for (int i = 0; i < n; i++) s += kind ? a[i] * 3 : a[i] / 5;
  return s;
}
int g(const int* a, int n) { return f(a, n, 1) + f(a, n + 1, 1); }
END
stock clones.c
planned "$unrolled" clones.c
[[ $(all_changed) = *" f"* ]] || fail "the version of it has no plan:$(all_changed)"
