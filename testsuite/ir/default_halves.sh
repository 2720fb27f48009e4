#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The plan that spells out both default halves, for every function of a file, is no change at all.
. "$(dirname "$0")/common.bash"
cat "$AUTOPASS_SOURCE/testsuite/ir/twins.c" - >x.c <<'END'
static int depth(int n) { return n < 2 ? n : depth(n - 1) + depth(n - 2); }
int even(int);
int odd(int n) { return n ? even(n - 1) : 0; }
int even(int n) { return n ? odd(n - 1) : 1; }
struct pair { long a, b; };
struct pair swap(struct pair p) { struct pair q = {p.b, p.a}; return q; }
long walk(struct pair* p, long n, int flag) {
  long sum = depth((int)n);
  for (long i = 0; i < n; i++) {
    struct pair q = swap(p[i]);
    if (flag) sum += q.a; else sum ^= q.b / (q.a | 1);
  }
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) p[i].a += p[j].b * sum;
  return sum;
}
int forth(struct pair*), back(struct pair*);
int unswitched(struct pair* p, int n, int mode) {
  for (int i = 0; i < n; i++) {
    int failed = mode == 2 ? forth(&p[n - i - 1]) : back(&p[i]);
    if (failed) return failed;
  }
  return 0;
}
int digit(char c) { switch (c) { case 'a': return 10; case 'b': return 11; case 'c': return 12; case 'd': return 13; case 'e': return 14; default: return c - '0'; } }
END
prints() { sed -n 's/.*"fingerprint":"\([0-9a-f]*\)","function":.*/\1/p' evidence | sort -u; }
for level in -O1 -O2 -O3 -Os; do
  flags=("$level")
  plan=$(python3 "$AUTOPASS_SOURCE/testsuite/tools/default_halves.py" "$level")
  stock x.c
  evidence x.c
  [ "$(prints | wc -l)" -ge 8 ] || fail "no evidence"
  slice=$(prints | sed "s|\$| $plan|" | "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
  rm -f spool
  $clang "$level" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c
  grep -aqw applied spool && ! grep -aqwE 'no-plan|(plan|pass|option|part)-[a-z]+' spool || fail "$level: not applied to all"
  [ -z "$(all_changed)" ] || fail "$level: changed: $(all_changed)"
done
