#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A background session that meets another one which measures is not lost: it waits for the next time.
. "$(dirname "$0")/common.bash"
mkdir "$work/bin"
cp "$(command -v autopass-clang)" "$work/bin/"
printf '#!/bin/sh\n' >"$work/bin/autopass" # the worker that the link starts: we work ourselves
chmod +x "$work/bin/autopass"
export AUTOPASS_CLANG=clang-22
echo 'int main(void) { return 0; }' >a.c
printf '[[target]]\npath = "prog"\ntrain = ["{target}"]\n' >.autopass.toml
env -u CI AUTOPASS_TUNE=auto "$work/bin/autopass-clang" -O1 a.c -o prog

exec 9>"$XDG_STATE_HOME/autopass/session.lock"
flock 9
for _ in 1 2; do
  expect_exit 1 autopass queue --work
  expect_exit 0 autopass queue
  [ "$(grep -c '^queued .* '"$PWD/prog"'$' "$work/out")" = 1 ] || fail "not put back: $(cat "$work/out")"
done
