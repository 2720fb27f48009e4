#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `autopass stale` lists the objects whose functions have other plans now, no other; after --touch make
# and ninja compile just those, and the result is that of a clean build.
. "$(dirname "$0")/replay.bash"
for name in sum max; do
  echo "long $name(const int *v, int n) { long s = 0; for (int i = 0; i < n; ++i) s += v[i] * ${#name}${name//[a-z]/7}; return s; }" >$name.c
done
echo '#define N 9' >n.h
printf '#include "n.h"\nlong sum(int *, int), max(int *, int);\nint main(void) { int v[N] = {1}; return sum(v, N) == max(v, N); }\n' >main.c
sed -i 's/\*/+/2' max.c
cat >Makefile <<'MAKE'
prog: main.o sum.o max.o
	$(CC) $^ -o $@
%.o: %.c
	$(CC) -O2 -c $< -o $@
MAKE
cat >build.ninja <<'NINJA'
rule cc
  command = autopass-clang -O2 -MD -MF $out.d -c $in -o $out
  deps = gcc
  depfile = $out.d
rule link
  command = autopass-clang $in -o $out
build n/main.o: cc main.c
build n/sum.o: cc sum.c
build n/max.o: cc max.c
build n/prog: link n/main.o n/sum.o n/max.o
NINJA
cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(prog C)
add_executable(prog main.c sum.c max.c)
target_compile_options(prog PRIVATE -O2)
CMAKE

# check FOLDER SUM-OBJECT BUILD...: one life of a build.
check() {
  local folder=$1 object=$1/$2
  shift 2
  local program=$folder/prog
  "$@" >"$work/log" 2>&1 || { cat "$work/log" && fail "$*"; }
  cp "$object" "$work/stock.o"
  [ -z "$(autopass stale "$folder" 2>&1)" ] || fail "stale before there are plans: $(autopass stale "$folder" 2>&1)"
  replay "$program" sum 'publish:{"v":2,"params":{"unroll-count":2}}'
  [ "$(autopass stale "$folder" 2>&1)" = "$PWD/${object#./}  (1 function with a new plan)" ] ||
    fail "$folder: stale are: $(autopass stale "$folder" 2>&1)"
  cp "$program" "$work/before"
  "$@" >/dev/null && cmp "$program" "$work/before" || fail "$*: built anew by itself"
  rebuilds_one "$@"
  ! cmp -s "$object" "$work/stock.o" || fail "$object is as before"
  cp "$program" "$work/tuned"
  expect_exit 0 autopass undo "$program"
  autopass stale "$folder" | grep -q "/${object#./}  (1 function with another plan)$" || fail "after undo: $(autopass stale)"
  rebuilds_one "$@"
  cmp "$object" "$work/stock.o" && cmp "$program" "$work/before" || fail "$object is not stock again"
  ! cmp -s "$work/tuned" "$work/before" || fail "the plan made no difference"
}
rebuilds_one() {
  autopass stale --touch "$folder" >/dev/null
  autopass stats --json | sed 's/.*"compile":\([0-9]*\).*/\1/' >"$work/count"
  "$@" >"$work/log" 2>&1 || { cat "$work/log" && fail "$* after --touch"; }
  compiles=$(($(autopass stats --json | sed 's/.*"compile":\([0-9]*\).*/\1/') - $(cat "$work/count")))
  [ $compiles = 1 ] || fail "$*: $compiles compiles, not 1: $(cat "$work/log")"
  [ -z "$(autopass stale "$folder" 2>&1)" ] || fail "still stale: $(autopass stale "$folder" 2>&1)"
}

check . sum.o make CC=autopass-clang
check n sum.o ninja
CC=autopass-clang cmake -G 'Unix Makefiles' -S . -B 'by cmake' >"$work/log" 2>&1 || { cat "$work/log" && fail cmake; }
check 'by cmake' CMakeFiles/prog.dir/sum.c.o cmake --build 'by cmake'
expect_exit 0 autopass stale --json
grep -q '"stale":\[\],"unknown":0,"unrecorded":0,"touched":false' "$work/out" || fail "$(cat "$work/out")"

# Objects that no session has seen are not claimed to be either; a source that is gone is said.
replay prog sum 'publish:{"v":2,"params":{"unroll-count":2}}'
AUTOPASS_PLANS=/nowhere autopass-clang -O2 -c max.c -o extra.o
autopass stale . >"$work/out" 2>"$work/err"
grep -q '^autopass: [0-9]* more object' "$work/err" || fail "extra.o is passed over in silence: $(cat "$work/err")"
! grep -q extra.o "$work/out" || fail "extra.o is claimed to be stale"
rm extra.o

# What is compiled without us is neither listed again nor claimed to be tuned.
recompile() { # VARIABLE=VALUE: sum.o, which has plans and is stale, without us
  replay prog sum 'publish:{"v":2,"params":{"unroll-count":2}}'
  autopass stale --touch . >/dev/null
  make CC=autopass-clang >/dev/null
  autopass explain sum.o | grep -q 'looked up in slice' || fail "sum.o has no plans: $(autopass explain sum.o)"
  expect_exit 0 autopass undo prog
  autopass stale --touch . | grep -q '/sum.o ' || fail "sum.o is not stale"
  env "$1" make CC=autopass-clang >/dev/null
  clang-22 -O2 -c sum.c -o "$work/stock.o"
  cmp sum.o "$work/stock.o" || fail "$1: sum.o is not stock"
  ! autopass stale . 2>"$work/err" | grep '/sum.o ' || fail "$1: sum.o is listed again"
}
make CC=autopass-clang >/dev/null
recompile AUTOPASS_IGNORE=sum.c
autopass explain sum.o | grep -q 'not looked up' || fail "$(autopass explain sum.o)"

# A command that fails before it opens its output leaves what was there: with the plans of before.
replay prog sum 'publish:{"v":2,"params":{"unroll-count":2}}'
autopass stale --touch . >/dev/null && make CC=autopass-clang >/dev/null
sleep 0.1 # more than file times are off by
! autopass-clang -O2 -c sum.c -o sum.o -mllvm -no-such-option 2>/dev/null || fail "an unknown option"
autopass explain sum.o | grep -q 'this command has failed' || fail "explain: $(autopass explain sum.o)"
autopass undo prog >/dev/null
autopass stale --touch . | grep -q '/sum.o  (older than' || fail "the object of before is not stale"
make CC=autopass-clang >/dev/null
cmp sum.o "$work/stock.o" || fail "code with plans outlives undo"

rm sum.o && make CC=autopass-clang >/dev/null
recompile AUTOPASS=off
tr -s '\n ' ' ' <"$work/err" | grep -q '1 more object was written since without a record' || fail "not said: $(cat "$work/err")"
autopass explain sum.o | grep -q 'not known: written since' || fail "$(autopass explain sum.o)"
autopass stale --json . | grep -q '"unrecorded":1' || fail "not counted: $(autopass stale --json .)"
rm sum.o && make CC=autopass-clang >/dev/null
replay prog sum 'publish:{"v":2,"params":{"unroll-count":2}}'
mv sum.c gone.c
expect_exit 1 autopass stale --touch .
