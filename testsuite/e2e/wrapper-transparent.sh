#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What a build tool reads from the compiler (output, messages, exit code) is what clang itself says.
. "$(dirname "$0")/common.bash"
echo 'int f(int x) { return x; } int unused_result(int y) { int z; return y; }' >good.c
echo 'int f( { return' >bad.c
echo 'int main(void) { return undefined_symbol(); }' >nolink.c
echo '-c good.c -Wall' >response

# same ARGUMENTS...: as C and as C++ compiler; a file "out.o" is compared too.
same() {
  local driver code ours theirs
  for driver in clang clang++; do
    for who in "autopass-$driver" "$driver-22"; do
      rm -f out.o
      code=0
      "$who" "$@" >"$work/$who.out" 2>"$work/$who.err" </dev/null || code=$?
      echo "$code" >>"$work/$who.out"
      if [ -e out.o ]; then cp out.o "$work/$who.o"; else : >"$work/$who.o"; fi
      # names of temporary files differ from run to run
      sed -i -E 's#/tmp/[A-Za-z0-9_-]+-[0-9a-f]{6,}#/tmp/T#g' "$work/$who.err"
    done
    for kind in out err o; do
      cmp "$work/autopass-$driver.$kind" "$work/$driver-22.$kind" || fail "$driver $*: $kind differs"
    done
  done
}

same
same --version
same -v
same -dumpmachine
same -print-search-dirs
same -no-canonical-prefixes -v
same '-###' -c good.c
same -v -c good.c -o out.o
same -E good.c
same -M good.c
same -Wall -Wextra -c good.c -o out.o
same -Werror -Wall -c good.c -o out.o
same -fsyntax-only bad.c
same -c bad.c -o out.o
same -c no-such-file.c
same -c good.c -o /no/such/folder/x.o
same -no-such-option -c good.c
same nolink.c -o out.o
same -c good.c -o
same @response -o out.o
same @no-such-response -o out.o
same -c good.c -O3 -Rpass=.* -o out.o
same -fdiagnostics-color=always -c bad.c
same -Werror=unused-command-line-argument -O2 good.c -shared -fPIC -o out.o
same -c -o - good.c

# With plans too: no command shows them.
export AUTOPASS_PLANS=$work/plans AUTOPASS_LOG=$work/log
"$AUTOPASS_BUILD/testsuite/e2e/stores" snapshot "$AUTOPASS_PLANS" "" mycpu "$(command -v clang-22)" 22 \
  0123456789abcdef0123456789abcdef '{"v":2,"params":{"unroll-count":4}}' >/dev/null
same -v -c good.c -o out.o
same '-###' -c good.c
same -O2 -Wall -Wextra -c good.c -o out.o
same -O2 -Werror=unused-command-line-argument -c good.c -o out.o
same -O3 -Rpass=.* -c good.c -o out.o
same -c bad.c -o out.o
same -c good.c -o /no/such/folder/x.o
same @response -o out.o
[ "$(grep -c '^compile plans=' "$AUTOPASS_LOG")" = 10 ] || fail "plans were looked up otherwise: $(cat "$AUTOPASS_LOG")"
