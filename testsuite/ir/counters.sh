#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A program with counters does what it did, and counts: across fork, exec and _exit, through exceptions, calls,
# computed gotos and switches, an inline function of two files as one; what it counts can be applied.
. "$(dirname "$0")/common.bash"
count() { "$AUTOPASS_BUILD/testsuite/tools/count-plans" 99 "$@" >plans; }
# weights FINGERPRINT: of its plan, one list a line.
weights() { sed -n "s/^$1 .*\"weights\":\[\(.*\)\]}}/\1/p" plans | sed 's/\],\[/]\n[/g'; }

cat >jumps.c <<'END'
#include <sys/wait.h>
#include <unistd.h>
__attribute__((const, noinline)) int pure(int x) { return x > 3 ? x * 7 : x / 3; }
int f(const char* p) {
  static const void* places[] = {&&up, &&down, &&end};
  int n = 0;
  goto* places[*p++ - 'a'];
up: n++; goto* places[*p++ - 'a'];
down: n -= 2; goto* places[*p++ - 'a'];
end: return n;
}
int main(int count, char** words) {
  if (fork() == 0) {
    if (f("aabac") != 1) _exit(9);
    pure(7); // whatever the source promises of it, it is called
    _exit(pure(5) + pure(5) != 70);
  }
  int status;
  wait(&status);
  if (count == 1) execl(words[0], words[0], "again", (char*)0);
  _exit(status != 0 || f("bc") != -2);
}
END
$clang -O2 "${load[@]}" -mllvm -autopass-count="$work/counted" jumps.c -o jumps
./jumps || fail "not what it did"
$clang -O2 "${load[@]}" -mllvm -autopass-evidence=evidence -c jumps.c
count counted
# f is run twice in children ("aabac": three up, one down, one end) and once here.
weights "$(fingerprint f)" | grep -qx '\[6,3,3\]' || fail "indirect branch: $(weights "$(fingerprint f)")"
weights "$(fingerprint main)" | grep -qx '\[2,2\]' || fail "forks: $(weights "$(fingerprint main)")"
weights "$(fingerprint pure)" | grep -qx '\[6,0\]' && grep -q "^$(fingerprint pure).*\"entry\":6," plans || fail "a function without side effects was not counted"
$clang -static -O2 "${load[@]}" -mllvm -autopass-count="$work/unshared" jumps.c -o static
./static && count unshared && weights "$(fingerprint f)" | grep -qx '\[6,3,3\]' || fail "static program"
cp jumps moved && rm counted.counts && ./moved || fail "without its file"

cat >both.h <<'END'
#include <stdexcept>
__attribute__((noinline)) inline int odd(int x) {
  if (x % 2) throw std::runtime_error("odd");
  return x;
}
inline int tries(int n) {
  int caught = 0;
  for (int i = 0; i < n; i++) {
    try { caught += odd(i) & 1; } catch (const std::exception&) { caught++; }
  }
  return caught;
}
END
echo '#include "both.h"
int other(int n) { return tries(n); }' >other.cc
echo '#include "both.h"
int other(int);
int main() { return tries(10) + other(20) != 15; }' >main.cc
for file in other main; do
  $clang -O2 "${load[@]}" -mllvm -autopass-count="$work/$file" -c $file.cc
  $clang -O2 "${load[@]}" -mllvm -autopass-evidence=evidence -c $file.cc -o stock.o
done
$clang other.o main.o -lstdc++ -o program && ./program || fail "exceptions"
count other main
tries=$(fingerprint _Z5triesi)
weights "$tries" >found
grep -qx '\[15,15\]' found && grep -qx '\[30,2\]' found || fail "invoke: $(cat found)"
[ "$(grep -c "^$tries" plans)" = 1 ] || fail "an inline function has two profiles"
slice=$("$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot <plans)
rm -f spool
$clang -O2 "${load[@]}" -mllvm -autopass-set="$slice" main.cc -c && $clang other.o main.o -lstdc++ -o program && ./program
! grep -aq profile-changed spool || fail "refused where it was counted"

# Calls are counted where they are made: the one in the loop is hot, the one before it never happens.
cat >calls.c <<'END'
static int step(int x) { return x > 0 ? x * 3 + (x >> 2) : 1 - x; }
__attribute__((noinline)) static int kept(int x) { return x + 1; }
int main(int count, char** words) {
  int sum = count;
  if (count > 5) sum = step(sum);
  for (int i = 0; i < 1000; i++) sum = kept(step(sum) ^ i);
  return sum == 42;
}
END
$clang -O2 "${load[@]}" -mllvm -autopass-count="$work/called" calls.c -o calls && ./calls
$clang -O2 "${load[@]}" -mllvm -autopass-evidence=evidence -c calls.c
count called
grep "^$(fingerprint main)" plans >found
grep -q "\"calls\":\[{\"call\":1,\"callee\":\"$(fingerprint step)\",\"inline\":true}\]" found || fail "hot calls: $(cat found)"

# Another machine than the one that such counters are written for has none.
rm -f arm arm.counts
$clang --target=aarch64-linux-gnu -O2 "${load[@]}" -mllvm -autopass-count="$work/arm" -S -o arm.s -xc - <<<'int f(int x) { return x ? 3 : 4; }'
[ ! -e arm ] || fail "counters for another machine"

# What cannot be written down is not counted.
$clang -O2 -c jumps.c -o stock.o
$clang -O2 "${load[@]}" -mllvm -autopass-count="$work/jumps.c/x" -c jumps.c -o without.o
cmp stock.o without.o || fail "counters that nobody can read"

# A loop that several threads are in is counted by all of them, not by the last to leave it.
cat >threads.c <<'END'
#include <pthread.h>
unsigned sums[4];
__attribute__((noinline)) unsigned work(unsigned x, int n) {
  for (int i = 0; i < n; i++) x = x * 31 + (x >> 3);
  return x;
}
void* start(void* sum) { *(unsigned*)sum = work(1, 3000000); return 0; }
int main(void) {
  pthread_t all[4];
  for (int i = 0; i < 4; i++) pthread_create(&all[i], 0, start, &sums[i]);
  for (int i = 0; i < 4; i++) pthread_join(all[i], 0);
}
END
$clang -O2 -pthread "${load[@]}" -mllvm -autopass-count="$work/threads" threads.c -o threads_of && ./threads_of
$clang -O2 "${load[@]}" -mllvm -autopass-evidence=evidence -c threads.c -o stock.o
count threads
weights "$(fingerprint work)" | tr -d '[]' | awk -F, '$1 < 3500000 { exit 1 }' || fail "threads: $(weights "$(fingerprint work)")"
