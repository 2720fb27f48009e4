#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What `autopass explain -- COMMAND` says is what the wrapper then does, and `stats -v` counts it, with
# the same sentence; saying it runs and records nothing.
. "$(dirname "$0")/common.bash"
export AUTOPASS_LOG=$work/log
unset AUTOPASS
echo 'int main(void) { return 0; }' | tee a.c >conftest.c
echo '' >h.h
echo 'nop' >s.s
echo 'define i32 @f() { ret i32 0 }' >i.ll

# reason NAME COMMAND...: foreseen, done, counted.
reasons=()
reason() {
  local name=$1
  shift
  rm -f "$AUTOPASS_LOG" out.o a.out
  expect_exit 0 autopass explain --json -- "$@"
  grep -q "\"reason\":\"$name\",\"meaning\":\"[^\"]" "$work/out" || fail "$*: $(cat "$work/out")"
  kind=$(sed 's/.*"kind":"\([^"]*\)".*/\1/' "$work/out")
  [ ! -e "$AUTOPASS_LOG" ] && [ ! -e out.o ] && [ ! -e a.out ] || fail "explaining $* did something"
  "$@" >"$work/out" 2>&1 </dev/null || true
  grep -q "^$kind ${name:--} " "$AUTOPASS_LOG" || fail "$* is no $kind because of $name: $(cat "$AUTOPASS_LOG")"
  [ -z "$name" ] || reasons+=("$name")
}
clang=autopass-clang
reason no-snapshot $clang -O2 -c a.c -o out.o
reason '' $clang i.o -o out.o
reason response-file-unreadable $clang @nowhere -c a.c
reason config-file $clang --config=/dev/null -c a.c -o out.o
reason compiler-internal $clang -cc1 -version
reason probe $clang -c conftest.c -o out.o
reason print-only $clang --version
reason preprocess-only $clang -E a.c
reason syntax-only $clang -fsyntax-only a.c
reason assembly-output $clang -S a.c -o out.o
reason ir-output $clang -emit-llvm -c a.c -o out.o
reason no-input $clang
reason stdin-input $clang -x c -c - -o out.o
reason output-to-stdout $clang -c a.c -o -
reason several-outputs $clang -c a.c a.c
reason assembler-input $clang -c s.s -o out.o
reason ir-input $clang -c i.ll -o out.o
reason pch-or-modules $clang -c h.h -o out.o
reason offload $clang -Xarch_x86_64 -O1 -c a.c -o out.o
reason lto $clang -flto -ffat-lto-objects -c a.c -o out.o
reason lto-linker-loads-no-plugin $clang -flto a.o -o out.o
reason sanitizer $clang -fsanitize=address -c a.c -o out.o
reason coverage $clang --coverage -c a.c -o out.o
reason save-temps $clang -save-temps -c a.c -o out.o
reason record-command-line $clang -grecord-command-line -c a.c -o out.o
reason verbose autopass-clang++ -v -c a.c -o out.o
reason other-plugin $clang -fplugin=/nowhere.so -c a.c -o out.o
CCC_OVERRIDE_OPTIONS='' reason driver-environment $clang -c a.c -o out.o
reason no-snapshot $clang /usr/bin/clang-22 -O2 -c a.c -o out.o
reason not-clang $clang /usr/bin/env true -c a.c -o out.o

autopass stats -v >"$work/stats"
for name in "${reasons[@]}"; do
  grep -qE "^ +[0-9]+  $name: [^ ]" "$work/stats" || fail "stats -v lacks $name: $(cat "$work/stats")"
done
passed=$(printf '%s\n' "${reasons[@]}" | grep -vcE 'no-snapshot|lto-linker')
grep -q "^ *$passed  passed through untouched" "$work/stats" || fail "not $passed: $(cat "$work/stats")"
[ "$(AUTOPASS=off autopass explain --json -- $clang -c a.c | grep -c '"reason":"off"')" = 1 ] || fail "off"

# In words; options alone are autopass-clang's; the command line makes sense or is refused.
autopass explain -- -O2 -c a.c -o x/y.o >"$work/out"
for line in "kind      compile" "reason    no-snapshot: " "compiler  /.*clang-22" "input     $PWD/a.c" \
  "output    $PWD/x/y.o" "command   clang-22 -O2 -c a.c -o x/y.o"; do
  grep -q "^$line" "$work/out" || fail "no '$line' in: $(cat "$work/out")"
done
compiler() {
  local expected=$1
  shift
  autopass explain --json -- "$@" >"$work/out"
  grep -q "\"command\":\[\"$expected\"" "$work/out" || fail "$*: not $expected: $(cat "$work/out")"
  ! grep -q '"inputs":\["/usr/bin' "$work/out" || fail "$*: a compiler as an input"
}
compiler /usr/bin/clang-22 autopass-clang /usr/bin/clang-22 -c a.c
compiler /usr/bin/env /usr/bin/env clang-22 -c a.c
compiler env env -c a.c
compiler clang-22 clang-22 -c a.c
autopass explain -- cc77 -c a.c | grep -q '^compiler  cc77 was not found' || fail "a program that is not there"
AUTOPASS_IGNORE='a.*' autopass explain -- -c a.c | grep -q '^note .*ignore list' || fail "ignored, unsaid"
autopass explain -- ccache autopass-clang -c a.c | grep -q '^note .*cache in front' || fail "the wrong order, unsaid"
! autopass explain -- distcc autopass-clang -c a.c | grep '^note' || fail "distcc keeps nothing"
AUTOPASS_GUARD=1 autopass explain --json -- -c a.c | grep -q '"reason":"recursion"' || fail "recursion"
expect_exit 2 autopass explain
expect_exit 2 autopass explain --
expect_exit 2 autopass explain a.o -- $clang -c a.c
