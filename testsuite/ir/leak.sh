#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Thirty random plans in force at once, of four random elements each, and the thirty functions between
# them keep their code. The seed is fixed: SEED=7 testsuite/ir/leak.sh tries others.
. "$(dirname "$0")/common.bash"
seed=${SEED:-1}
{ sed 's/TWINS(g, 5)//; s/TWINS(f, 3)//' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
  for ((i = 0; i < 30; i++)); do printf 'TWINS(f%d, %d)\nTWINS(g%d, %d)\n' $i $((i + 100)) $i $((i + 200)); done; } >x.c
evidence x.c
"$AUTOPASS_BUILD/testsuite/tools/list-plans" >all
for ((i = 0; i < 30; i++)); do
  echo "$(fingerprint f$i) $(loop_hash f$i)"
done >functions
python3 - "$seed" all functions >plans <<'END'
import json, random, sys
random.seed(int(sys.argv[1]))
single = [json.loads(line) for line in open(sys.argv[2])]
for line in open(sys.argv[3]):
    function, loop = line.split()
    plan = {"v": 2}
    for part in random.sample(single, 4):
        for kind, said in json.loads(json.dumps(part).replace("HASH", loop)).items():
            if kind == "loops":
                plan.setdefault(kind, said)[0].update(said[0])
            elif kind == "pipeline":
                plan.setdefault(kind, {"skip": []})["skip"] = said["skip"]
            elif kind != "v":
                plan.setdefault(kind, {}).update(said)
    print(function, json.dumps(plan, separators=(",", ":")))
END
slice=$("$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot <plans)
stock x.c
$clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c >said 2>&1 || fail "does not compile: $(cat said)"
[ ! -s said ] || fail "said something: $(cat said)"
changed=$(all_changed)
[[ $changed != *" g"* ]] || fail "other functions changed:$changed"
[ "$(wc -w <<<"$changed")" -ge 20 ] || fail "too few of the planned functions changed:$changed"
