#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Objects are clang's, bit for bit: with no snapshot, with plans of another project, and with plans of
# this one that match no function.
. "$(dirname "$0")/common.bash"
export AUTOPASS_LOG=$work/log
cat >a.c <<'C'
#include <stdio.h>
static int twice(int x) { return 2 * x; }
int sum(const int *p, int n) { int s = 0; for (int i = 0; i < n; ++i) s += twice(p[i]); return s; }
int main(void) { int v[] = {1, 2, 3}; printf("%d %s\n", sum(v, 3), __FILE__); return 0; }
C
cat >b.cc <<'C'
#include <vector>
#include <algorithm>
int largest(std::vector<int> v) { std::sort(v.begin(), v.end()); return v.empty() ? 0 : v.back(); }
int main() { return largest({3, 1, 2}) - 3; }
C

# same EXPECTED-IN-LOG: compiles in several ways and compares.
same() {
  local options
  for options in "-O0" "-O3 -g" "-Os -fPIC -ffunction-sections -g -gsplit-dwarf"; do
    : >"$AUTOPASS_LOG"
    # shellcheck disable=SC2086
    for compiler in clang clang++; do
      source=a.c; [ $compiler = clang++ ] && source=b.cc
      "autopass-$compiler" $options -c $source -o x.o && mv x.o ours.o
      "$compiler-22" $options -c $source -o x.o
      cmp ours.o x.o || fail "$compiler $options: another object ($1)"
    done
    [ "$(grep -c "^compile $1 " "$AUTOPASS_LOG")" = 2 ] || fail "not decided as $1: $(cat "$AUTOPASS_LOG")"
  done
  autopass-clang -O2 a.c -o ours && clang-22 -O2 a.c -o theirs
  cmp ours theirs || fail "another program ($1)"
  autopass-clang++ -O2 b.cc -o ours && clang++-22 -O2 b.cc -o theirs
  cmp ours theirs || fail "another C++ program ($1)"
}

same no-snapshot

export AUTOPASS_PLANS=$work/plans
stores=$AUTOPASS_BUILD/testsuite/e2e/stores
nobody=0123456789abcdef0123456789abcdef
"$stores" snapshot "$AUTOPASS_PLANS" other mycpu "$(command -v clang-22)" 22 \
  $nobody '{"v":2,"params":{"unroll-count":4}}' >/dev/null
same scope-not-found

digest=$("$stores" snapshot "$AUTOPASS_PLANS" "" mycpu "$(command -v clang-22)" 22 \
  $nobody '{"v":2,"params":{"unroll-count":4}}')
same "plans=$digest"
