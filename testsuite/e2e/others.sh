#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Two programs share an object. A plan that was published for one makes the other print something else: the other's
# verify, as its sessions do, finds that out before it measures anything, withdraws the plan, denies what was to blame, and says so.
. "$(dirname "$0")/replay.bash"

cat >sum.c <<'END'
unsigned sum(const unsigned *v) {
  unsigned s = 0;
  for (int i = 0; i < 8; ++i) s = (s ^ v[i]) * 31 + (__builtin_constant_p(i) ? 1 : 2);
  return s;
}
END
cat >main.c <<'END'
#include <stdio.h>
unsigned sum(const unsigned *);
int main(void) {
  static unsigned v[64];
  unsigned s = 0;
  for (unsigned i = 0; i < 64; ++i) v[i] = i * 7 + 1;
  for (int again = 0; again < 9000000; ++again) s += sum(v + (again & 31));
  printf(FORMAT, s);
}
END
for file in sum.c "main.c -DFORMAT=\"%x\\n\" -o hexadecimal.o" "main.c -DFORMAT=\"%u\\n\" -o decimal.o"; do
  autopass-clang -O2 -c $file
done
autopass-clang hexadecimal.o sum.o -o hexadecimal && autopass-clang decimal.o sum.o -o decimal

replay hexadecimal sum 'publish:{"v":2,"pipeline":{"skip":[{"pass":"LoopFullUnrollPass"}]},"attrs":{"noinline":true}}'
expect_exit 0 autopass verify decimal --run ./decimal --sandbox off --json
python3 - "$work/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
[note] = [note for note in report["notes"] if "were withdrawn" in note]
assert "/hexadecimal were withdrawn" in note and "it fails" in note, note
assert any(denial["elements"] == ["skip LoopFullUnrollPass"] and denial["reason"] == "wrong-output"
           for denial in report["denied"]), report["denied"]
END
! autopass show | grep -q hexadecimal || fail "still published: $(autopass show)"
