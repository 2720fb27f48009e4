#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Where a plan arrives, whatever the compile is like, and where it never does.
. "$(dirname "$0")/common.bash"
for name in f g; do # with a difference, or one would be made of them
  echo "int $name(const int* a, int n) {
  int s = ${#name}; for (int i = 0; i < n; i++) s += a[i] * a[i] $([ $name = f ] && echo + || echo ^) 3; return s; }"
done >x.c
cat >x.cpp <<'END'
#include "header.h"
struct guard { ~guard() { use(1); } };
template <class T> T each(const T* a, int n) { T s = 0; for (int i = 0; i < n; i++) s += a[i] * 3; return s; }
extern "C" int f(const int* a, int n) {
  guard g;
  try { return each(a, n) + use(n); } catch (int x) { return x; }
}
extern "C" int g(const int* a, int n) {
  guard g;
  try { return each(a, n) + use(n); } catch (int x) { return x + 1; }
}
END
printf '#pragma once\nint use(int);\n' >header.h
printf 'module ours { header "header.h" }\n' >module.modulemap
printf 'export module lib;\nexport inline int twice(int x) { return x * 2; }\n' >lib.cppm
{ echo 'import lib;'; sed 's/use(n)/twice(n)/' x.cpp; } >modules.cpp
plan='{"v":2,"params":{"unroll-count":3},"attrs":{"align":"64"}}'

# COMPILER FILE OPTIONS: f has the plan, its twin has not, nothing is said, and the record tells.
arrives() {
  local clang=$1
  flags=("${@:3}")
  rm -f spool
  stock "$2" || fail "does not compile: $*"
  planned "$plan" "$2" 2>said || fail "does not compile with a plan: $*: $(cat said)"
  sed -i -E 's/\.L([a-z_]+)[0-9]+/.L\1/g' stock.s planned.s # numbered through the file
  [ ! -s said ] || fail "said something: $*: $(cat said)"
  changed f || fail "the plan did not arrive: $*"
  ! changed g || fail "the twin has changed: $*"
  grep -aq applied spool || fail "not counted: $*"
}
# REASON COMPILER FILE OPTIONS: no plan, though there is one for the function as it is otherwise.
stays_away() {
  local reason=$1 clang=$2
  if ! cmp -s "$3" seen.c; then # most rows: the same function again
    flags=(-O2)
    rm -f evidence
    evidence "$3"
    print=$(fingerprint f)
    cp "$3" seen.c
  fi
  flags=("${@:4}")
  rm -f spool evidence
  evidence "$3"
  [ -z "$([ ! -e evidence ] || fingerprint f)" ] || fail "evidence: $*"
  stock "$3"
  apply_to "${print:-00112233445566778899aabbccddeeff}" "" "$plan" "$3"
  sed -i '/\.gcda"/,+1d' stock.s planned.s # coverage: where its counts go
  cmp -s stock.s planned.s || fail "other code: $*"
  [ "$reason" = - ] || grep -aq "$reason" spool || fail "not counted as $reason: $*"
}

while read -r options; do
  arrives "$clang" x.c $options
done <<'END'
-O1
-O2
-O3
-Os
-Oz
-O2 -g
-O3 -fexceptions -fno-PIC -mcmodel=large
-O3 -march=haswell -ffast-math
-O2 -fstack-protector-all -fcf-protection=full -ftrivial-auto-var-init=zero
-O2 -fno-strict-aliasing -fwrapv -fno-inline
-O3 --target=aarch64-linux-gnu
-O2 --target=i686-linux-gnu
-O2 -ffunction-sections -Xclang -fmerge-functions
END
[ "$clang" = clang-22 ] || exit 0 # what follows is the same code for all majors
clangxx=${clang/clang/clang++}
while read -r options; do
  arrives "$clangxx" x.cpp $options
done <<'END'
-O1
-O3 -g
-Os -fno-rtti
-O2 -fmodules -fcxx-modules -fmodules-cache-path=cache
-O2 -fmodules -fcxx-modules -fmodules-cache-path=cache -g
END

# A precompiled header, and a module of C++20.
$clangxx -O2 -x c++-header header.h -o header.pch
arrives "$clangxx" x.cpp -O2 -include-pch header.pch
$clangxx -O2 -std=c++20 --precompile lib.cppm -o lib.pcm
arrives "$clangxx" modules.cpp -O2 -std=c++20 -fmodule-file=lib=lib.pcm

while IFS='|' read -r reason options edit; do
  sed "$edit" x.c >edited.c
  stays_away "$reason" "$clang" edited.c $options
done <<'END'
-|-O0|
optnone|-O2|s/^int f/__attribute__((optnone,noinline)) &/
switched-off|-O2|s/^int f/__attribute__((annotate("autopass:off"))) &/
sanitized|-O2 -fsanitize=address|
sanitized|-O2 -fsanitize=thread|
sanitized|-O2 -fsanitize=undefined|
sanitized|-O2 -fsanitize=signed-integer-overflow -fsanitize-trap=all|
sanitized|-O2 -fsanitize=safe-stack|
instrumented|-O2 -fprofile-generate|
instrumented|-O2 -fprofile-instr-generate|
instrumented|-O2 --coverage|
instrumented|-O2 -pg|
instrumented|-O2 -finstrument-functions|
instrumented|-O2 -fxray-instrument|
END
echo '__attribute__((naked)) int f(void) { __asm__("mov $1, %eax; ret"); } int g(void) { return 2; }' >naked.c
stays_away naked "$clang" naked.c -O2
