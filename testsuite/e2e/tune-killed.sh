#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# kill -9 of a session at random moments: the stores are whole, nothing is left running, and the next
# session goes on without measuring again what was measured. KILLS=10 for the long form.
. "$(dirname "$0")/common.bash"

recipe=$AUTOPASS_SOURCE/testsuite/programs/recipe
kernel=mixhash
CC=autopass-clang CXX=autopass-clang++ "$recipe" build $kernel "$work/run" >"$work/build.log" 2>&1
target=$("$recipe" target $kernel "$work/run")
train="$("$recipe" workload $kernel "$work/run" train); true" # by a shell, whose children have to die too
session() { exec autopass tune "$target" --run "$train" --budget 10m >"$work/out" 2>"$work/err" </dev/null; }
ask_record() { sqlite3 -readonly "$XDG_STATE_HOME/autopass/builds.db" "$1" 2>/dev/null || echo 0; }
measured() { ask_record 'SELECT count(*) FROM trials'; }

# The long form reaches the search, where measurements are kept, more often than the start.
longest=$((${KILLS:-2} > 2 ? 60 : 25))

for kill in $(seq "${KILLS:-2}"); do
  before=$(measured)
  session &
  session=$!
  moment=$((RANDOM % longest)).$((RANDOM % 10))
  if [ "$kill" = 1 ] || [ "${resumable:-0}" = 0 ]; then
    # The first one lives until there is something to resume.
    until [ "$(measured)" -gt 0 ]; do
      kill -0 $session || fail "the session ended: $(tail -n 2 "$work/err")"
      sleep 0.2
    done
    moment=0.$((RANDOM % 10))
    resumable=1
  fi
  sleep $moment
  kill -9 $session || fail "the session ended before it was killed"
  wait $session 2>/dev/null || true
  sleep 0.5
  if pgrep -f "$work" >"$work/left"; then
    ps -f -p "$(paste -sd, "$work/left")" >&2
    fail "processes left behind"
  fi
  for database in "$XDG_DATA_HOME"/autopass/plans.db "$XDG_STATE_HOME"/autopass/builds.db; do
    [ ! -e "$database" ] || [ "$(sqlite3 "$database" 'PRAGMA integrity_check')" = ok ] || fail "$database"
  done
  echo "kill $kill after $moment s: $before measurements before, $(measured) after"
  [ "$(measured)" -ge "$before" ] || fail "measurements were lost"
  [ "$(ask_record 'SELECT count(*) FROM (SELECT about FROM trials GROUP BY session, about HAVING count(*) > 1)')" = 0 ] ||
    fail "something was measured twice"
done

# The next one says what it goes on with, and adds to it.
before=$(measured)
rm "$work/err" # what the last one said must not be taken for this one's word
session &
session=$!
until grep -q '^resuming:' "$work/err" 2>/dev/null; do
  kill -0 $session || fail "nothing was resumed: $(tail -n 2 "$work/err")"
  [ "$(measured)" -le "$before" ] || { kill -9 $session && fail "nothing was resumed: it measures anew"; }
  sleep 0.2
done
grep -q "^resuming: $before measurement" "$work/err" || fail "$(grep '^resuming:' "$work/err"), not $before"
kill -9 $session
wait $session 2>/dev/null || true
