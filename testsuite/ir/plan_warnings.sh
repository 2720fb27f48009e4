#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The words of a compile are stock clang's: what a plan may be behind is not said, but begins the compile again. What is
# said of functions without a plan, and remarks, cost nobody his plans.
. "$(dirname "$0")/common.bash"
cat >x.c <<'END'
extern void forbidden(void) __attribute__((warning("not for large n")));
extern void fill(char*);
static int check(int n, int m) { if (n > m) forbidden(); return n * 3; }
int f(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return check(s, s); }
int frame(int n) { char b[600]; fill(b); fill(b + n); fill(b + 2 * n); fill(b + 3 * n); fill(b + 4 * n); fill(b + 5 * n); fill(b + 6 * n); fill(b + 7 * n); fill(b + 8 * n); return b[n]; }
int g(int* a, int n) { char b[600]; fill(b); for (int i = 0; i < n; i++) b[i & 511] += a[i]; return b[n & 511] + frame(n); }
static int large(char* b, int n) { fill(b); fill(b + n); fill(b + 2 * n); fill(b + 3 * n); fill(b + 4 * n); fill(b + 5 * n); fill(b + 6 * n); fill(b + 7 * n); fill(b + 8 * n); fill(b + 9 * n); fill(b + 10 * n); return b[n]; }
static int between(int n) { char b[600]; fill(b); return large(b, n) + b[n]; }
int first(int n) { char b[600]; fill(b); return between(n) + b[n]; }
int second(int n) { char b[600]; fill(b); return between(n) * b[n]; }
static int marked(int n) { char b[8]; __asm__ volatile("mark: nop"); fill(b + 0 * n); fill(b + 1 * n); fill(b + 2 * n); fill(b + 3 * n); fill(b + 4 * n); fill(b + 5 * n); fill(b + 6 * n); fill(b + 7 * n); fill(b + 8 * n); fill(b + 9 * n); fill(b + 10 * n); fill(b + 11 * n); return b[1]; }
int left(int n) { return marked(n) + 1; }
int right(int n) { return marked(n) + 2; }
static inline __attribute__((always_inline)) int asks(const int* v, int n) {
  int s = 0;
#pragma clang loop vectorize(enable)
  for (int i = 0; i < n; ++i) s += v[i];
  return s;
}
static int (*const calls[])(const int*, int) = {asks};
int sum(const int* v, int n) { return calls[0](v, n); }
int h(int* a, int n) { char b[4000]; fill(b); return b[a[n] & 511]; }
END
with() { # WORD...: from here on; they are part of what a function is
  flags=(-O2 "$@")
  evidence x.c 2>/dev/null || fail "stock clang has an error"
}
# FUNCTION CALL CALLEE INLINE
call() { echo "$(fingerprint "$1") {\"v\":2,\"calls\":[{\"call\":$2,\"callee\":\"$(fingerprint "$3")\",\"inline\":$4}]}"; }
harmless() { echo "$(fingerprint "$1") {\"v\":2,\"params\":{\"gvn-max-num-deps\":101}}"; }

slice_of() { "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot <<<"$1"; }
compile() { # SLICE FORM WORD...: with the slice's plan: exit code, words, object
  local code=0
  rm -f spool x.o
  $clang "${flags[@]}" -c x.c -o x.o "${load[@]}" -mllvm "-autopass-set=$1" "${@:3}" 2>said || code=$?
  echo "$code" >>said
  cmp said stock.said && cmp x.o stock.o || fail "$2: said $(cat said), stock clang $(cat stock.said)"
}
as_stock() { # WHAT REASON PLAN WORD...
  local slice code=0
  $clang "${flags[@]}" -c x.c -o stock.o "${@:4}" 2>stock.said || code=$?
  echo "$code" >>stock.said
  slice=$(slice_of "$3")
  compile "$slice" "$1" "${@:4}"
  grep -aqw "$2" spool || fail "$1: no $2 was counted"
}
with -Wframe-larger-than=1000
as_stock "a call that stock clang removes" plan-warning "$(call f 0 check false)"
as_stock "a larger frame" plan-warning "$(call g 1 frame true)"
as_stock "a larger frame of what inlines the function" plan-warning "$(call between 1 large false)"
as_stock "a pragma that nobody has seen" plan-warning "$(fingerprint sum) {\"v\":2,\"pipeline\":{\"skip\":[{\"pass\":\"LoopVectorizePass\"}]}}"
as_stock "a label twice" plan-error "$(call left 0 marked true)"
# What the user has switched off nobody says.
with
rm -f spool
$clang "${flags[@]}" -w -c x.c -o x.o "${load[@]}" -mllvm "-autopass-set=$(slice_of "$(call f 0 check false)")" >said 2>&1
grep -aqw applied spool && [ ! -s said ] || fail "switched off: $(cat said)"

sed -i 's/warning("not/error("not/' x.c
with -Wframe-larger-than=1000
as_stock "a call that is an error" plan-error "$(call f 0 check false)"
as_stock "the warning of a function without a plan" applied "$(harmless f)"
with -Wframe-larger-than=500
as_stock "a frame that is no larger" plan-warning "$(harmless g)"
with
as_stock "no word" applied "$(harmless g)"
# What has kept a call in bitcode no link takes back.
[ "$clang" = clang-22 ] || exit 0 # LLVM 19 gets no plans with LTO
for lto in -flto -flto=thin; do
  as_stock "$lto" lto-diagnostics "$(call f 0 check false)" $lto
  as_stock "$lto, a label" lto-diagnostics "$(call left 0 marked true)" $lto
  $clang "${flags[@]}" -c x.c -o x.o $lto "${load[@]}" -mllvm "-autopass-set=$(slice_of "$(harmless g)")" 2>said
  grep -aqw applied spool && [ ! -s said ] || fail "$lto, a function without such a call: $(cat said)"
done
with -Wframe-larger-than=5000
as_stock "a limit on frames" lto-diagnostics "$(harmless g)" -flto=thin
