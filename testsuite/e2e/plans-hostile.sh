#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Hostile plans, each for a function of its own, in one file of plans: none is applied, nothing is said,
# each is counted under its reason, and the one good plan among them is applied all the same. Those that
# are no JSON make no file of plans; `plan check` refuses each of them.
. "$(dirname "$0")/common.bash"
export AUTOPASS_CLANG=$(command -v clang-22)
echo '{"functions":{"f0":{"params":{"unroll-count":4}}}}' >plans.json # with plans there is something to remember
AUTOPASS_PLANS=plans.json autopass doctor >doctor || fail "doctor: $(cat doctor)"
python3 - "$AUTOPASS_SOURCE/testsuite/unit/plan/hostile_plans" <<'END'
import json, re, sys
def once(pairs):
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)
def depth(value):
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inside), default=0)
texts, broken, reasons = [], 0, {"invalid-plan": 0, "vocabulary-version": 0}
for line in open(sys.argv[1]):
    reason, tab, text = line.rstrip("\n").partition("\t")
    if not tab:
        continue
    plan = re.sub(rb"\\(x..|\\)", lambda m: b"\\" if m[1] == b"\\" else bytes([int(m[1][1:], 16)]), text.encode())
    try:
        value = json.loads(plan.decode("utf-8"), object_pairs_hook=once, parse_constant=lambda _: 1 / 0)
        assert b"e400" not in plan and b"\\ud" not in plan and depth(value) < 9 and not re.search(rb"[^0-9]0[0-9]", plan)
    except Exception:
        broken += 1
        open(f"broken{broken}", "wb").write(plan)
        continue
    if plan == b'{"params":{"unroll-count":4}}':
        continue # by hand this is a plan
    texts.append(plan.decode())
    reasons[reason] += 1
texts.append('{"params":{"unroll-count":7}}')
open("plans.json", "w").write('{"functions":{' + ",".join(f'"f{i}":{text}' for i, text in enumerate(texts)) + "}}")
open("a.c", "w").write("".join(
    f"int f{i}(const int* a, int n) {{ int sum = {i}; for (int i = 0; i < n; i++) sum += a[i] * {i + 3}; return sum; }}\n"
    for i in range(len(texts))))
open("expected", "w").write(json.dumps(reasons))
assert len(texts) > 100
END
clang-22 -O2 -c a.c -o stock.o
AUTOPASS_PLANS=plans.json expect_exit 0 autopass-clang -O2 -c a.c -o a.o
[ ! -s "$work/out" ] && [ ! -s "$work/err" ] || fail "said something"
! cmp -s a.o stock.o || fail "the good plan was not applied"
autopass explain --json a.o >counts
python3 - <<'END' || fail "counted: $(cat counts), expected: $(cat expected)"
import json
counts, expected = json.load(open("counts"))["functions"], json.load(open("expected"))
assert counts["applied"] == 1
assert all(counts[reason] == number for reason, number in expected.items())
END
for broken in broken*; do
  expect_exit 1 autopass plan check "$broken"
done
