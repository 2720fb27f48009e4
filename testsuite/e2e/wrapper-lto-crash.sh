#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A link with plans that crashes begins again without the plugin's part: the program, the words and the exit code of a
# link that has none, and a count. Another plugin beside ours crashes, once.
. "$(dirname "$0")/common.bash"
export AUTOPASS_CLANG=$(command -v clang-22) CRASH_ONCE=$work/crash
cat >hot.c <<'END'
int hot(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum += a[i] * 3; return sum; }
END
cat >main.c <<'END'
int hot(const int*, int);
int main(int count, char** words) { int values[100] = {count}; return hot(values, words[0][0] ? 90 : 80) != 3; }
END
echo '{"functions":{"hot":{"loops":[{"loop":0,"interleave":4,"unroll":1}]}}}' >plans.json
AUTOPASS_PLANS=$PWD/plans.json autopass doctor >/dev/null || fail doctor

plugin=$AUTOPASS_BUILD/lib/autopass/autopass-pass-22.so crasher=$AUTOPASS_BUILD/testsuite/tools/crash-once.so
# link OUT PLUGIN...: with a warning from before any pass.
link() {
  local out=$1 code=0
  shift
  AUTOPASS_SPOOL=$work/spool clang-22 -O2 $lto -fuse-ld=lld -L/nowhere -Wl,-z,nosuchkeyword "${@/#/-Wl,--load-pass-plugin=}" main.o hot.o \
    -o "$out" >"$out.said" 2>&1 || code=$?
  echo $code >"$out.code"
}
same() {
  cmp "$1" "$2" && cmp "$1.said" "$2.said" && cmp "$1.code" "$2.code" ||
    fail "$lto: $3: $(cat "$2.said") exit code $(cat "$2.code")"
}
for lto in -flto=thin -flto; do
  for file in main hot; do AUTOPASS_PLANS=$PWD/plans.json autopass-clang -O2 $lto -fno-inline-functions -c $file.c -o $file.o; done
  link without
  [ "$(cat without.code)" = 0 ] && grep -q nosuchkeyword without.said || fail "$lto: $(cat without.said)"
  link with "$plugin"
  [ $lto = -flto ] || ! cmp -s without with || fail "the link does nothing with plans"
  for how in segv abort fatal; do
    rm -f "$work/spool"
    echo $how >"$CRASH_ONCE"
    link again "$plugin" "$crasher"
    [ ! -e "$CRASH_ONCE" ] || fail "$lto: nothing has crashed"
    same without again "after $how"
    reason=plan-crashed
    [ $how != fatal ] || reason=plan-fatal-error
    [ "$(grep -aow $reason "$work/spool" | wc -l)" = 1 ] || fail "$lto: $how: not counted once"
  done
  rm -f "$work/spool"
  link again "$plugin" "$crasher"
  same with again "nothing crashes"
  ! grep -aq plan-crashed "$work/spool" || fail "$lto: counted, and nothing has crashed"
done
left=$(find . -name '*.tmp*') && [ -z "$left" ] || fail "left behind: $left"
