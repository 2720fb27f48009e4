#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What cannot be started as we said is started without plans, or without the prefix, and we say so.
. "$(dirname "$0")/common.bash"
stores=$AUTOPASS_BUILD/testsuite/e2e/stores
export AUTOPASS_LOG=$work/log AUTOPASS_PLANS=$work/plans.snapshot
"$stores" snapshot "$AUTOPASS_PLANS" '' mycpu "$(command -v clang-22)" 22 \
  0123456789abcdef0123456789abcdef '{"v":2,"params":{"unroll-count":4}}' >"$work/digest"
echo 'int f(int x) { return x + 1; }' >a.c
clang-22 -O2 -c a.c -o stock.o

# A command that the kernel just takes.
cat >"$work/longest" <<'PY'
import errno, os, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_STACK, (2 << 20, -1))  # a quarter of it, with pointers and zeros
room = (2 << 18) - sum(len(name) + len(value) + 10 for name, value in os.environ.items())
for size in range(room, 0, -64):
    words = ["-D" + "x" * 1000] * (size // 1011) + ["-D" + "y" * (size % 1011 + 1)]
    try:
        sys.exit(subprocess.run(sys.argv[1:] + words, check=False).returncode)
    except OSError as error:
        assert error.errno == errno.E2BIG
PY
autopass-clang -O2 -c a.c -o short.o
python3 "$work/longest" autopass-clang -O2 -c a.c -o long.o || fail "exit code $?"
cmp long.o stock.o || fail "another object"
tail -1 "$AUTOPASS_LOG" | grep -q "^compile command-too-long $PWD/long.o" || fail "$(cat "$AUTOPASS_LOG")"
cat >"$work/expected" <<END
compile - $(cat "$work/digest") $PWD/short.o
compile command-too-long - $PWD/long.o
END
"$stores" fold "$XDG_STATE_HOME/autopass/spool" "$XDG_STATE_HOME/autopass/builds.db" >"$work/jobs"
diff -u "$work/expected" "$work/jobs" || fail "other records"

# Prefixes: a folder, and a program that the kernel does not start.
printf 'garbage' >"$work/garbage"
chmod +x "$work/garbage"
for prefix in /usr "$work/garbage"; do
  AUTOPASS_PREFIX=$prefix autopass-clang -O2 -c a.c -o prefix.o
  cmp prefix.o stock.o || fail "another object with $prefix"
done
autopass stats -v >"$work/stats"
for reason in command-too-long prefix-missing prefix-unusable; do
  grep -q "^ *1  $reason: " "$work/stats" || fail "not counted: $reason in $(cat "$work/stats")"
done
