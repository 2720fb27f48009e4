#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# ThinLTO and LTO: the plan of one function acts in the compile and in the link, on that function
# alone, and gives the same bytes each time; without plans nothing is different.
. "$(dirname "$0")/common.bash"
stores=$AUTOPASS_BUILD/testsuite/e2e/stores
plugin=$AUTOPASS_BUILD/lib/autopass/autopass-pass-22.so
export AUTOPASS_PLANS=$work/snapshot AUTOPASS_CLANG=clang-22 AUTOPASS_LIBDIR=$AUTOPASS_BUILD/lib/autopass AUTOPASS_CPU=generic

for name in f g; do # f and g differ: equal functions have one plan
  echo "__attribute__((noinline)) int $name(const int* a, int n) {
  int s = '${name}'; for (int i = 0; i < n; i++) s += a[i] * 3 ^ i; return s; }" >$name.c
done
echo 'int f(const int*, int); int g(const int*, int);
int main(int count, char** words) { int a[9] = {count}; return f(a, 9) + g(a, 9); }' >main.c

fingerprint() {
  clang-22 -O2 "$1" -c f.c -o /dev/null "-fpass-plugin=$plugin" -mllvm -autopass-evidence="$work/evidence"
  sed -n 's/.*"fingerprint":"\([0-9a-f]*\)","function":"f".*/\1/p' "$work/evidence"
}
build() { # COMPILER FOLDER OPTIONS...
  mkdir -p "$2"
  for name in f g main; do "$1" -O2 "${@:3}" -c $name.c -o "$2/$name.o"; done
  "$1" -O2 "${@:3}" -fuse-ld=lld "$2"/{f,g,main}.o -o "$2/program"
}
# Of one function, without what moves when another one grows.
code() {
  llvm-objdump-22 -d --no-leading-addr --no-show-raw-insn --disassemble-symbols="$2" "$1/program" |
    sed -E '1,4d; s/0x[0-9a-f]+ </</; s/-?0x[0-9a-f]+\(%rip\).*/(%rip)/; /int3/d'
}
same() { [ "$(code stock "$1")" = "$(code planned "$1")" ]; }

for kind in thin full; do
  print=$(fingerprint -flto=$kind)
  build clang-22 stock -flto=$kind
  rm -f "$AUTOPASS_PLANS"
  build autopass-clang none -flto=$kind
  cmp stock/program none/program || fail "$kind: another program without plans"
  "$stores" snapshot "$AUTOPASS_PLANS" "" generic /usr/bin/clang-22 22 00112233445566778899aabbccddeeff '{"v":2,"attrs":{"align":"64"}}' >/dev/null
  build autopass-clang other -flto=$kind
  cmp stock/program other/program || fail "$kind: another program with plans for nothing in it"

  # One that the compile writes into the bitcode, one that only the link can obey.
  for plan in '{"v":2,"attrs":{"optsize":true},"codegen":{"tail-dup-size":3},"params":{"unroll-count":3}}' \
    '{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}'; do
    "$stores" snapshot "$AUTOPASS_PLANS" "" generic /usr/bin/clang-22 22 "$print" "$plan" >/dev/null
    rm -rf "$XDG_STATE_HOME"
    build autopass-clang planned -flto=$kind
    ! same f || fail "$kind: the plan did not arrive in the program: $plan"
    same g && same main || fail "$kind: another function has changed: $plan"
    grep -aq '	*applied' "$XDG_STATE_HOME/autopass/spool" || fail "$kind: not counted"
    [[ $plan != *codegen* ]] || grep -aq not-in-link "$XDG_STATE_HOME/autopass/spool" || fail "$kind: not counted"
    cp planned/program first
    for _ in 1 2 3; do
      autopass-clang -O2 -flto=$kind -fuse-ld=lld -Wl,--threads=8,--thinlto-jobs=8 planned/{f,g,main}.o -o planned/program
      cmp first planned/program || fail "$kind: another link, other bytes"
    done
  done

  # The link alone: a cache that it shares with links without the plugin is not mixed up by it.
  if [ $kind = thin ]; then
    for compiler in autopass-clang clang-22 autopass-clang clang-22; do
      $compiler -O2 -flto=thin -fuse-ld=lld -Wl,--thinlto-cache-dir=cache planned/{f,g,main}.o -o cached-$compiler
      $compiler -O2 -flto=thin -fuse-ld=lld planned/{f,g,main}.o -o fresh-$compiler
      cmp cached-$compiler fresh-$compiler || fail "what $compiler found in the cache is of the other one"
    done
    ! cmp -s fresh-autopass-clang fresh-clang-22 || fail "the link does nothing"
  fi
done

# A linker that loads no plugin is told of, and the link is the user's own.
autopass stats -v >"$work/stats"
autopass-clang -O2 -flto planned/f.o planned/g.o planned/main.o -o bfd 2>/dev/null || true
autopass stats -v | grep -q lto-linker-loads-no-plugin || fail "not counted: lto-linker-loads-no-plugin"
