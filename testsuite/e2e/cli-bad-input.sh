#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Whatever is wrong with the workload, the build or the installation: a clear message, something to
# try, exit code 1 or 2, no plan, no process left.
. "$(dirname "$0")/common.bash"

cat >p.c <<'C'
int printf(const char*, ...);
long time(long*);
int pause(void);
int main(int argc, char** argv) {
  char mode = argc > 1 ? argv[1][0] : 'w';
  unsigned hash = mode == 'v' ? (unsigned)time(0) : 1;
  for (long i = 0; i < (mode == 's' ? 1000 : 100000000); ++i) hash = hash * 31 + (hash >> 3);
  if (mode == 'h') pause();
  printf("%u\n", hash);
  return mode == 'f' ? 3 : 0;
}
C
autopass-clang -O0 -c p.c -o unoptimised.o && autopass-clang unoptimised.o -o unoptimised
expect_exit 0 autopass tune ./unoptimised --run ./unoptimised --budget 90s --json
grep -q '"verdict":"nothing tried"' "$work/out" || fail "-O0: $(cat "$work/out")"
grep -q 'can be tuned (the hottest: main)' "$work/out" || fail "-O0, no reason: $(cat "$work/out")"
expect_exit 0 autopass explain unoptimised.o

mkdir -p "$work/tools/bin"
cp "$(readlink -f "$(command -v clang-22)")" "$work/tools/bin/clang-22"
AUTOPASS_CLANG=$work/tools/bin/clang-22 autopass-clang -O2 -c p.c -o p.o
AUTOPASS_CLANG=$work/tools/bin/clang-22 autopass-clang p.o -o p

# refused WORDS COMMAND...: exit code 1 or 2, WORDS in the message, something to try, nothing published
refused() {
  local words=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = 1 ] || [ "$code" = 2 ] || fail "exit code $code: $*"
  grep -qiE "$words" "$work/err" || { cat "$work/err" && fail "the message does not say '$words': $*"; }
  grep -q '^autopass: ' "$work/err" || fail "no message: $*"
  [ ! -s "$work/out" ] || fail "something on standard output: $*"
  [ ! -e "$XDG_DATA_HOME/autopass/plans.snapshot" ] || fail "plans were published: $*"
  ! pgrep -f "$XDG_STATE_HOME" >/dev/null || fail "a process is left: $*"
}

refused 'never built' autopass tune ./q --run ./q
refused 'no workload' autopass tune ./p
refused 'exit code 3' autopass tune ./p --run './p fails'
refused 'each time|varies|differs' autopass tune ./p --run './p varies'
refused 'short|takes' autopass tune ./p --run './p short'
refused 'timed out|hangs|does not end' autopass tune ./p --run './p hangs; true' --budget 20s
refused 'does not run' autopass tune ./p --run 'echo hello'
refused 'session takes|the budget' autopass tune ./p --run ./p --budget 2s
cp -p p.c kept.c && sleep 0.01 && echo "int x;" >>p.c
refused 'p.c' autopass tune ./p --run ./p
cp -p kept.c p.c
AUTOPASS_LIBDIR=$work refused 'plugin' autopass tune ./p --run ./p
mkdir -p "$XDG_DATA_HOME/autopass" && echo 'this is no database, and long enough to be read as one' >"$XDG_DATA_HOME/autopass/plans.db"
refused 'plans.db' autopass tune ./p --run ./p
rm -r "$XDG_DATA_HOME" "$work/tools"
refused 'compiler|clang' autopass tune ./p --run ./p
