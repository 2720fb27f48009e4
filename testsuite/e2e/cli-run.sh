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
expect_exit 1 autopass run -- no-such-program
grep -q 'no-such-program' "$work/err" || fail "no word about it"
expect_exit 2 autopass run
expect_exit 0 autopass run --help

# Who has chosen a clang keeps it; another compiler gives way, as asked.
printf '#!/bin/sh\necho chosen "$@"\n' >"$work/clang-77"
chmod +x "$work/clang-77"
run='autopass run -- sh -c'
[ "$(CC=$work/clang-77 $run '$CC -c x.c')" = 'chosen -c x.c' ] || fail "CC=clang-77 is forgotten"
CC=gcc $run '"$CC" -c a.c -o "by gcc.o"'
autopass explain 'by gcc.o' | grep -q '^compiler *.*clang' || fail "CC=gcc stayed"
autopass run -- autopass run -- make -s -B # twice does no harm
