#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A compile with plans that is ended by a signal ends at once, as clang does: by that signal, with no
# process left, and no file that clang would not leave. At random moments, and while it is held up
# by its plans for good.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c
evidence "$source" 2>/dev/null
slice=$(echo "$(fingerprint f) {\"v\":2,\"params\":{\"unroll-count\":2}}" |
  "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)

processes() { # compiles of ours; some of them end while they are looked at
  { grep -lazF "AUTOPASS_TEST_MARK=$work" /proc/[0-9]*/environ 2>/dev/null || true; } | wc -l
}

send() { # SIGNAL SECONDS ARGUMENTS...
  mkdir run
  # Background jobs of a script ignore SIGINT, a script under nohup SIGHUP; and what ignores it goes on.
  (cd run && exec env --default-signal=HUP,INT AUTOPASS_TEST_MARK="$work" $clang -O3 -g -gsplit-dwarf -c "$source" -o x.o "${load[@]}" -mllvm -autopass-set="$slice" "${@:3}") &
  local pid=$! code=0
  sleep "$2"
  kill "-$1" "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || code=$?
  # The kernel tells a child of a process that was killed that it is; it goes a moment later.
  local waits=0
  while [ "$(processes)" -gt 0 ]; do
    [ $((++waits)) -lt 200 ] || fail "$1 after $2 s: a process is left"
    sleep 0.05
  done
  ended=$code
  left=$(cd run && echo *)
  rm -r run
}

# On a crowded machine SIGINT has been seen to leave clang's file, twice in some sixty times; never on a calm one, nor without
# plans in 800 times. Supposed, not shown: it came between the making of the file and the note to remove it.
unlucky=0
for signal in TERM INT HUP KILL; do
  case $signal in HUP) expected=129 ;; INT) expected=130 ;; KILL) expected=137 ;; TERM) expected=143 ;; esac
  for _ in 1 2 3 4; do
    send $signal "0.0$((1 + RANDOM % 9))" # not before the shell's child has dropped the shell's own trap
    case $left in '*' | "x.dwo x.o") ;; x-*.o.tmp | "x.dwo x-"*.o.tmp | x-*".o.tmp x.dwo") [ $signal = KILL ] || [ $((++unlucky)) -le 2 ] || fail "SIG$signal: left $left, time and again" ;;
    *) fail "SIG$signal: left $left" ;; esac
  done
  send $signal 1 -mllvm -autopass-plant=sleep:emission
  [ "$ended" = $expected ] || fail "SIG$signal: exit status $ended"
  [ "$left" = '*' ] || [ $signal = KILL ] || fail "SIG$signal while plans are tried: left $left"
done
