#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan acts with the compiler and the plugin that were tried together. Another one of either means
# clang's own object and a counted reason, until doctor (or a session) has tried again.
. "$(dirname "$0")/common.bash"
stores=$AUTOPASS_BUILD/testsuite/e2e/stores
mkdir -p "$work/lib" "$work/tools/bin"
plugin=$work/lib/autopass-pass-22.so clang=$work/tools/bin/clang-22
cp "$AUTOPASS_BUILD/lib/autopass/autopass-pass-22.so" "$plugin"
cp "$(readlink -f "$(command -v clang-22)")" "$clang"
cp -p "$plugin" "$work/plugin" && cp -p "$clang" "$work/clang"
export AUTOPASS_LIBDIR=$work/lib AUTOPASS_CLANG=$clang
echo 'int f(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i] * a[s & 7]; return s; }' >a.c
clang-22 -O2 -c a.c -o theirs.o -fpass-plugin="$plugin" -mllvm -autopass-evidence="$work/evidence"
function=$(sed -n 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/p' "$work/evidence")
"$stores" publish "" mycpu "$clang" 22 "$function" '{"v":2,"params":{"unroll-count":3}}' >/dev/null

counted() { autopass stats --json | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }
# acts, stays REASON: whether a compile applies the plan; if not, why, and the object is clang's own.
acts() {
  local before=$(counted applied)
  expect_exit 0 autopass-clang -O2 -c a.c -o ours.o
  [ "$(counted applied)" = $((before + 1)) ] || fail "not applied: $*"
  ! cmp -s ours.o theirs.o || fail "the object is stock clang's: $*"
}
stays() {
  local before=$(counted "$1")
  expect_exit 0 autopass-clang -O2 -c a.c -o ours.o
  [ ! -s "$work/err" ] || fail "$1: said something"
  cmp ours.o theirs.o || fail "$1: another object than clang's"
  [ "$(counted "$1")" = $((before + 1)) ] || fail "not counted: $1"
}
# doctor EXIT-CODE REASON
doctor() {
  expect_exit "$1" autopass doctor --json
  grep -q "\"reason\":\"$2\"" "$work/out" || fail "doctor does not say $2: $(cat "$work/out")"
}

acts "at first"
touch "$clang"
stays compiler-changed
doctor 0 compiler-changed
acts "after doctor"
cp -p "$work/clang" "$clang"
acts "the compiler of before, known still"
printf '\0' >>"$clang"
stays compiler-changed
cp -p "$work/clang" "$clang"

touch "$plugin"
stays plugin-changed
doctor 0 plugin-changed
acts "with the new plugin"
other=$AUTOPASS_BUILD/lib/autopass/autopass-pass-19.so # of the wrong major, else nothing of the kind
if [ -e "$other" ]; then cp "$other" "$plugin"; else cp a.c "$plugin"; fi
stays plugin-changed
doctor 1 plugin-refused
stays plugin-refused
rm "$plugin"
stays plugin-missing
doctor 1 plugin-missing
cp -p "$work/plugin" "$plugin"
acts "the plugin of before, known still"

cp "$clang" "$work/tools/bin/clang-22.1"
AUTOPASS_CLANG=$work/tools/bin/clang-22.1 stays compiler-unknown
