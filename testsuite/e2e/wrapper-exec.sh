#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The wrapper becomes the compiler: same process, so that signals and whatever else is set reach it.
. "$(dirname "$0")/common.bash"
cat >"$work/clang-77" <<'SH'
#!/bin/bash
echo "$$ $0 $* umask=$(umask) limit=$(ulimit -n) guard=$AUTOPASS_GUARD" >"$REPORT"
exec sleep 60
SH
chmod +x "$work/clang-77"
export REPORT=$work/report

(umask 027 && ulimit -n 77 && AUTOPASS_CLANG=$work/clang-77 exec autopass-clang -c 'a b.c' '') &
pid=$!
for _ in $(seq 100); do [ -s "$REPORT" ] && break; sleep 0.05; done
[ "$(cat "$REPORT")" = "$pid $work/clang-77 -c a b.c  umask=0027 limit=77 guard=1" ] ||
  fail "started otherwise: $(cat "$REPORT")"
kill -TERM $pid
code=0
wait $pid || code=$?
[ $code = 143 ] || fail "SIGTERM gave exit code $code"

# Ignored signals stay ignored, and 200 KB of arguments arrive.
cat >"$work/clang-77" <<'SH'
#!/bin/bash
grep SigIgn /proc/self/status >"$REPORT"
printf '%s\n' "$@" | wc -c >>"$REPORT"
SH
long=$(printf 'x%.0s' $(seq 1000))
trap '' HUP
# shellcheck disable=SC2046
AUTOPASS_CLANG=$work/clang-77 autopass-clang $(yes -- "-D$long" | head -200) -c a.c
trap - HUP
[ $((0x$(sed -n 's/SigIgn:\t//p' "$REPORT") & 1)) = 1 ] || fail "SIGHUP is no longer ignored"
[ "$(tail -1 "$REPORT")" = $((200 * 1003 + 7)) ] || fail "arguments: $(tail -1 "$REPORT") bytes"

# A script without "#!" is one for the shell; without PATH there is the one that shells search then.
printf 'echo "by the shell: $*"\n' >"$work/clang-77"
[ "$(AUTOPASS_CLANG=$work/clang-77 autopass-clang -c a.c)" = 'by the shell: -c a.c' ] || fail "no script without #!"
for path in -i PATH=; do
  env $path "$(type -P autopass-clang)" --version | grep -q 'clang version 22' || fail "env $path: no compiler"
done
# A home that is not there is not made.
echo 'int x;' >a.c
env -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME HOME="$work/missing" autopass-clang -c a.c
[ ! -e "$work/missing" ] || fail "made a home: $(find "$work/missing")"

# A target prefix of our own name is passed on, as clang++ and clang both understand it.
for driver in clang clang++; do
  ln -sf "$(command -v "autopass-$driver")" "$work/aarch64-linux-gnu-autopass-$driver"
  target=$("$work/aarch64-linux-gnu-autopass-$driver" -print-target-triple)
  [ "$target" = aarch64-unknown-linux-gnu ] || fail "$driver with a prefix compiles for $target"
done

# Each library that a compile has to load costs it time (docs/decisions.md).
needed() { readelf -d "$AUTOPASS_BUILD/$1" | sed -n 's/.*(NEEDED).*\[\(lib[a-z+_]*\).*/\1/p' | sort | xargs; }
case $(needed wrapper/autopass-clang) in '' | libc) ;; *) fail "the wrapper loads $(needed wrapper/autopass-clang)" ;; esac
for plugin in "$AUTOPASS_BUILD"/lib/autopass/autopass-pass-*.so; do # what clang has loaded already
  plugin=${plugin#"$AUTOPASS_BUILD/"}
  [ "$(needed "$plugin")" = "libc libgcc_s libstdc++" ] || fail "$plugin loads $(needed "$plugin")"
done

# Who watches a build by a preloaded library sees what we exec; the masquerade is known to be us all the same.
cat >"$work/watch.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
int execv(const char* path, char* const words[]) {
  int log = open(getenv("WATCHED"), O_WRONLY | O_APPEND | O_CREAT, 0666);
  write(log, path, strlen(path));
  write(log, "\n", 1);
  close(log);
  return ((int (*)(const char*, char* const*))dlsym(RTLD_NEXT, "execv"))(path, words);
}
C
clang-22 -shared -fPIC -w -o "$work/watch.so" "$work/watch.c"
echo 'int x;' >"$work/x.c"
for called in "$(command -v autopass-clang)" "$AUTOPASS_BUILD/lib/autopass/masquerade/clang"; do
  rm -f "$work/watched"
  (unset AUTOPASS_CLANG; PATH=$AUTOPASS_BUILD/lib/autopass/masquerade:$PATH WATCHED=$work/watched \
    LD_PRELOAD=$work/watch.so "$called" -c "$work/x.c" -o "$work/x.o") || fail "with a library preloaded: exit code $?"
  [[ $(cat "$work/watched") =~ ^[^$'\n']*/clang[-0-9]*$ ]] || fail "watched: $(cat "$work/watched")"
done

# Without /proc, as in some chroots, nothing of the working folder is run, and a copy knows itself.
if unshare -m true 2>/dev/null; then
  mkdir -p lib/autopass copies
  printf '#!/bin/sh\necho hijacked\n' >lib/autopass/autopass-clang-preloadable
  chmod +x lib/autopass/autopass-clang-preloadable
  cp "$(readlink -f "$(type -P autopass-clang)")" copies/clang-22
  unshare -m sh -c 'mount -t tmpfs none /proc && LD_PRELOAD=libnone.so autopass-clang -O2 -c a.c -o preloaded.o &&
    PATH=$PWD/copies:$PATH clang-22 -O2 -c a.c -o copied.o' >"$work/said" 2>&1 || fail "without /proc: $(cat "$work/said")"
  ! grep -q hijacked "$work/said" || fail "without /proc: a program of the working folder was run"
  cmp preloaded.o copied.o || fail "without /proc: another object"
else
  echo "no mount namespace here: not tried without /proc"
fi
