#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `autopass run -- COMMAND`: a build by $CC, or by a compiler's name, goes through us; its exit status is
# the command's.
. "$(dirname "$0")/common.bash"
unset CC CXX
echo 'int main(void) { return 0; }' >a.c
cat >Makefile <<'MAKE'
all: by-cc.o by-name.o
by-cc.o: a.c
	$(CC) -c a.c -o $@
by-name.o: a.c
	clang-22 -c a.c -o $@
fail:
	exit 7
MAKE

autopass run -- make -s
for object in by-cc.o by-name.o; do
  autopass explain $object | grep -q '^kind *compile$' || fail "$object went past us"
  clang-22 -c a.c -o theirs.o
  cmp $object theirs.o || fail "$object is another object"
done
rm -f by-cc.o
autopass run make -s by-cc.o # without the dashes, too
[ -e by-cc.o ] || fail "make was given other arguments"
[ "$(autopass run sh -c 'echo "$1-$#"' sh --json x)" = --json-2 ] || fail "the command's options are ours"

expect_exit 2 autopass run make -s fail
expect_exit 7 autopass run -- sh -c 'exit 7'
expect_exit 143 autopass run -- sh -c 'kill -TERM $$'
expect_exit 127 autopass run -- no-such-program
grep -q 'no-such-program' "$work/err" || fail "no word about it"
expect_exit 2 autopass run
expect_exit 126 autopass run -- ./a.c
expect_exit 0 autopass run --help
grep -q 'Usage: autopass run .*COMMAND' "$work/out" || fail "help without the command"

# What CC says goes on being said: its clang and flags, a cache in front of it; no clang stays.
printf '#!/bin/sh\necho chosen "$@"\n' >"$work/clang-77"
chmod +x "$work/clang-77"
run='autopass run -- sh -c'
[ "$(CC=$work/clang-77 $run '$CC -c x.c')" = 'chosen -c x.c' ] || fail "CC=clang-77 is forgotten"
[ "$(CC="$work/clang-77 -m32" $run '$CC -c x.c')" = 'chosen -m32 -c x.c' ] || fail "-m32 is forgotten"
[ "$(CC=clang-22 CXX=$work/clang-77 $run '$CXX -c x.cc')" = 'chosen -c x.cc' ] || fail "CXX of its own is forgotten"
[ "$(CC="ccache $work/clang-77" $run 'echo $AUTOPASS_PREFIX $AUTOPASS_CLANG')" = "ccache $work/clang-77" ] ||
  fail "ccache is forgotten"
[ "$(CC="ccache distcc autopass-clang" $run 'echo $AUTOPASS_PREFIX${AUTOPASS_CLANG-}')" = "ccache distcc" ] ||
  fail "ccache in front of us stays there"
[ "$(CXX='clang++-22' $run 'echo $AUTOPASS_CLANG')" = clang-22 ] || fail "CXX is forgotten"
[ "$(CC='gcc -m64' $run 'echo $CC' 2>"$work/err")" = 'gcc -m64' ] || fail "CC=gcc gives way"
grep -q 'CC=gcc -m64 stays: it names no clang' "$work/err" || fail "not said: $(cat "$work/err")"
[ -z "$(CC=gcc $run 'echo $CXX' 2>/dev/null)" ] || fail "half the build by gcc"
[ "$(AUTOPASS=off CC=cc0 $run 'echo $CC $CXX $PATH')" = "cc0 $PATH" ] || fail "AUTOPASS=off is no off"
mkdir -p "$work/llvm-14/bin" && cp "$work/clang-77" "$work/llvm-14/bin/clang"
CC=$work/llvm-14/bin/clang $run true 2>"$work/err"
tr -s ' \n' ' ' <"$work/err" | grep -q 'clang 14, for which there is no plugin' || fail "not said: no plugin: $(cat "$work/err")"
path=$(env -u PATH "$(type -P autopass)" run -- sh -c 'echo "$PATH"')
case $path in *: | *::* | :*) fail "the current folder is on PATH=$path" ;; */masquerade:*/bin) ;; *) fail "PATH=$path" ;; esac
autopass run -- autopass run -- make -s -B # twice does no harm
