#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Evidence is valid JSON with remarks, loops and passes, says nothing on the terminal, and the object
# is the same with it.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c

for level in "-O1" "-O2 -g" "-O3" "-O3 -march=haswell" "-O2 -fsave-optimization-record=yaml" "-Os"; do
  $clang $level -c "$source" -o stock.o
  $clang $level -c "$source" -o with.o "${load[@]}" -mllvm -autopass-evidence=evidence >said 2>&1
  [ ! -s said ] || fail "$level: said something"
  cmp stock.o with.o || fail "$level: another object"
  python3 - <<'END'
import json
records = [json.loads(line) for line in open("evidence")]
assert sorted(r["function"] for r in records) == ["f", "g", "helper"], records
for r in (r for r in records if r["function"] != "helper"):
    assert r["v"] == 1 and r["instructions"] > 50 and r["optimised_instructions"] > 20, r
    assert len(r["loops"]) >= 2 and r["loops"][0]["innermost"] and r["loops"][0]["loads"] > 0, r["loops"]
    assert len(r["remarks"]) <= 60 and any(m["pass"] == "inline" for m in r["remarks"]), r["remarks"]
    assert any(p["pass"] == "LICMPass" and p["runs"] > 0 for p in r["passes"]), r["passes"]
END
done

# The user's own remarks are what they are without us.
remarks=(-Rpass=loop-vectorize -Rpass-missed=inline "-Rpass-analysis=size-info|prologepilog|loop-vectorize")
$clang -O3 "${remarks[@]}" -c "$source" -o stock.o 2>stock.err
grep -q 'Rpass-analysis=size-info' stock.err || fail "no remark of a pass that evidence does not want"
$clang -O3 "${remarks[@]}" -c "$source" -o with.o 2>with.err "${load[@]}" -mllvm -autopass-evidence=evidence
[ -s stock.err ] && cmp stock.err with.err || fail "other remarks"
cmp stock.o with.o || fail "another object with the user's remarks"
