#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# One kernel through the whole line. Whatever is found, report, store and the next build agree.
. "$(dirname "$0")/common.bash"

kernel=adpcm
recipe=$AUTOPASS_SOURCE/testsuite/programs/recipe
export CFLAGS=-O3
CC=clang-22 CXX=clang++-22 "$recipe" build $kernel "$work/stock"
export CC=autopass-clang CXX=autopass-clang++
"$recipe" build $kernel "$work/tuned"
stock=$("$recipe" target $kernel "$work/stock")
target=$("$recipe" target $kernel "$work/tuned")
cmp "$stock" "$target" || fail "not identical to stock with an empty cache"
train=$("$recipe" workload $kernel "$work/tuned" train)
holdout=$("$recipe" workload $kernel "$work/tuned" holdout)

tune_patiently 45 "$target" --run "$train" --holdout "$holdout" --json --csv "$work/samples.csv"
cp "$work/out" "$work/report.json"
# A plan that was published is for an object that is there.
faster=$(grep -c '"verdict":"faster"' "$work/report.json" || true)
stale=$(autopass stale "$work/tuned" 2>"$work/err" | wc -l)
[ $((stale > 0)) = "$faster" ] && [ ! -s "$work/err" ] || fail "faster: $faster, stale objects: $stale $(cat "$work/err")"
"$recipe" clean $kernel "$work/tuned"
"$recipe" build $kernel "$work/tuned"
[ -z "$(autopass stale "$work/tuned" 2>&1)" ] || fail "stale after a clean build"

python3 - "$work/report.json" "$stock" "$target" "$work/samples.csv" <<'END'
import csv, json, subprocess, sys
report = json.load(open(sys.argv[1]))
same = open(sys.argv[2], "rb").read() == open(sys.argv[3], "rb").read()
assert report["schema"] == 1
assert report["binaries"]["built"] >= report["binaries"]["measured"] > 0, report["binaries"]
assert set(report["speedup"] or {"ratio": 1, "low": 1, "high": 1}) >= {"ratio", "low", "high"}
assert report["functions"] and all(function["why"] for function in report["functions"])
if report["verdict"] == "faster":
    assert report["speedup"]["low"] > 1 and not same
    assert any(function["plan"] for function in report["functions"])
else:
    assert report["speedup"] is None and same
# Nothing is claimed of what was only screened, and what a claim rests on can be computed again.
words = {"looks faster", "looks slower", "no difference found", "wrong output", "invalid", "failed"}
assert {trial["verdict"] for trial in report["trials"]} <= words, report["trials"]
assert not {"faster", "slower"} & report["rejected"].keys(), report["rejected"]
for one in report["samples"]:
    assert len(one["a"]) == len(one["b"]) == len(one["a_first"]) > 0, one
ours = [one for one in report["samples"] if one["comparison"] == report["confirmed_by"]]
train = [one for one in ours if one["workload"] == "train 1"]
assert sum(len(one["a"]) for one in train) == (report["speedup"] or {"pairs": 0})["pairs"], (report["speedup"], train)
for trial in report["trials"]: # those with the machine code of an earlier one have its interval alone
    assert len(trial["samples"]["a"]) in (0, trial["interval"]["pairs"]), trial
assert 0 < sum(len(trial["samples"]["a"]) > 0 for trial in report["trials"]) <= report["binaries"]["measured"]
lines = list(csv.DictReader(open(sys.argv[4])))
assert [float(line["a_seconds"]) for line in lines] == [round(a, 6) for one in report["samples"] for a in one["a"]]
END
autopass report "$target" --json >"$work/again" && cmp "$work/report.json" "$work/again" || fail "the report is another when it is read again"
