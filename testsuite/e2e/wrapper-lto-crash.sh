#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A link with plans that crashes begins again without the plugin's part: the program and the exit code of a link that has
# none, its words, and a count. Another plugin beside ours crashes, once.
. "$(dirname "$0")/common.bash"
export AUTOPASS_CLANG=$(command -v clang-22) CRASH_ONCE=$work/crash
cat >hot.c <<'END'
void use(int);
int hot(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) { sum += a[i] * 3; if (a[i] > 9) use(sum); } return sum; }
END
cat >main.c <<'END'
#include <stdio.h>
int hot(const int*, int);
void use(int sum) { printf("%d\n", sum); }
int main(int count, char** words) { int values[100] = {count}; return hot(values, words[0][0] ? 90 : 80) != 3; }
END
echo '{"functions":{"hot":{"loops":[{"loop":0,"unroll":4}],"pipeline":{"skip":[{"pass":"GVNPass"}]}}}}' >plans.json
AUTOPASS_PLANS=$PWD/plans.json autopass doctor >/dev/null || fail doctor

plugin=$AUTOPASS_BUILD/lib/autopass/autopass-pass-22.so crasher=$AUTOPASS_BUILD/testsuite/tools/crash-once.so
# link OUT WORD...: with a warning from before any pass. It may be said once for each start.
link() {
  local out=$1 code=0
  rm -f "$work/spool"
  AUTOPASS_SPOOL=$work/spool clang-22 -O2 $lto -fuse-ld=lld -Wl,-z,nosuchkeyword -Wl,--thinlto-jobs=2 main.o hot.o "${@:2}" -o "$out" >said 2>&1 || code=$?
  (echo $code && sort -u said) >"$out.said"
}
with=-Wl,--load-pass-plugin=$plugin crash=-Wl,--load-pass-plugin=$crasher
same() { cmp "$1" "$2" && cmp "$1.said" "$2.said" || fail "$lto: $3: $(cat "$2.said")"; }
counted() { [ "$(grep -ao "$1" "$work/spool" | wc -l)" = "$2" ] || fail "$lto: $3: $1 counted otherwise than $2 times"; }
crashes() {
  echo "$1" >"$CRASH_ONCE"
  link again "${@:2}"
  [ ! -e "$CRASH_ONCE" ] || fail "$lto: nothing has crashed"
}

for lto in -flto=thin -flto; do
  for file in main hot; do AUTOPASS_PLANS=$PWD/plans.json autopass-clang -O2 $lto -fno-inline-functions -c $file.c -o $file.o; done
  link without
  [ "$(head -1 without.said)" = 0 ] && grep -q nosuchkeyword without.said || fail "$lto: $(cat without.said)"
  link with "$with"
  ! cmp -s without with || [ $lto = -flto ] || fail "the link does nothing with plans"
  counted link-applied 1 "a link with plans"
  for how in segv abort stack fatal; do
    crashes $how "$with" "$crash"
    same without again "after $how"
    reason=plan-crashed
    [ $how != fatal ] || reason=plan-fatal-error
    counted $reason 1 "after $how"
  done
  link again "$with" "$crash"
  same with again "nothing crashes"
  counted plan-crashed 0 "nothing crashes"

  # What can be read only once cannot be linked again: nothing is risked.
  link again "$with" -Wl,--version-script=<(echo 'V { local: nothing; };')
  counted plan-unprotected 1 "a pipe"
  counted link-applied 0 "a pipe"
  # Without plans a crash is clang's own.
  for file in main hot; do clang-22 -O2 $lto -fno-inline-functions -c $file.c -o $file.o; done
  crashes segv "$with" "$crash"
  [ "$(head -1 again.said)" != 0 ] || fail "$lto: a link without plans has begun again"
done

# A call that the source forbids, in another file: the link finds that it is dead, and one without the inliner would not.
echo 'extern void bad(void) __attribute__((error("bad"))); int check(int n, int m) { if (n > m) bad(); return n * 3; }' >check.c
echo 'int check(int, int); int main(int n, char** words) { return check(n, n) - 3; }' >asks.c
echo '{"functions":{"main":{"pipeline":{"skip":[{"pass":"InlinerPass"}]}}}}' >asks.json
for file in check asks; do AUTOPASS_PLANS=$PWD/asks.json autopass-clang -O2 -flto -c $file.c -o $file.o; done
linked() { rm -f "$work/spool"; AUTOPASS_SPOOL=$work/spool clang-22 -O2 -flto -fuse-ld=lld asks.o check.o "${@:2}" -o "$1" >said 2>&1 || fail "-flto: $(cat said)"; }
linked without
linked with "$with"
cmp without with && ./with && [ ! -s said ] || fail "-flto: a forbidden call: $(cat said)"
counted plan-error 1 "a forbidden call"
