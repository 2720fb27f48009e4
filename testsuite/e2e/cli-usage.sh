#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Exit codes, messages with something to try, and JSON where it is promised.
. "$(dirname "$0")/common.bash"

expect_exit 0 autopass --version
expect_exit 2 autopass tunee
grep -q 'no verb tunee' "$work/err" || fail "an unknown verb is not named"
expect_exit 0 autopass tune --help
for words in "" "tnue" "tune --budgt 5m" "undo" "config nonsense" "config tune=perhaps" "tune"; do
  # shellcheck disable=SC2086
  expect_exit 2 autopass $words
  [ ! -s "$work/out" ] || fail "talk on standard output: autopass $words"
  grep -q '^autopass: ' "$work/err" || fail "no message: autopass $words"
  grep -q '^  try: ' "$work/err" || fail "nothing to try: autopass $words"
done
expect_exit 1 autopass undo ./nothing
expect_exit 1 autopass report
expect_exit 1 autopass explain ./nothing.o
expect_exit 1 autopass tune ./nothing --run ./nothing
grep -q 'was never built' "$work/err" || fail "not said: never built"

for verb in status stats queue show config vocabulary doctor; do
  expect_exit 0 autopass "$verb" --json
  python3 -c 'import json,sys; assert json.load(sys.stdin)["schema"] == 1' <"$work/out" || fail "$verb --json"
  expect_exit 0 autopass "$verb"
done
expect_exit 1 autopass show ./nothing
expect_exit 1 autopass stale ./nothing
for clang in /bin/sh no-such-clang "$AUTOPASS_BUILD/wrapper/autopass-clang"; do
  expect_exit 2 autopass config "clang=$clang"
done
expect_exit 0 autopass config clang=clang-22
expect_exit 0 autopass config clang=
expect_exit 0 autopass config budget=7m
expect_exit 0 autopass config budget
[ "$(cat "$work/out")" = 7m ] || fail "the configuration was not kept"
[ ! -e "$XDG_DATA_HOME" ] || fail "reading verbs wrote plans"

# A result that cannot be written is a failure: a long one, and one that is written at the end alone.
for words in vocabulary "config budget"; do
  code=0
  # shellcheck disable=SC2086
  autopass $words >/dev/full 2>"$work/err" || code=$?
  [ "$code" = 1 ] || fail "exit code $code with a full disk: autopass $words"
done
