#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What changes a function's context alone: callees' bodies, level, the user's own options, a profile.
# A plan holds in the context that it was confirmed in.
. "$(dirname "$0")/common.bash"
. "$(dirname "$0")/properties.bash"
make_snapshot=$AUTOPASS_BUILD/testsuite/tools/make-snapshot

cat >original.c <<'EOF'
static int inner(int x) { return x & 1 ? x / 3 : inner(x - 1); }
static int helper(int x) { return inner(x) + 7; }
__attribute__((noinline)) static int apart(int x) { return x * 3; }
static int pointed(int x) { return x - 4; }
static int given(int x) { return x - 6; }
static int indirectly(int (*call)(int), int x) { return call(x) * 11; }
static int never(int x) { return x - 8; }
int (*table[])(int) = {never};
extern int outside(int);
int f(int* a, int n) {
  int (*volatile call)(int) = pointed;
  int s = outside(n);
  for (int i = 0; i < n; i++) s += helper(a[i]) + apart(s);
  return call(s) + indirectly(given, s);
}
int unrelated(int x) { return x + 1; }
EOF
printf ':ir\nother\n1\n1\n1\n' >one.text
printf ':ir\nother\n1\n1\n2\n' >two.text
printf 'other:9:9\n 1: 9\n' >samples
for profile in one two; do llvm-profdata-${LLVM_MAJOR:-22} merge $profile.text -o $profile.profdata; done
cp one.profdata same.profdata
flags=(-O2)
original original.c

check_rows original.c <<'EOF'
same|unrelated code||s/x + 1/x + 2/
same|a callee that is not inlined||s/x \* 3/x * 5/
same|a function that it does not name||s/x - 8/x - 9/
same|debug information|-g|
same|the same options in words|-O2 -fno-vectorize -fvectorize -fno-unroll-loops -funroll-loops|
same|a callee's name||s/helper/other/g; s/inner/deeper/g

context|a callee's body||s/+ 7/+ 8/
context|a callee's callee||s|x / 3|x / 5|
context|a function that it points to||s/x - 4/x - 5/
context|a function that it hands to a callee||s/x - 6/x - 7/
context|a callee that may be inlined now||s/__attribute__((noinline)) //
context|level|-O3|
context|no vectorisation of loops|-fno-vectorize|
context|no vectorisation of straight code|-fno-slp-vectorize|
fingerprint|target|--target=x86_64-unknown-freebsd|
fingerprint|no unrolling, which the front end writes on loops|-fno-unroll-loops|
context|a choice of words|-mllvm -prefer-predicate-over-epilogue=predicate-dont-vectorize|
context|parameter of a pass|-mllvm -slp-threshold=1|
context|switch of a pass|-mllvm -enable-load-pre=false|
context|parameter of the back end|-mllvm -tail-dup-size=3|
context|position independence|-fno-PIC|
context|position independence of programs|-fPIC|
context|vector library|-fveclib=libmvec|
context|another vector library|-fveclib=SVML|
context|code model|-mcmodel=medium|
context|no PLT|-fno-plt|
context|branch targets|-fcf-protection=full|
context|semantic interposition|-fPIC -fsemantic-interposition|
context|merged functions|-Xclang -fmerge-functions|
context|profile|-fprofile-use=one.profdata -Wno-profile-instr-unprofiled|
context|samples|-fprofile-sample-use=samples|
EOF

# All of these are different, also where a parameter is one of several words, and profiles count by content.
predicate="-mllvm -prefer-predicate-over-epilogue"
of() {
  what="$*"
  look original.c "$@"
  echo "$around"
}
kinds=$(for options in -O2 -O3 -fno-vectorize -fno-slp-vectorize "$predicate=scalar-epilogue" \
  "$predicate=predicate-else-scalar-epilogue" "$predicate=predicate-dont-vectorize" \
  "-mllvm -misched=ilpmin" "-mllvm -misched=ilpmax" \
  -fprofile-use=one.profdata -fprofile-use=two.profdata -fprofile-sample-use=samples; do
  of $options
done)
[ "$(sort -u <<<"$kinds" | wc -l)" = 12 ] || fail "two settings, one context: $kinds"
[ "$(of -fprofile-use=one.profdata)" = "$(of -fprofile-use=same.profdata)" ] || fail "a profile's path counts"

# Applied in its own context, in no other.
cp original.c x.c
flags=(-O3)
compile() { $clang "$@" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c; }
counted() { tail -c 300 spool | grep -aq "$1" || fail "not counted: $1"; }
stock x.c
evidence x.c
slice=$(echo "$(fingerprint f) $(context f) {\"v\":2,\"params\":{\"unroll-count\":3}}" | $make_snapshot snapshot)
compile -O3
changed f || fail "the plan was not applied in its own context"
counted applied
compile -O2
counted context-changed
compile -O3 -fno-vectorize
counted context-changed
finish
