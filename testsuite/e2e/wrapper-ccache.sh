#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# With ccache behind us (AUTOPASS_PREFIX=ccache) tuned and untuned objects never mix, nor do those of two
# builds of the plugin; with ccache in front of us there are no plans, so nothing can be stale.
. "$(dirname "$0")/replay.bash"
command -v ccache >/dev/null || { echo "there is no ccache here" && exit 77; }
export CCACHE_DIR=$work/ccache AUTOPASS_LOG=$work/log AUTOPASS_LIBDIR=$work/lib
mkdir "$work/lib"
cp "$AUTOPASS_BUILD/lib/autopass/autopass-pass-22.so" "$work/lib"
cat >main.c <<'C'
long sum(const int *v, int n) { long s = 0; for (int i = 0; i < n; ++i) s += v[i] * 3; return s; }
int main(void) { int v[99] = {1}; return (int)sum(v, 99) - 3; }
C
clang-22 -O2 -c main.c -o stock.o
# built COUNT OBJECT COMMAND...: builds; ccache has then had COUNT hits and misses in all.
built() {
  local expected=$1 object=$2
  shift 2
  rm -f main.o
  "$@" -O2 -c main.c -o main.o
  counts=$(ccache --print-stats | awk '/^(direct|preprocessed)_cache_hit/ { h += $2 } /^cache_miss/ { m = $2 } END { print h "+" m }')
  [ "$counts" = "$expected" ] || fail "$counts hits and misses, not $expected"
  cmp main.o "$object" || fail "main.o is not $object ($expected)"
}
with=(env AUTOPASS_PREFIX=ccache autopass-clang)

built 0+1 stock.o "${with[@]}"
built 1+1 stock.o "${with[@]}"
autopass explain --json -- "${with[@]:2}" -c main.c | grep -q '"prefix":\[\]' || fail "a prefix that nobody asked for"
AUTOPASS_PREFIX=ccache autopass explain -- "${with[@]:2}" -O2 -c main.c -o main.o |
  grep -q '^command *.*/ccache /.*/clang-22 -O2 -c' || fail "explain does not know the prefix"
autopass-clang main.o -o prog
plan='{"v":2,"params":{"unroll-count":2}}'
replay prog sum "publish:$plan"
autopass-clang -O2 -c main.c -o tuned.o # without ccache
! cmp -s tuned.o stock.o || fail "the plan does nothing"
built 1+2 tuned.o "${with[@]}" # no stale hit
autopass explain main.o | grep -q '^ *1 applied' || fail "the record is lost behind ccache"
built 2+2 tuned.o "${with[@]}"

# What has plans is compiled here, not on another machine.
printf '#!/bin/sh\necho "$*" >>"%s"\nexec "$@"\n' "$work/distributed" >"$work/distcc"
chmod +x "$work/distcc"
built 2+2 tuned.o env AUTOPASS_PREFIX="$work/distcc" autopass-clang
[ ! -e "$work/distributed" ] || fail "plans were sent away"

# Another build of the plugin, in the same place: ccache reads no plugin, the command line tells it.
id=$(readelf -n "$work/lib/autopass-pass-22.so" | sed -n 's/.*Build ID: //p')
python3 - "$work/lib/autopass-pass-22.so" "$id" <<'PY'
import sys
path, old = sys.argv[1], bytes.fromhex(sys.argv[2])
content = open(path, "rb").read()
assert content.count(old) == 1
open(path, "wb").write(content.replace(old, old[::-1]))
PY
autopass doctor >/dev/null || fail "doctor does not like the other build of the plugin"
built 2+3 tuned.o "${with[@]}"

# In front of us it would keep what comes out under a command line without plans: there are none then.
built 2+4 stock.o ccache autopass-clang
tail -1 "$AUTOPASS_LOG" | grep -q '^compile behind-cache ' || fail "the wrong order was not seen"
built 3+4 stock.o ccache autopass-clang
autopass explain --json -- ccache autopass-clang -O2 -c main.c -o main.o |
  grep -q '"reason":"behind-cache".*"command":\["clang-22","-O2"' || fail "explain does not know the wrong order"
printf '#!/bin/sh\nautopass-clang "$@"\n' >"$work/through-a-script"
chmod +x "$work/through-a-script"
CCACHE_RECACHE=1 ccache "$work/through-a-script" -O2 -c main.c -o main.o
cmp main.o stock.o || fail "the wrong order was not seen through a script"
autopass stats -v | grep -q '^ *2  behind-cache: .*' || fail "not counted"
! autopass stale . | grep main.o || fail "stale for good, behind a cache"

autopass undo prog >/dev/null
built 4+4 stock.o "${with[@]}"
built 4+4 stock.o env AUTOPASS_PREFIX="$work/distcc" autopass-clang
grep -q '^/.*/clang-22 -O2 -c main.c' "$work/distributed" || fail "distcc was not started"
autopass config prefix=ccache
built 5+4 stock.o autopass-clang

# A prefix that is not there, or cannot be told the compiler's name: without it, and counted.
AUTOPASS_PREFIX=no-such-program built 5+4 stock.o autopass-clang
ln -s "$(command -v autopass-clang)" "$work/x86_64-linux-gnu-autopass-clang"
"$work/x86_64-linux-gnu-autopass-clang" -O2 -c main.c -o main.o
for reason in '1  prefix-missing' '2  prefix-unusable'; do
  autopass stats -v | grep -q "^ *$reason: " || fail "$reason is not counted"
done
built 5+4 stock.o env AUTOPASS=off autopass-clang
