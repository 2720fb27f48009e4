#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Called by a compiler's name, the wrapper becomes the compiler of that name further on PATH: driver,
# target and version are what they were, and nothing goes round in circles.
. "$(dirname "$0")/common.bash"
masquerade=$AUTOPASS_BUILD/lib/autopass/masquerade
export AUTOPASS_LOG=$work/log
echo 'int main(void) { return 0; }' | tee a.c >a.cc
mkdir "$work/links" "$work/programs"
PATH=$masquerade:$work/links:$work/programs:$PATH
# Writes a program anew: through a link that is there it would be the compiler of the system.
new_program() { rm -f "$work/programs/$1" && printf "$2" "${@:3}" >"$work/programs/$1" && chmod +x "$work/programs/$1"; }
fake() { new_program "$1" '#!/bin/sh\necho "%s as $0: $*"\n' "$1"; }
stand_in() { for name; do ln -s "$(command -v autopass-clang)" "$work/links/$name"; done; }

for name in clang-22 clang++-22; do
  AUTOPASS_CLANG=/nowhere "$name" -O2 -g -c a.cc -o ours.o # the name is the choice
  tail -1 "$AUTOPASS_LOG" | grep -q "^compile no-snapshot .* /.*/$name$" || fail "$name: $(cat "$AUTOPASS_LOG")"
  "/usr/bin/$name" -O2 -g -c a.cc -o theirs.o
  cmp ours.o theirs.o || fail "$name makes another object"
  [ "$("$name" --version)" = "$("/usr/bin/$name" --version)" ] || fail "$name: another --version"
done
clang++-22 a.cc -o linked && ./linked

# There is a clang-cpp-22 and no clang-cpp: a link of that name preprocesses all the same, and does not link.
stand_in clang-cpp clang-cl
[ "$(clang-cpp -P -DX=preprocessed - <<<X)" = preprocessed ] || fail "clang-cpp: $(clang-cpp -P - <<<X)"
clang-cl /c /Foa.obj a.cc && [ -s a.obj ] || fail "clang-cl"

stand_in clang-19 x86_64-linux-gnu-clang aarch64-linux-gnu-clang aarch64-linux-gnu-clang++ clang-77
fake clang-19
fake x86_64-linux-gnu-clang
fake clang
fake clang++
[ "$(clang-19 -c x.c)" = "clang-19 as $work/programs/clang-19: -c x.c" ] || fail "clang-19: $(clang-19 -c x.c)"
x86_64-linux-gnu-clang -c x.c | grep -q '^x86_64-linux-gnu-clang as ' || fail "a target's own clang"
rm "$work/programs/clang" "$work/programs/clang++"
for name in clang clang++; do
  for there in no yes; do # without a plain clang it is the newest one
    [ $there = no ] || ln -s "/usr/bin/$name-22" "$work/programs/$name"
    triple=$("aarch64-linux-gnu-$name" -print-target-triple)
    [ "$triple" = aarch64-unknown-linux-gnu ] || fail "$name of another target compiles for $triple ($there)"
  done
done
expect_exit 127 clang-77 -c a.c
grep -q 'no clang-77 found on PATH' "$work/err" || fail "clang-77: $(cat "$work/err")"

# cc: another compiler stays what it is, a clang is one of ours.
fake cc
[ "$(cc -c x.c)" = "cc as $work/programs/cc: -c x.c" ] || fail "cc: $(cc -c x.c)"
tail -1 "$AUTOPASS_LOG" | grep -q '^pass-through not-clang ' || fail "cc: $(tail -1 "$AUTOPASS_LOG")"
ln -sf "$(command -v autopass-clang | xargs dirname)/nowhere" "$work/programs/c++"
rm "$work/programs/cc" && ln -s /usr/bin/clang-22 "$work/programs/cc"
cc -c a.c -o ours.o
tail -1 "$AUTOPASS_LOG" | grep -q "^compile .* $work/programs/cc$" || fail "cc that is clang: $(tail -1 "$AUTOPASS_LOG")"

# Behind us a compiler cache's links: it finds the real compiler, not us.
if command -v ccache >/dev/null; then
  mkdir "$work/cached"
  ln -s "$(command -v ccache)" "$work/cached/clang-22"
  export CCACHE_DIR=$work/ccache CCACHE_LOGFILE=$work/ccache.log
  for _ in 1 2; do PATH=$masquerade:$work/cached:$PATH clang-22 -O2 -c a.c -o ours.o; done
  grep -q 'Executing /usr/bin/clang-22 ' "$work/ccache.log" || fail "ccache started another compiler"
  [ "$(ccache --print-stats | awk '/_cache_hit/ { n += $2 } END { print n }')" = 1 ] || fail "no hit"
fi
# A script of that name that looks for the next one.
new_program clang-22 '#!/bin/sh\nPATH=${PATH#*%s:}\nexec clang-22 "$@"\n' programs
timeout 20 clang-22 -c a.c -o ours.o || fail "a script in between"
rm "$work/programs/clang-22"

# Scripts that start each other by names that are ours are a chain, not a loop; a loop ends, and says so.
rm -f "$work/programs/clang" "$work/programs/clang++"
script() { new_program "$1" '#!/bin/sh\nexec %s "$@"\n' "$2"; }
script clang++ 'clang --driver-mode=g++'
script clang clang-22
for switch in on off; do
  AUTOPASS=$switch clang++ -O2 -g -c a.cc -o ours.o || fail "a chain of scripts, AUTOPASS=$switch"
done
AUTOPASS_GUARD=2 autopass-clang -c a.c -o ours.o || fail "deep in a chain"
script clang-22 autopass-clang
expect_exit 127 timeout 20 autopass-clang -c a.c
grep -q 'autopass-clang: loop: ' "$work/err" || fail "a loop: $(cat "$work/err")"
rm "$work"/programs/clang*

# Not only links: a copy and a hard link of us do not find themselves.
copies=$(mktemp -d "$AUTOPASS_BUILD/copies.XXXXXX")
trap 'rm -rf "$work" "$copies"' EXIT
ln "$(command -v autopass-clang)" "$copies/clang-19"
cp "$(command -v autopass-clang)" "$copies/clang-22"
cp -L "$copies/clang-22" "$copies/clang++-22"
for name in clang-22 clang++-22; do
  PATH=$copies:$PATH "$name" -O2 -g -c a.cc -o ours.o || fail "a copy called $name"
done
[ "$(PATH=$copies:$work/programs:/usr/bin:/bin clang-19 --version)" = "$(/usr/bin/clang-19 --version)" ] ||
  [ ! -e /usr/bin/clang-19 ] || fail "a hard link called clang-19"

# Clang looks its own name up on PATH when it is told to keep links: there it meets us.
for name in clang-22 clang++-22; do
  for arguments in -print-resource-dir '-### a.c' '-c nowhere.c' '-frecord-command-line -S a.c -o -'; do
    for called in "$name" "autopass-${name%-22}"; do
      # shellcheck disable=SC2086
      "/usr/bin/$name" -no-canonical-prefixes $arguments >theirs 2>&1 || true
      # shellcheck disable=SC2086
      AUTOPASS_CLANG= "$called" -no-canonical-prefixes $arguments >ours 2>&1 || true
      sed -i 's/a-[0-9a-f]*\.o/a.o/g' ours theirs
      cmp ours theirs || fail "$called $arguments: $(diff ours theirs)"
    done
  done
done

# autopass-clang-N is clang-N with us before it.
fake clang-19
ln -s "$(command -v autopass-clang)" "$work/links/autopass-clang-19"
autopass-clang-19 -c x.c | grep -q '^clang-19 as .*: -c x.c' || fail "autopass-clang-19: $(autopass-clang-19 -c x.c)"
ln -s "$(command -v autopass-clang)" "$work/links/autopass-clang-77"
expect_exit 127 autopass-clang-77 -c a.c

# PATH stays what it is for whatever is no compiler cache, and keeps a folder with other tools for one.
new_program cc '#!/bin/sh\necho "$PATH"\n'
[ "$(cc)" = "$PATH" ] || fail "cc sees another PATH: $(cc)"
if command -v ccache >/dev/null; then
  ln -s "$(command -v autopass-clang)" "$work/links/clang-22" && : >"$work/links/tool"
  for switch in on off; do
    AUTOPASS=$switch PATH=$masquerade:$work/links:$work/cached:/usr/bin:/bin \
      timeout 60 "$masquerade/clang-22" -O2 -g -DX=$switch -c a.c -o ours.o || fail "ccache behind a mixed folder, $switch"
  done
fi
