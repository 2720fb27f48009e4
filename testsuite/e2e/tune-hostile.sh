#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Workloads that do harm: each is contained, gets a verdict that says what it did, and leaves nothing
# running and nothing on the disk.
. "$(dirname "$0")/replay.bash"

cat >main.c <<'END'
#include <stdio.h>
int main(void) {
  unsigned s = 0;
  for (unsigned i = 0; i < 120000000; ++i) s = s * 31 + (s >> 7) + i;
  printf("%u\n", s);
}
END
autopass-clang -O2 main.c -o prog
mark=autopass-hostile-$$

# hostile VERDICT SCRIPT: what a session says of a workload that does this as well.
hostile() {
  printf '#!/bin/sh\n%s\nexec "$AUTOPASS_TARGET"\n' "$2" >workload.sh
  traces >"$work/before"
  expect_exit 1 autopass tune prog --run ./workload.sh --sandbox on --budget "${budget:-60s}"
  tr -s '\n ' ' ' <"$work/err" | grep -Eq "$1" || fail "not \"$1\" of: $2: $(cat "$work/err")"
  traces | cmp - "$work/before" || fail "left on the disk by: $2"
  ! grep -lqas "AUTOPASS_TARGET=$work" /proc/[0-9]*/environ || fail "still running: $2"
}
traces() { find . "$HOME" /tmp/"$mark" /var/tmp/"$mark" /dev/shm/"$mark" /var/"$mark" 2>/dev/null || true; }
touch workload.sh
chmod +x workload.sh

autopass tune prog --run ./prog --sandbox on --budget 6s >/dev/null 2>"$work/err" || true
! grep -q 'kernel refuses' "$work/err" || exit 77 # a container that allows no namespaces

hostile 'was stopped, it took more than [0-9]+ processes|did not end within' 'f() { f | f & }; f; sleep 600'
hostile 'exit code 9.*(Read-only|denied)' "echo x >$HOME/x; echo x >/var/$mark && exit 8; exit 9"
hostile 'exit code 9.*limit exceeded' 'head -c 10G /dev/zero >big || exit 9'
budget=6s hostile 'did not end within' 'trap "" TERM; sleep 600'
hostile 'another result each time' "touch /tmp/$mark /var/tmp/$mark /dev/shm/$mark; date +%s%N"
hostile 'signal 9' 'kill -9 $PPID; kill -9 -1; exit 9'
hostile 'exit code 9.*unreachable' 'bash -c "exec 3<>/dev/tcp/192.0.2.1/80"; exit 9'
hostile 'exit code 9' '(setsid sleep 600 &); exit 9'
