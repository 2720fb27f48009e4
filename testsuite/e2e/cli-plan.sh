#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# autopass plan check: what is wrong with a file of plans, and where. autopass vocabulary and explain:
# the list, the manual page made of it, one entry.
. "$(dirname "$0")/common.bash"
# wrong WORDS PLANS: refused, and the message has these words.
wrong() {
  printf '%s' "$2" >plans.json
  expect_exit 1 autopass plan check plans.json
  tr -s ' \n' ' ' <"$work/out" | grep -qF "$1" || fail "not said: $1: $(cat "$work/out")"
  expect_exit 1 autopass plan check --json plans.json
  python3 -c 'import json,sys; d = json.load(sys.stdin); assert not d["valid"] and d["problems"][0]["what"]' <"$work/out"
}
wrong "f: invalid plan: params 'unroll-count' must be a whole number from 1 to 8" '{"functions":{"f":{"params":{"unroll-count":64}}}}'
wrong "did you mean 'unroll-count'?" '{"functions":{"f":{"params":{"unrol-count":4}}}}'
wrong "did you mean 'loop-unroll'?" '{"pipeline":{"optimization":[{"pass":"loop-unrol"}]}}'
wrong "'licm' cannot run there" '{"pipeline":{"insert":[{"at":"loop-end","passes":[{"pass":"licm"}]}]}}'
wrong "attrs 'noinline' can only be true" '{"attrs":{"noinline":false}}'
wrong "another vocabulary version" '{"v":1}'
wrong "no file of plans" '{"functions":{"f":{},"f":{}}}'
wrong "no file of plans: not JSON at line 1, column 1: " 'params: 4'
wrong "not JSON at line 2, column 5: " "$(printf '{"functions":{"f":\n {},,}}')"
expect_exit 1 autopass plan check ./nothing
mkfifo fifo
expect_exit 1 timeout 20 autopass plan check fifo
expect_exit 2 autopass plan
expect_exit 2 autopass plan check

echo '{"functions":{"f":{"params":{"unroll-count":4},"loops":[{"loop":0,"unroll":2}]},"g":{}}}' >plans.json
expect_exit 0 autopass plan check plans.json
grep -q 'f: params unroll-count=4; loops 0 unroll=2' "$work/out" || fail "$(cat "$work/out")"
expect_exit 0 autopass plan check --json plans.json
python3 -c 'import json,sys; d = json.load(sys.stdin); assert d["valid"] and len(d["plans"]) == 2 and d["schema"] == 1' <"$work/out"

expect_exit 0 autopass vocabulary --json
python3 - "$work/out" "$AUTOPASS_BUILD/man/autopass-vocabulary.7" <<'END'
import collections, json, sys
entries = json.load(open(sys.argv[1]))["entries"]
page = " ".join(open(sys.argv[2]).read().replace("\\&", "").replace("\\", "").split())
kinds = collections.Counter(e["kind"] for e in entries)
assert set(kinds) == {"pipeline", "params", "codegen", "attrs", "loops", "calls", "profile"}, kinds
least = {"pipeline": 61, "params": 55, "codegen": 60, "attrs": 12, "loops": 8}
assert all(kinds[kind] >= number for kind, number in least.items()), kinds
for e in entries:
    assert e["summary"] and e["default"] and e["source"] and e["where"][0] == "compile", e
    assert {"bool": "values", "enum": "values", "int": "min"}[e["type"]] in e, e
    assert ("max" in e and e["min"] < e["max"]) == (e["type"] == "int"), e
    assert ("pass" in e) == (e["kind"] == "pipeline" and e["name"] != "polly"), e
    assert e["name"] in page and " ".join(e["summary"].split()) in page, e["name"] + " is not in the manual page"
END
expect_exit 0 autopass explain unroll-count
grep -q '{"params":{"unroll-count":8}}' "$work/out" || fail "$(cat "$work/out")"
for entry in GVNPass gvn machine-cse tune-cpu interleave weights polly loop-unroll; do
  expect_exit 0 autopass explain "$entry"
  expect_exit 0 autopass explain --json "$entry"
done
expect_exit 1 autopass explain unroll-coun
: >gvn
expect_exit 1 autopass explain gvn # now it is a file that we know nothing about
