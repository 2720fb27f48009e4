#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A background session that meets another one which measures waits for it, and is then worked off.
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
autopass queue --work 9>&- >"$work/worker" 2>&1 &
worker=$!
waiting() { autopass queue >"$work/out" && grep -q '^queued .* '"$PWD/prog"'$' "$work/out"; }
for _ in $(seq 100); do
  ! grep -q -- "-> FLOCK .* $worker " /proc/locks || break
  sleep 0.1
done
grep -q -- "-> FLOCK .* $worker " /proc/locks || fail "the worker does not wait"
waiting || fail "not left alone: $(cat "$work/out")"
kill -0 "$worker" || fail "the worker has left"
flock -u 9
wait "$worker" || fail "the worker failed: $(cat "$work/worker")"
expect_exit 0 autopass queue
grep -q '^failed .* '"$PWD/prog" "$work/out" || fail "not worked off: $(cat "$work/out")"
