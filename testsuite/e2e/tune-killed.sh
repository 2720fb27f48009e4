#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# kill -9 of a session: the store is whole, nothing is left running, the next session goes on.
# KILLS=10 for the long form.
. "$(dirname "$0")/common.bash"

recipe=$AUTOPASS_SOURCE/testsuite/programs/recipe
kernel=adpcm
CC=autopass-clang CXX=autopass-clang++ "$recipe" build $kernel "$work/run"
target=$("$recipe" target $kernel "$work/run")
train=$("$recipe" workload $kernel "$work/run" train)

resumed=0
for kill in $(seq "${KILLS:-2}"); do
  autopass tune "$target" --run "$train" --budget 40s >"$work/out" 2>"$work/err" </dev/null &
  session=$!
  if [ "$kill" = 1 ]; then # certainly not before something was measured
    for _ in $(seq 300); do
      [ "$(sqlite3 -readonly "$XDG_STATE_HOME/autopass/builds.db" 'SELECT count(*) FROM trials' 2>/dev/null || echo 0)" = 0 ] || break
      kill -0 $session 2>/dev/null || break
      sleep 0.1
    done
  else
    sleep $((RANDOM % 24)).$((RANDOM % 10))
  fi
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
expect_exit 0 autopass tune "$target" --run "$train" --budget 40s
grep -q 'resuming:' "$work/err" || [ $resumed -gt 0 ] || fail "nothing was resumed"
