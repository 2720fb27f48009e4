#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Hints that cannot be followed are silent, the user's own pragmas keep their warnings, and no hint
# ever reorders floating-point sums.
. "$(dirname "$0")/common.bash"
hint() { # FILE HINTS
  planned "{\"v\":2,\"loops\":[{\"loop\":0,\"hash\":\"HASH\",$2}]}" "$1" 2>said
}

cat >serial.c <<'END'
int f(int* a, int n) { int s = 1; for (int i = 1; i < n; i++) { s = a[s]; a[i] = a[i - 1] * s; } return s; }
END
for hints in '"vectorize":true' '"width":"8"' '"interleave":4,"unroll":32,"vectorize":true' '"distribute":true'; do
  hint serial.c "$hints"
  [ ! -s said ] || fail "said: $(cat said)"
done

cat >sum.c <<'END'
float f(const float* a, int n) { float s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
END
for hints in '"vectorize":true' '"width":"4"' '"interleave":2,"width":"8"'; do
  hint sum.c "$hints"
  ! grep -q '[^v]addps' planned.s || fail "reordered a sum: $hints"
done
planned '{"v":2,"params":{"force-vector-interleave":2,"force-vector-width":"4"}}' sum.c
! grep -q '[^v]addps' planned.s || fail "reordered a sum by force-vector-width"

sed 's/for (int i = 1/_Pragma("clang loop vectorize(enable)") &/' serial.c >pragma.c
stock pragma.c 2>stock.err
hint pragma.c '"unroll":5' # without the pragma this has an effect: below
grep -q 'loop not vectorized' stock.err || fail "stock clang does not warn"
cmp stock.err said || fail "other warnings for the user's pragma"
! changed f || fail "a hint in a function with pragmas"
hint serial.c '"unroll":5'
stock serial.c
changed f || fail "an ordinary hint has no effect"
planned '{"v":2,"loops":[{"loop":0,"hash":"00112233445566778899aabbccddeeff","unroll":5}]}' serial.c
! changed f || fail "a hint for another loop was taken"

# Nor does any other part of a plan turn what the pragma asks for into a warning, an error with -Werror.
echo 'void f(int* a, const int* b, int n) {
  _Pragma("clang loop vectorize(enable)") for (int i = 0; i < n; i++) a[i] += b[i] * 3;
}' >wish.c
sed 's/_Pragma([^)]*)")//' wish.c >plain.c
for plan in '"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}' '"params":{"force-vector-width":"8","unroll-count":4}' '"attrs":{"minsize":true}'; do
  planned "{\"v\":2,$plan}" plain.c
  stock plain.c
  changed f || fail "without a pragma it has no effect: $plan"
  planned "{\"v\":2,$plan}" -Werror wish.c
  stock wish.c
  ! changed f || fail "against the user's pragma: $plan"
done

# The loop may be one of a function that is inlined.
sed 's/^void f(/static void wish(/' wish.c >callee.c
echo 'void f(int* restrict a, const int* b, int n) { a[n] = 1; wish(a, b, n); }' >>callee.c
for plan in '"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}' '"params":{"force-vector-width":"8","unroll-count":4}' '"attrs":{"minsize":true}'; do
  rm -f spool
  planned "{\"v\":2,$plan}" -Werror callee.c
  stock callee.c
  ! changed f || fail "against the pragma of a callee: $plan"
  grep -aqw loop-pragma spool || fail "not counted: loop-pragma ($plan)"
done
