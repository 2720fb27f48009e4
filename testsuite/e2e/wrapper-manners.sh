#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Whatever is missing, broken or in the way around us, the compile goes through, and in silence.
. "$(dirname "$0")/common.bash"
echo 'int f(int x) { return x + 1; }' >a.c
clang-22 -O2 -c a.c -o theirs.o

# quiet COMMAND...: compiles a.c to ours.o as clang does, and says nothing.
quiet() {
  rm -f ours.o
  expect_exit 0 timeout 20 "$@" -O2 -c a.c -o ours.o
  cmp ours.o theirs.o || fail "another object: $*"
  [ ! -s "$work/out" ] && [ ! -s "$work/err" ] || fail "said something: $* $(cat "$work/out" "$work/err")"
}

quiet autopass-clang
AUTOPASS=off AUTOPASS_LOG=$work/log quiet autopass-clang
[ ! -e "$work/log" ] || fail "AUTOPASS=off leaves a log"
quiet env -u HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME autopass-clang
quiet env -i PATH="$PATH" autopass-clang
quiet env XDG_STATE_HOME=/proc/none XDG_DATA_HOME=/proc/none XDG_CONFIG_HOME=/proc/none autopass-clang
quiet env AUTOPASS_LOG=/proc/none/log AUTOPASS_SPOOL=/dev/full autopass-clang
quiet env AUTOPASS_LIBDIR=/nowhere autopass-clang
quiet env AUTOPASS_TUNE=nonsense autopass-clang

mkfifo "$work/fifo"
quiet env AUTOPASS_PLANS="$work/fifo" AUTOPASS_SPOOL="$work/fifo" AUTOPASS_LOG="$work/fifo" autopass-clang
truncate -s 4G "$work/sparse"
quiet env AUTOPASS_PLANS="$work/sparse" AUTOPASS_SPOOL="$work/sparse" autopass-clang
head -c 65536 /dev/urandom >"$work/garbage"
quiet env AUTOPASS_PLANS="$work/garbage" autopass-clang
mkdir -p "$XDG_CONFIG_HOME/autopass"
echo 'clang = [' >"$XDG_CONFIG_HOME/autopass/config.toml"
echo 'project = [' >.autopass.toml
quiet autopass-clang
rm "$XDG_CONFIG_HOME/autopass/config.toml" .autopass.toml

# Closed descriptors: what we open in between must not stay in their place.
cat >"$work/clang-77" <<'SH'
#!/bin/bash
for fd in 0 1 2; do [ ! -e /proc/$$/fd/$fd ] || open+=$fd; done
echo "open: $open" >"$REPORT"
SH
chmod +x "$work/clang-77"
"$AUTOPASS_BUILD/testsuite/e2e/stores" snapshot "$work/plans" "" mycpu "$work/clang-77" 22 \
  0123456789abcdef0123456789abcdef '{"v":2,"params":{"unroll-count":4}}' >/dev/null
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
  REPORT=$work/expected bash -c "$work/clang-77 $closed"
  REPORT=$work/report AUTOPASS_CLANG=$work/clang-77 AUTOPASS_PLANS=$work/plans bash -c "autopass-clang -c a.c $closed"
  cmp "$work/expected" "$work/report" || fail "other descriptors with $closed: $(cat "$work/expected" "$work/report")"
  rm -f ours.o
  bash -c "autopass-clang -O2 -c a.c -o ours.o $closed" || fail "exit code with $closed"
  cmp ours.o theirs.o || fail "another object with $closed"
done
# Past the limit a write would kill us.
head -c 100000 /dev/zero >>"$XDG_STATE_HOME/autopass/spool"
(ulimit -f 64 && autopass-clang -O2 -c a.c -o ours.o) || fail "with a file size limit"

# No compiler, and one that starts us again.
mkdir "$work/empty"
expect_exit 127 env PATH="$work/empty" "$(command -v autopass-clang)" -c a.c
grep -q 'no clang found' "$work/err" || fail "no word about the missing compiler"
printf '#!/bin/sh\nexec autopass-clang "$@"\n' >"$work/loop"
chmod +x "$work/loop"
quiet env AUTOPASS_CLANG="$work/loop" autopass-clang
mkdir "$work/all"
cp "$work/loop" "$work/all/clang-22"
expect_exit 127 timeout 20 env PATH="$work/all:$(dirname "$(command -v autopass-clang)"):/usr/bin" \
  AUTOPASS_CLANG="$work/all/clang-22" autopass-clang -c a.c
