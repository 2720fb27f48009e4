#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A function whose breakage no output shows is not tuned but for its profile, and the report says so.
. "$(dirname "$0")/common.bash"

# The result of `hidden` is thrown away.
cat >main.c <<'END'
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) unsigned hidden(unsigned s, unsigned n) {
  for (unsigned i = 0; i < n; ++i) s = s * 31 + (s >> 7) + i;
  return s;
}
__attribute__((noinline)) unsigned shown(unsigned s, unsigned n) {
  for (unsigned i = 0; i < n; ++i) s = s * 33 + (s >> 5) + i;
  return s;
}
int main(int count, char** words) {
  unsigned n = (unsigned)atoi(words[count - 1]);
  if (hidden(1, n) == 4711) puts("never");
  printf("%u\n", shown(1, n));
}
END
autopass-clang -O2 main.c -o prog

tune_patiently 24 prog --run './prog 40000000' --fresh --json
python3 - "$work/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
functions = {function["name"]: function for function in report["functions"]}
hidden, shown = functions["hidden"], functions["shown"]
assert "return-early" in hidden["unnoticed"], hidden
assert "unseen-by-gate" in hidden["why"], hidden
assert not hidden["plan"] or set(hidden["plan"]) <= {"v", "profile", "calls"}, hidden
assert "unseen-by-gate" not in shown["why"] and "return-early" not in shown["unnoticed"], shown
assert report["rejected"]["unseen-by-gate"] == 1, report["rejected"]
END
