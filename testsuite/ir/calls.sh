#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Decisions on single calls: made for the call that is named, by number and callee, and for no other;
# what the source or the language decides stays.
. "$(dirname "$0")/common.bash"
flags=(-O2)
large() { # a body that clang would not inline
  local i
  printf '{ for (int i = 0; i < n; i++) {'
  for i in {1..60}; do printf ' a[i] = a[i] * %d + (a[i] >> %d); if (a[i] == %d) use(a[i]);' $((i * 7 + 1)) $((i % 9)) $((i * 31)); done
  printf '} return a[0]; }\n'
}
cat >x.c <<END
extern int use(int);
int big(int* a, int n) $(large)
static int small(int* a, int n) { return a[n] * 3 + n; }
int f(int* a, int n) { use(n); int x = small(a, n); x += big(a, 7); x += big(a + 9, n); return x * small(a, 1); }
int g(int* a, int n) { use(n); int x = small(a, n); x += big(a, 7); x += big(a + 9, n); return x * small(a, 2); }
__attribute__((noinline)) int shut(int* a, int n) { return a[n]; }
__attribute__((always_inline)) static inline int open(int* a, int n) { return a[n] * 2; }
int counted(int n, ...) { __builtin_va_list l; __builtin_va_start(l, n); int r = __builtin_va_arg(l, int); __builtin_va_end(l); return r; }
int even(int* a, int n); int odd(int* a, int n) { return n ? even(a, n - 1) : a[0]; } int even(int* a, int n) { return n ? odd(a, n - 1) : a[1]; }
int own(int* a, int n) { return n ? own(a, n - 1) + big(a, n) : n; }
extern void fill(char*);
int wide(int* a, int n) { char b[2000]; fill(b); return a[n] + b[n]; }
int narrow(int* a, int n) { char b[500], c[500]; fill(b); fill(c); return a[n] + b[n] + c[n]; }
int around(int* a, int n) { return wide(a, n) * 3; }
int deep(int* a, int n) { return n ? deep(a, n - 1) + wide(a, n) + narrow(a, n) + around(a, n) : n; }
int refused(int* a, int n) { return shut(a, n) + open(a, n) + counted(1, n) + even(a, n) + own(a, n) + refused(a, n - 1); }
END
stock x.c
evidence x.c
decide() { # FUNCTION CALL CALLEE INLINE: with a plan for the function
  apply_to "$(fingerprint "$1")" none "{\"v\":2,\"calls\":[{\"call\":$2,\"callee\":\"$(fingerprint "$3")\",\"inline\":$4}]}" x.c
}
calls() { awk -v name="$1" '$1 == name":" {on = 1} on && /(call|jmp)q?[ \t]+'"$2"'/ {n++} /-- End function/ {on = 0} END {print n + 0}' planned.s; }

[ "$(grep -o '"callee":"big"' evidence | wc -l)" -ge 4 ] || fail "the evidence does not list the calls"
decide f 2 big true
[ "$(calls f big)$(calls g big)" = 12 ] || fail "inlined: $(calls f big) calls left in f, $(calls g big) in g"
[[ $(all_changed) = " f " ]] || fail "changed: $(all_changed)"
grep -aqw call-decided spool || fail "not counted: call-decided"
decide f 1 small false
[ "$(calls f small)$(calls g small)" = 10 ] || fail "kept: $(calls f small) in f, $(calls g small) in g"

# What plans do to functions has no say in it: the caller is tuned for another processor, the callee kept out of line.
plan="{\"v\":2,\"attrs\":{\"slow-3ops-lea\":true},\"calls\":[{\"call\":2,\"callee\":\"$(fingerprint big)\",\"inline\":true}]}"
slice=$(printf '%s\n' "$(fingerprint big) {\"v\":2,\"attrs\":{\"noinline\":true}}" "$(fingerprint f) $plan" |
  "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
rm -f spool
$clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c
grep -aqw call-decided spool && [ "$(calls f big)$(calls g big)" = 12 ] ||
  fail "attributes of plans decide about calls: $(calls f big) calls left in f, $(calls g big) in g"

# Another callee, or no such call: nothing happens.
for call in "2 small true" "0 big true" "77 big false"; do
  rm -f spool
  decide f $call
  cmp stock.s planned.s || fail "decided about the wrong call: $call"
  grep -aqw call-changed spool || fail "not counted: call-changed ($call)"
done
# Not to be inlined, to be inlined in any case, variable arguments, cycles.
for call in "0 shut true" "1 open false" "2 counted true" "3 even true" "4 own true" "5 refused true"; do
  rm -f spool
  decide refused $call
  cmp stock.s planned.s || fail "decided against the source: $call"
  grep -aqw call-refused spool || fail "not counted: call-refused ($call)"
done
# A recursive function: what takes over 1024 bytes of stack stays out of it, though only the inliner may know.
for call in "1 wide true" "3 around true"; do
  rm -f spool
  decide deep $call
  cmp stock.s planned.s || fail "each level of a recursion takes more stack: $call"
  grep -aqw call-refused spool || fail "not counted: call-refused ($call)"
done
rm -f spool
decide deep 2 narrow true
grep -aqw call-decided spool && ! grep -aqw call-refused spool || fail "1000 bytes are too much"

# Functions that call each other: one takes in what its plan says, the other stays as it is.
cat >x.c <<END
extern int use(int);
int big(int* a, int n) $(large)
__attribute__((noinline)) int there(int* a, int n);
__attribute__((noinline)) int back(int* a, int n) { use(n); return n ? there(a, n - 1) + big(a, n) * 3 : a[n]; }
int there(int* a, int n) { use(n + 1); return n ? back(a, n - 2) ^ big(a, n + 1) : a[2]; }
// What they call comes into the cycle when the pointer is known.
__attribute__((noinline)) int pong(int* a, int n);
static int (*const self[])(int*, int) = {pong};
int by_table(int* a, int n) { use(n + 2); return self[0](a, n) + big(a, 3); }
int by_pointer(int (*f)(int*, int), int* a, int n) { use(n + 3); return n > 5 ? f(a, n) + big(a, 4) : 4; }
__attribute__((noinline)) int ping(int* a, int n) { return by_pointer(pong, a, n) + by_pointer(ping, a, n - 1) + pong(a, n - 2); }
int pong(int* a, int n) { use(n + 4); return n ? ping(a, n - 1) + by_table(a, n) : 0; }
END
stock x.c
evidence x.c
[ "$(grep -c 'callq.*big' stock.s)" -ge 4 ] || fail "clang inlines big by itself"
decide back 2 big true
[ "$(calls back big)$(calls there big)" = 01 ] || fail "in a cycle: $(calls back big) calls left in back, $(calls there big) in there"
[ "$(all_changed)" = " back " ] || fail "in a cycle changed:$(all_changed)"
rm -f spool
decide ping 0 by_pointer true
grep -aqw call-decided spool || fail "not counted: call-decided (ping)"
[ "$(calls ping by_pointer)" -le 2 ] || fail "inlined again and again: $(calls ping by_pointer) calls"
rm -f spool
decide pong 2 by_table true
cmp stock.s planned.s || fail "inlined from its own cycle"
grep -aqw call-refused spool || fail "not counted: call-refused (pong)"
