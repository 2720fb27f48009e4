#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# An installed tree holds all that is needed, and works after it was moved.
. "$(dirname "$0")/common.bash"

DESTDIR=$work/dest meson install -C "$AUTOPASS_BUILD" --no-rebuild --quiet >"$work/log" 2>&1 ||
  { cat "$work/log" && fail "meson install"; }
prefix=$(dirname "$(dirname "$(find "$work/dest" -name autopass -type f -path '*/bin/*')")")
mv "$prefix" "$work/moved"
plugins=$(cd "$AUTOPASS_BUILD" && echo lib/autopass/autopass-pass-*.so) # 22, and 19 where it was built
for file in $plugins bin/autopass bin/autopass-clang bin/autopass-clang++ lib/autopass/autopass-pass-22.so \
  lib/autopass/libautopass-sampler.so share/man/man1/autopass.1 share/man/man1/autopass-clang.1 \
  share/man/man1/autopass-clang++.1 share/man/man1/autopass-tune.1; do
  [ -e "$work/moved/$file" ] || fail "not installed: $file"
done
[ -z "$(find "$work/moved" -name '*.a' -o -name '*.h')" ] || fail "static libraries or headers were installed"

PATH=$work/moved/bin:${PATH#"$AUTOPASS_BUILD"/src/cli:"$AUTOPASS_BUILD"/wrapper:}
expect_exit 0 autopass status --json
grep -q "\"libraries\":\"$work/moved/lib/autopass\"" "$work/out" || fail "the moved tree does not find its libraries"
echo 'int main(void) { return 0; }' >p.c
expect_exit 0 autopass-clang -O2 -c p.c -o p.o
expect_exit 0 clang-22 -O2 -c p.c -o stock.o
cmp p.o stock.o || fail "the moved compiler's object differs from clang's"
expect_exit 0 autopass-clang++ p.o -o p
expect_exit 0 ./p
expect_exit 0 autopass explain p.o
for name in cc c++ clang clang++ clang-22 clang++-22; do
  [ "$(readlink "$work/moved/lib/autopass/masquerade/$name")" = ../../../bin/autopass-clang ] || fail "no link $name"
done
expect_exit 0 autopass run -- sh -c '$CC -c p.c -o cc.o && $CXX -x c -c p.c -o cxx.o && clang-22 -c p.c -o name.o'
for object in cc.o cxx.o name.o; do
  expect_exit 0 autopass explain $object
done
