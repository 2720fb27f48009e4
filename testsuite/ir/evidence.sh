#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Evidence is what docs/evidence.md says, says nothing on the terminal, and the object is the same with it.
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
    assert all({"width", "interleave", "widest", "limit"} <= set(l["vector"]) for l in r["loops"]), r["loops"]
    assert len(r["remarks"]) <= 60 and not any(m["pass"] in ("inline", "asm-printer") for m in r["remarks"]), r["remarks"]
    assert all(m["name"] not in ("MissedDetails", "NoDefinition") for m in r["remarks"]), r["remarks"]
    assert any(p["pass"] == "LICMPass" and p["runs"] > 0 for p in r["passes"]), r["passes"]
    # The changes lead from the front end's IR to what is left at the end.
    assert len(r["changes"]) > 9, r["changes"]
    assert r["instructions"] + sum(c["instructions"] for c in r["changes"]) == r["optimised_instructions"], r
    runs = {p["pass"]: p["changed"] for p in r["passes"]}
    assert all(runs.get(c["pass"], 1) > 0 for c in r["changes"]), (runs, r["changes"])
    assert r["machine_instructions"] > 20 and r["stack_bytes"] >= 0, r
    assert 0.3 < sum(b["share"] for b in r["hot_blocks"]) <= 1.01 and r["hot_blocks"][0]["depth"] > 0, r["hot_blocks"]
    assert "ir" not in r
END
done

# Other code, other shapes: loops that become vectors, a dispatch loop, templates, exceptions.
kernels=$AUTOPASS_SOURCE/testsuite/programs/kernels
same_object() { # FILE LEVEL...
  local file=$kernels/$1 level
  for level in "${@:2}"; do
    $clang $level -w -c "$file" -o stock.o
    $clang $level -w -c "$file" -o with.o "${load[@]}" -mllvm -autopass-evidence=evidence >said 2>&1
    [ ! -s said ] || fail "$1 $level: said something"
    [ -s evidence ] || fail "$1 $level: no evidence"
    cmp stock.o with.o || fail "$1 $level: another object"
  done
}
same_object imagefilter/imagefilter.c "-O3 -march=haswell" -O1
same_object bytecode/machine.c "-O2 -g" -O3 -Oz
same_object sorting/sorts.cpp "-O2 -std=c++20"
same_object jsonscan/jsonscan.cpp "-O3 -std=c++20 -g1" -Os

# The compiler inlines more when somebody wants to hear of calls that are not inlined (bonuses for calls
# through pointers come behind the threshold): nobody may seem to.
python3 - >pointers.c <<'END'
heavy = "".join(f"  x = x * 31 + ((x >> 3) ^ {i});\n" for i in range(40)) + "  x = f(x);\n" * 8
print("static int a(int x) { return x + 1; }\nstatic int b(int x) { return x - 5; }")
print("static int work(int (*f)(int), int x) {\n" + heavy + "  return x;\n}")
print("int one(int x) { return work(a, x); }\nint two(int x) { return work(b, x); }")
print("int three(int x) { return work(a, x * 5); }")
END
$clang -O2 -c pointers.c -o wanted.o -Rpass-missed=inline 2>/dev/null
$clang -O2 -c pointers.c -o stock.o
! cmp -s stock.o wanted.o || fail "this compiler does not do what is tested here"
$clang -O2 -c pointers.c -o with.o "${load[@]}" -mllvm -autopass-evidence=evidence
cmp stock.o with.o || fail "evidence has calls inlined"
grep -q '"callee":"work"' evidence || fail "no decision on the calls"

# The user's own remarks are what they are without us.
remarks=(-Rpass=loop-vectorize -Rpass-missed=inline "-Rpass-analysis=size-info|prologepilog|loop-vectorize")
$clang -O3 "${remarks[@]}" -c "$source" -o stock.o 2>stock.err
grep -q 'Rpass-analysis=size-info' stock.err || fail "no remark of a pass that evidence does not want"
$clang -O3 "${remarks[@]}" -c "$source" -o with.o 2>with.err "${load[@]}" -mllvm -autopass-evidence=evidence
[ -s stock.err ] && cmp stock.err with.err || fail "other remarks"
cmp stock.o with.o || fail "another object with the user's remarks"

# Why a loop is as wide as it is, what the inliner made of calls, and IR at named points.
cat >facts.c <<'C'
void plain(float *restrict a, const float *restrict b, long n) { for (long i = 0; i < n; ++i) a[i] = a[i] * 3 + b[i]; }
float ordered(const float *a, long n) { float s = 0; for (long i = 0; i < n; ++i) s += a[i]; return s; }
static int small(int x) { return x * 3 + 1; }
__attribute__((noinline)) static int kept(int x) { return x * x + small(x); }
int calls(int x) { return small(x) + kept(x); }
void leaves(void *); void spills(int n) { char room[400]; leaves(room); if (n) leaves(room + n); }
C
$clang -O3 -c facts.c -o stock.o
$clang -O3 -c facts.c -o with.o "${load[@]}" -mllvm -autopass-evidence=evidence -mllvm -autopass-ir=plain@start \
  -mllvm -autopass-ir=plain@before:LoopVectorizePass -mllvm -autopass-ir=plain@after:LoopVectorizePass \
  -mllvm -autopass-ir=plain@vectorizer-start -mllvm -autopass-ir=plain@end -mllvm -autopass-ir=plain@codegen \
  -mllvm -autopass-ir=plain@before:InstCombinePass#2 -mllvm -autopass-ir=nobody@start -mllvm -autopass-ir=garbage
cmp stock.o with.o || fail "asking for IR changed the object"
python3 - <<'END'
import json
r = {x["function"]: x for x in map(json.loads, open("evidence"))}
vector = r["plain"]["loops"][0]["vector"]
assert vector["width"] == 4 == vector["widest"] and vector["limit"] == "registers", vector
said = [m for m in r["plain"]["remarks"] if m["name"] == "Vectorized"]
assert said and said[0]["fields"]["VectorizationFactor"] == 4 and said[0]["loop"] == 0, r["plain"]["remarks"]
vector = r["ordered"]["loops"][0]["vector"]
assert vector["width"] == 1 and vector["limit"] == "CantReorderFPOps", (vector, r["ordered"]["remarks"])
made = {d["callee"]: d for d in r["calls"]["inlining"]}
assert made["small"]["inlined"] and made["small"]["cost"] < made["small"]["threshold"], made
assert not made["kept"]["inlined"] and made["kept"]["reason"], made
assert r["spills"]["stack_bytes"] >= 400, r["spills"]
ir = {t["at"]: t["text"] for t in r["plain"]["ir"]}
assert list(ir) == ["start", "before:InstCombinePass#2", "vectorizer-start", "before:LoopVectorizePass",
                    "after:LoopVectorizePass", "end", "codegen"], list(ir)
assert "alloca" in ir["start"] and "<4 x float>" not in ir["before:LoopVectorizePass"], ir
assert "<4 x float>" in ir["after:LoopVectorizePass"] and "<4 x float>" in ir["end"], ir
assert "ir" not in r["calls"]
END
