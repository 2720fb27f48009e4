#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `autopass measure`: far apart is told apart, the same is not, and a command line that makes no sense is
# refused. The effects are planted and large: no test depends on a calm machine.
. "$(dirname "$0")/common.bash"

cat >spin.c <<'END'
#include <stdio.h>
#include <stdlib.h>
int main(int count, char** words) {
  unsigned x = 1;
  for (long i = 0; i < atol(words[1]) * 100000; i++) x = x * 1664525u + 1013904223u;
  printf("%s\n", count > 2 ? words[2] : x ? "done" : "none");
  return count > 3;
}
END
clang-22 -O1 -o spin spin.c
field() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/out" "$1"; }
message() { tr -s ' \n' ' ' <"$work/err"; } # without its line breaks

expect_exit 0 autopass measure --json --csv samples.csv -- ./spin 360 --vs ./spin 120
[ "$(field schema) $(field verdict)" = "1 faster" ] || fail "not told apart: $(cat "$work/out")"
python3 -c 'import json,sys; r=json.load(open(sys.argv[1])); assert 1 < r["low"] < r["ratio"] < r["high"]
assert r["pairs"] == len(r["samples"]) == 12 and r["settled"] and r["same_output"]' "$work/out" || fail "the record"
[ "$(wc -l <samples.csv)" = 13 ] || fail "samples in the table: $(wc -l <samples.csv)"
expect_exit 0 autopass measure --json -- ./spin 120 --vs './spin 360 other'
[ "$(field verdict) $(field same_output)" = "slower False" ] || fail "not slower: $(cat "$work/out")"
expect_exit 0 autopass measure -- ./spin 360 --vs ./spin 120
grep -q '^faster: the second command has ' "$work/out" || fail "no sentence: $(cat "$work/out")"

# One program against itself is no claim, whatever the machine does (one in a hundred would be).
expect_exit 0 autopass measure --json --time 4s -- ./spin 120 --vs ./spin 120
[ "$(field verdict)" = "no difference found" ] || fail "a difference from itself: $(cat "$work/out")"
# What waits is timed by the wall clock; what is too short is told so.
expect_exit 0 autopass measure --json -- sleep 0.02 --vs sleep 0.2
[ "$(field verdict) $(field clock)" = "slower wall" ] || fail "waiting was not measured: $(cat "$work/out")"
expect_exit 0 autopass measure --time 1s -- sleep 0.2 --vs sleep 0.2
tr -s ' \n' ' ' <"$work/out" | grep -q 'the wall clock is read; the first command waits: 0.0' || fail "no reason for the wall clock: $(cat "$work/out")"
expect_exit 0 autopass measure --time 2s --clock cpu -- true --vs true
grep -q 'too short' "$work/out" || fail "nothing said about a command of no length: $(cat "$work/out")"

expect_exit 1 autopass measure -- ./spin 1 --vs ./spin 1 x y
grep -q 'second command failed' "$work/err" || fail "a failing command was measured"
expect_exit 0 autopass measure --time 1s --ignore-failure -- ./spin 1 --vs ./spin 1 x y
# Failing as at first is measured; breaking off in between is no result.
printf '#!/bin/sh\necho >>runs\n[ $(wc -l <runs) -lt 3 ] || exit 255\nexec ./spin 120\n' >breaks && chmod +x breaks
expect_exit 1 autopass measure --ignore-failure -- ./spin 120 --vs ./breaks
message | grep -q 'the second command ended otherwise while it was measured: exit code 255, and before exit code 0' || fail "broken runs count: $(cat "$work/out" "$work/err")"
rm runs
expect_exit 1 autopass measure --ignore-failure -- ./breaks --vs ./spin 120
message | grep -q 'the first command ended otherwise while it was measured: exit code 255, and before' || fail "whose fault: $(cat "$work/err")"
# What was done in the first run and is done no more is no comparison of that work.
printf 'done-%%:\n\t@./spin 60; touch $@\n' >Makefile
expect_exit 0 autopass measure --json --time 2s -- ./spin 60 --vs make done-b
[ "$(field same_output)" = False ] || fail "one build was compared with none: $(cat "$work/out")"
python3 -c 'import json,sys; r=json.load(open(sys.argv[1])); assert r["a"]["other_output"] == 0 < r["b"]["other_output"] == r["pairs"]
assert any("second command printed something else than at first in %d of %d runs" % (r["pairs"], r["pairs"]) in n for n in r["notes"])' \
  "$work/out" || fail "no note: $(cat "$work/out")"
# What prints the time is measured all the same.
expect_exit 0 autopass measure --time 2s -- date +%N --vs date +%N
tr -s ' \n' ' ' <"$work/out" | grep -q 'the first command printed something else' || fail "no note about the time: $(cat "$work/out")"
# Neither prints nor writes without end (a file of holes takes no space here).
expect_exit 1 autopass measure -- true --vs truncate -s 2G holes
message | grep -q 'the second command was stopped: it took more than 1 GiB for one file' || fail "no limit: $(cat "$work/err")"
expect_exit 0 autopass measure --time 1s -- true --vs 'ulimit -f unlimited; truncate -s 2G holes'
expect_exit 1 autopass measure -- true --vs 'rm holes; truncate -s 2G holes; exit $?'
message | grep -q 'ulimit -f unlimited' || fail "nothing to try: $(cat "$work/err")"
for words in "" "-- ./spin 1" "-- --vs ./spin" "-- ./spin --vs" "-- a --vs b --vs c" "--core 99 -- true --vs true" \
  "--clock sun -- true --vs true" "--time never -- true --vs true" "--time 0s -- true --vs true"; do
  # shellcheck disable=SC2086
  expect_exit 2 autopass measure $words
done
expect_exit 1 autopass measure -- ./no-such-program --vs true
expect_exit 1 autopass measure --csv /no/such/folder/x -- touch ran --vs true
[ ! -e ran ] || fail "found out last that the table cannot be written"
expect_exit 0 timeout 60 python3 -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execvp(sys.argv[1], sys.argv[1:])' autopass measure --time 1s -- true --vs true

# Interrupted, it leaves nothing.
mkdir -p "$work/tmp"
TMPDIR="$work/tmp" autopass measure --time 60s -- ./spin 120 --vs ./spin 120 >/dev/null 2>&1 &
measuring=$!
until [ -n "$(ls -A "$work/tmp")" ]; do sleep 0.1; done
kill -TERM "$measuring"
wait "$measuring" && fail "an interrupted measurement succeeded"
for _ in $(seq 100); do
  [ -n "$(ls -A "$work/tmp")" ] || break
  sleep 0.1
done
[ -z "$(ls -A "$work/tmp")" ] || fail "left behind: $(ls -A "$work/tmp")"
