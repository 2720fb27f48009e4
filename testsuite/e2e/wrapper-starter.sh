#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# After the link of a target with a workload a worker is started, if the user has switched that on:
# after the end of the link, and holding nothing of the build: no file, no session, no ignored signal.
. "$(dirname "$0")/common.bash"
mkdir "$work/bin"
cp "$(command -v autopass-clang)" "$work/bin/"
cat >"$work/bin/autopass" <<'SH'
#!/bin/bash
standard=$(readlink /proc/$$/fd/0),$(readlink /proc/$$/fd/1),$(readlink /proc/$$/fd/2)
{
  echo "$standard"
  echo "$*"
  [ -s "$TARGET" ] && echo linked
  echo "makeflags=${MAKEFLAGS-none} guard=${AUTOPASS_GUARD-none} $PWD nice=$(nice)"
  echo "session=$([ "$(cut -d' ' -f6 /proc/$$/stat)" = $$ ] && echo own) hangup=$((0x$(sed -n 's/^SigIgn:\t//p' /proc/$$/status) & 1))"
  for fd in /proc/$$/fd/*; do
    case $(readlink "$fd") in /dev/null | "$0") ;; *) readlink "$fd" ;; esac
  done | grep -v -e "$REPORT" -e '^pipe:' | sed 's/^/holds /'
} >"$REPORT.new" 2>/dev/null
mv "$REPORT.new" "$REPORT"
SH
chmod +x "$work/bin/autopass"
export REPORT=$work/report TARGET=$PWD/prog
echo 'int main(void) { return 0; }' >a.c
printf '[[target]]\npath = "prog"\ntrain = ["{target}"]\n' >.autopass.toml
unset CI

# links [VARIABLE=VALUE...]: links, and tells whether a worker was seen. It has nice 19: on a busy machine
# that takes its time.
links() {
  rm -f "$REPORT" prog
  (trap '' HUP && env "$@" MAKEFLAGS=-j4 "$work/bin/autopass-clang" a.c -o prog 9>"$work/held") | cat
  for _ in $(seq "$patience"); do [ -e "$REPORT" ] && return; sleep 0.1; done
  return 1
}

patience=20
! links || fail "started although nothing was switched on"
! links AUTOPASS_TUNE=auto CI=1 || fail "started in CI"
sed -i s/prog/other/ .autopass.toml
! links AUTOPASS_TUNE=auto || fail "started for a target without a workload"
sed -i s/other/prog/ .autopass.toml
patience=600
expected='/dev/null,/dev/null,/dev/null\nqueue --work\nlinked\nmakeflags=none guard=none / nice=19\nsession=own hangup=0\n'
links AUTOPASS_TUNE=auto || fail "not started"
printf "$expected" | diff -u - "$REPORT" || fail "otherwise"
links AUTOPASS_TUNE=auto <&- || fail "not started without standard input"
printf "$expected" | diff -u - "$REPORT" || fail "otherwise without standard input"
"$AUTOPASS_BUILD/testsuite/e2e/stores" fold "$XDG_STATE_HOME/autopass/spool" "$work/builds.db" >"$work/jobs"
[ "$(grep -c ^queue "$work/jobs")" = 1 ] || fail "queued: $(cat "$work/jobs")"
grep -q "^queue queued $PWD $PWD/prog$" "$work/jobs" || fail "queued: $(cat "$work/jobs")"
