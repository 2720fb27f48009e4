#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What is the same function and what is another one.
. "$(dirname "$0")/common.bash"

print() { # FLAGS...: the fingerprint of f (or of the function named in $name) in x.c
  evidence "$@" "${language:-x.c}"
  fingerprint "${name:-f}"
}
same() { [ "$(print "$@")" = "$base" ] || fail "another fingerprint: $what"; }
differs() { [ -n "$(print "$@")" ] && [ "$(fingerprint "${name:-f}")" != "$base" ] || fail "same fingerprint: $what"; }
edit() { # WHAT SED-SCRIPT
  what=$1
  sed "$2" original.c >x.c
  ! cmp -s original.c x.c || fail "no edit: $what"
}

cat >original.c <<'END'
#include <assert.h>
struct pair { int left; long right; };
static int table[4] = {1, 2, 3, 4};
static int helper(int x) { return x * 7; }
extern int outside(const char*);
extern void fill(struct pair*);
int f(struct pair* p, int n) {
  int sum = 0;
  struct pair local;
  fill(&local);
  for (int i = 0; i < n; i++) sum += p[i].left * 3 + table[i & 3];
  assert(sum > 0);
  return helper(sum) + outside("text") + (int)local.right;
}
END
cp original.c x.c
base=$(print)
[ -n "$base" ] || fail "no fingerprint"

edit "comment and lines" 's|^int f|// a comment\n\n\nint f|'; same
edit "renamed locals" 's/\bsum\b/total/g; s/\bi\b/index/g'; same
edit "renamed static helper and table" 's/helper/other/g; s/table/values/g'; same
edit "unrelated code above" 's|^extern int outside|struct more { char c; }; static const char* s(struct more* m) { return m->c ? "new" : "text2"; }\nconst char* t(struct more* m) { struct { int q; } u = {1}; return s(m) + u.q; }\nextern int outside|'; same
edit "assert moved" 's|^int f|\n\n#line 99 "elsewhere.c"\nint f|'; same
edit "own name" 's/int f(/int h(/'; name=h same
cp original.c x.c; what="debug information"; same -g
cp original.c x.c; what="other definitions"; same -DUNUSED=1

edit "instruction" 's/left \* 3 +/left * 3 -/'; differs
edit "constant" 's/left \* 3/left * 5/'; differs
edit "type" 's/int left;/short left;/'; differs
edit "table content" 's/{1, 2, 3, 4}/{1, 2, 3, 5}/'; differs
edit "string" 's/"text"/"test"/'; differs
edit "external symbol" 's/outside/inside/'; differs
edit "alignment" 's/struct pair local/_Alignas(64) struct pair local/'; differs
edit "attribute" 's/^int f/__attribute__((cold)) int f/'; differs
edit "restrict" 's/pair\* p,/pair* restrict p,/'; differs
edit "condition of an assert" 's/sum > 0)/sum > 1)/'; differs
edit "volatile" 's/int sum = 0/volatile int sum = 0/'; differs
cp original.c x.c; what="processor"; differs -march=haswell
what="tuning"; differs -mtune=znver3
what="wrapping arithmetic"; differs -fwrapv
