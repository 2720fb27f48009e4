#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# kill -9 of a session: the store is whole, nothing is left running, the next session goes on.
# KILLS=10 for the long form.
. "$(dirname "$0")/../e2e/common.bash"

recipe=$AUTOPASS_SOURCE/testsuite/programs/recipe
kernel=adpcm
CC=autopass-clang CXX=autopass-clang++ "$recipe" build $kernel "$work/run"
target=$("$recipe" target $kernel "$work/run")
train=$("$recipe" workload $kernel "$work/run" train)

measurements() {
  sqlite3 "$XDG_STATE_HOME/autopass/builds.db" 'SELECT count(*) FROM trials' 2>/dev/null || echo 0
}

resumed=0
for kill in $(seq "${KILLS:-2}"); do
  autopass tune "$target" --run "$train" --budget 60s >"$work/out" 2>"$work/err" </dev/null &
  session=$!
  for wait in $(seq 100); do # for the first measurement, then a random moment after it
    [ "$(measurements)" -gt 0 ] && break
    sleep 0.5
  done
  sleep $((RANDOM % 6)).$((RANDOM % 10))
  kill -9 $session 2>/dev/null || true # it may have come to its end
  wait $session 2>/dev/null || true
  sleep 0.3
  if pgrep -f "$work" >"$work/left"; then
    ps -f -p "$(paste -sd, "$work/left")" >&2
    fail "processes left behind"
  fi
  for database in "$XDG_DATA_HOME"/autopass/plans.db "$XDG_STATE_HOME"/autopass/builds.db; do
    [ ! -e "$database" ] || [ "$(sqlite3 "$database" 'PRAGMA integrity_check')" = ok ] || fail "$database"
  done
  grep -q '^resuming:' "$work/err" && resumed=$((resumed + 1))
done
expect_exit 0 autopass tune "$target" --run "$train" --budget 60s
grep -q 'resuming:' "$work/err" || [ $resumed -gt 0 ] || fail "nothing was resumed"
