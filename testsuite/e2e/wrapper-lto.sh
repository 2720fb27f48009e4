#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Builds with -flto and lld: a plan acts in the compile or in the link, on its function alone, the same each time; without
# one everything is clang's own; other linkers, and links that keep what they make, are counted.
. "$(dirname "$0")/common.bash"
export AUTOPASS_CLANG=$(command -v clang-22) AUTOPASS_LOG=$work/log
cat >hot.c <<'END'
int hot(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum += a[i] * 3; return sum; }
int twin(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum ^= a[i] * 5; return sum; }
END
cat >main.c <<'END'
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) int other(const int* a, int n) { int sum = 1; while (n--) sum = sum * 7 + a[n]; return sum; }
int hot(const int*, int), twin(const int*, int);
int main(int count, char** words) {
  int values[100];
  for (int i = 0; i < 100; i++) values[i] = i * count + atoi(words[0] + 1);
  printf("%d %d %d\n", hot(values, 100), twin(values, 99), other(values, 98));
}
END
link=(-O2 -fuse-ld=lld -Wl,--lto-whole-program-visibility)

# build COMPILER FOLDER OPTION...
build() {
  mkdir -p "$2"
  "$1" -O2 "${@:3}" -fno-inline-functions -c hot.c -o "$2/hot.o"
  "$1" -O2 "${@:3}" -fno-inline-functions -c main.c -o "$2/main.o"
  "$1" "${link[@]}" "${@:3}" "$2/main.o" "$2/hot.o" -o "$2/prog" 2>"$work/err" || fail "link: $(cat "$work/err")"
  [ ! -s "$work/err" ] || fail "said: $(cat "$work/err")"
}
# planned OPTION PLAN: only hot differs from stock, and the plan is known to be in the program.
planned() {
  rm -rf ours
  echo '{"functions":{"hot":'"$2"'}}' >plans.json
  AUTOPASS_PLANS=$PWD/plans.json build autopass-clang ours "$1"
  [ "$("$AUTOPASS_SOURCE/testsuite/tools/changed_functions" stock$1/prog ours/prog)" = hot ] ||
    fail "$1 $2 changed: $("$AUTOPASS_SOURCE/testsuite/tools/changed_functions" stock$1/prog ours/prog)"
  [ "$(ours/prog)" = "$(stock$1/prog)" ] || fail "other output"
  AUTOPASS_PLANS=$PWD/plans.json autopass show --binary ours/prog >"$work/shown" || fail "show --binary"
  grep -q '^applied *hot$' "$work/shown" || fail "not shown: $(cat "$work/shown")"
  ! grep -q '^not known' "$work/shown" || fail "not known: $(cat "$work/shown")"
}

echo '{"functions":{}}' >none.json
AUTOPASS_PLANS=none.json autopass doctor >/dev/null || fail "doctor: $(AUTOPASS_PLANS=none.json autopass doctor)"
for lto in -flto=thin -flto; do
  build clang-22 stock$lto $lto
  AUTOPASS_PLANS=$PWD/none.json build autopass-clang ours $lto
  for file in hot.o main.o prog; do cmp stock$lto/$file ours/$file || fail "$lto: another $file without a plan"; done
  grep -q "^link - $PWD/ours/prog" "$work/log" || fail "$lto: the link got no plugin: $(tail -1 "$work/log")"

  planned $lto '{"attrs":{"tune-cpu":"znver4"}}'                              # the compile's
  planned $lto '{"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'           # both
  planned $lto '{"loops":[{"loop":0,"interleave":4,"unroll":1}]}'              # thin: the link's
  planned $lto '{"attrs":{"tune-cpu":"skylake-avx512"},"codegen":{"machine-cse":false}}'
  grep -q '1 element of a plan' "$work/shown" || fail "left out, and not said: $(cat "$work/shown")"
  autopass explain --json ours/hot.o | grep -q '"lto-left-out":1' || fail "not counted: $(autopass explain ours/hot.o)"

  # Callers in other files, which the link has inline it, would take this over.
  echo '{"functions":{"hot":{"attrs":{"no-jump-tables":true}}}}' >plans.json
  AUTOPASS_PLANS=$PWD/plans.json build autopass-clang ours $lto
  cmp stock$lto/hot.o ours/hot.o || fail "$lto: no-jump-tables is in the bitcode"
  autopass explain --json ours/hot.o | grep -q '"lto-left-out":1' || fail "not counted: $(autopass explain ours/hot.o)"
done
autopass stats -v >"$work/stats"
grep -q link-applied "$work/stats" || fail "not counted: $(cat "$work/stats")"

# The vectorisers are the link's.
echo '{"functions":{"hot":{"params":{"force-vector-interleave":2,"slp-threshold":3}}}}' >plans.json
AUTOPASS_PLANS=$PWD/plans.json build autopass-clang ours -flto=thin
cmp stock-flto=thin/hot.o ours/hot.o || fail "parameters of vectorisers have changed a compile that has none"
autopass explain --json ours/hot.o >counts
grep -q '"lto-left-out":2' counts && ! grep -q '"applied"' counts || fail "counted otherwise: $(cat counts)"

# A hint that cannot be followed is nobody's warning.
planned -flto=thin '{"loops":[{"loop":0,"distribute":true,"unroll":3}]}'
planned -flto '{"loops":[{"loop":0,"distribute":true,"unroll":3}]}'

# A loop with a pragma comes in from another file: what its user asked for is done, or clang's own words say that it is
# not; a plan neither hides nor causes them.
cat >pragma.c <<'END'
int with_pragma(const int* a, int* b, int n) {
  int sum = 0;
#pragma clang loop vectorize(enable) interleave(enable)
  for (int i = 0; i < n; i++) { b[i] = a[i] * 3; sum += a[i]; }
  return sum;
}
END
cat >caller.c <<'END'
#include <stdlib.h>
int with_pragma(const int*, int*, int);
__attribute__((noinline)) int hot(const int* a, int* b, int n) { return with_pragma(a, b, n); }
int main(int count, char** words) {
  int a[100] = {0}, b[100];
  a[7] = count;
  return hot(a, b, words[0][0] ? 90 : 80) == 42;
}
END
# with_pragma_of COMPILER LTO OUT
with_pragma_of() {
  "$1" -O2 "$2" -c caller.c -o "$3.caller.o" && "$1" -O2 "$2" -c pragma.c -o "$3.pragma.o" || fail "compile"
  "$1" "${link[@]}" "$2" -Wl,--fatal-warnings "$3.caller.o" "$3.pragma.o" -o "$3" >"$work/out" 2>&1 || fail "$3: $(cat "$work/out")"
  [ ! -s "$work/out" ] || fail "$3 said: $(cat "$work/out")"
}
for lto in -flto=thin -flto; do
  with_pragma_of clang-22 $lto stock-pragma
  for plan in '{"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}' '{"attrs":{"optsize":true}}' '{"attrs":{"minsize":true}}'; do
    echo '{"functions":{"hot":'"$plan"'}}' >plans.json
    AUTOPASS_SPOOL=$work/spool-pragma AUTOPASS_PLANS=$PWD/plans.json with_pragma_of autopass-clang $lto ours-pragma
    [ "$("$AUTOPASS_SOURCE/testsuite/tools/changed_functions" stock-pragma ours-pragma)" = "" ] || fail "$lto $plan: another loop"
  done
done
grep -aq loop-pragma "$work/spool-pragma" || fail "not counted that passes were kept"

# The same bytes each time, also compiled and linked by one command, and from the store.
plan='{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'
planned -flto=thin "$plan"
cp ours/prog first
print=$(autopass explain --json ours/hot.o >/dev/null; autopass show --binary --json ours/prog | tr -d ' \n' | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')
for _ in 1 2 3; do
  AUTOPASS_PLANS=$PWD/plans.json autopass-clang "${link[@]}" -flto=thin -Wl,--thinlto-jobs=8 ours/main.o ours/hot.o -o ours/prog
  cmp first ours/prog || fail "other bytes"
done
"$AUTOPASS_BUILD/testsuite/e2e/stores" publish "" generic "$AUTOPASS_CLANG" 22 "$print" "$plan" >/dev/null
build autopass-clang ours -flto=thin
cmp first ours/prog || fail "from the store: other bytes"
expect_exit 0 autopass-clang "${link[@]}" -flto=thin -fno-inline-functions main.c hot.c -o together
[ ! -s "$work/err" ] || fail "said: $(cat "$work/err")"
[ "$("$AUTOPASS_SOURCE/testsuite/tools/changed_functions" first together)" = "" ] || fail "in one command: $("$AUTOPASS_SOURCE/testsuite/tools/changed_functions" first together)"

# counts REASON OPTION...: such a link gets no plugin, and is counted.
counts() {
  AUTOPASS_LOG=$work/log autopass-clang -flto=thin ours/main.o ours/hot.o "${@:2}" -o counted 2>/dev/null || true
  tail -1 "$work/log" | grep -q "^link $1 " || fail "not $1: ${*:2}: $(tail -1 "$work/log")"
}
counts lto-linker-loads-no-plugin
counts lto-linker-loads-no-plugin -fuse-ld=gold
counts lto-link-options -fuse-ld=lld -Wl,--thinlto-cache-dir=cache
counts linker-unknown -fuse-ld=lld -B.
counts linker-unknown --ld-path=/nowhere/ld.lld
counts sanitizer -fuse-ld=lld -fsanitize=undefined
counts lto-link-options -fuse-ld=lld -Wl,-plugin-opt,-time-passes
counts - --ld-path=/usr/lib/llvm-22/bin/ld.lld
expect_exit 1 autopass tune ours/prog --run ours/prog
grep -q 'sessions do not know' "$work/err" || fail "tune: $(cat "$work/err")"
