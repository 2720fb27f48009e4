#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A program at every level: the one that is slower than the one below it is found, with the pass that makes
# it so, and a program that does not print the same at each level is, too, with the pass that decides.
. "$(dirname "$0")/replay.bash"

# step(): of two numbers one was just stored; both in one load have to wait for that store, which takes three times as long,
# whatever else the processor does meanwhile. grows(): what overflows is not defined, and -O1 and above make something of that.
cat >main.c <<'END'
#include <stdio.h>
__attribute__((noinline)) void step(unsigned long *v) { v[0] += 3; v[1] += 5; }
__attribute__((noinline)) int grows(int i) { return i + 1 > i; }
int main(void) {
  unsigned long v[2] = {1, 2};
  volatile unsigned long *second = v + 1;
  volatile int most = 2147483647;
  for (unsigned i = 0; i < 20000000; ++i) { *second = i; step(v); }
  printf("%d %lu %lu\n", grows(most), v[0], v[1]);
}
END
autopass-clang -O2 -c main.c && autopass-clang main.o -o prog

expect_exit 1 autopass verify --matrix prog --run ./prog --json
python3 - "$work/out" <<'END'
import json, sys
found = json.load(open(sys.argv[1]))
rows = {row["name"]: row for row in found["rows"]}
assert [row["name"] for row in found["rows"] if row["wrong"]] == ["-O0"], found
assert "train 1: stdout differs" in rows["-O0"]["wrong"] and not rows["-O1"]["against"], found
assert [rows["-O0"][key] for key in ("pass", "pass_on", "pass_in", "pass_at")] == ["early-cse", "grows", rows["-O0"]["pass_in"], "as built"], rows["-O0"]
assert rows["-O0"]["pass_in"].endswith("/main.c"), rows["-O0"]
slower = [name for name, row in rows.items() if row["verdict"] == "slower"]
assert slower == ["-O2"] and rows["-O2"]["below"] == "-O1" and rows["-O2"]["against"]["high"] < 1, found
assert rows["-O2"]["pass"] == "slp-vectorizer" and rows["-O2"]["without"]["low"] > 1, found
runs = {}
for one in rows["-O2"]["samples"]:
    runs[one["comparison"]] = runs.get(one["comparison"], 0) + len(one["a"])
assert sorted(runs.values()) == [rows["-O2"][key]["pairs"] for key in ("against", "without")], runs
assert rows["as built"]["below"] == "" and "no plan acts in this program" in found["notes"], found
END

# The other way round, in one file of three: built without optimisation, and wrong with it.
echo 'int grows(int i) { return i + 1 > i; }' >grows.c
echo 'unsigned mix(unsigned x, unsigned i) { return x * 3 + (i ^ 5); }' >mix.c
cat >two.c <<'END'
#include <stdio.h>
int grows(int i);
unsigned mix(unsigned x, unsigned i);
int main(void) {
  unsigned x = 0;
  for (unsigned i = 0; i < 25000000; ++i) x = mix(x, i);
  printf("%u %d\n", x, grows(2147483647));
}
END
for file in mix grows two; do autopass-clang -c $file.c; done && autopass-clang mix.o grows.o two.o -o two
expect_exit 1 autopass verify --matrix two --run ./two
tr -s ' \n' ' ' <"$work/out" >"$work/line"
for level in -O1 -O2 -O3 -Os -Oz; do
    grep -qF "early-cse on grows in $PWD/grows.c ($level) makes the difference" "$work/line"
done

# Too short to measure, and a level at which it does not link: an inline function that only inlining makes superfluous.
printf 'inline int twice(int x) { return 2 * x; }\n#include <stdio.h>\nint main(void) { printf("%%d\\n", twice(21)); }\n' >short.c
autopass-clang -O2 -c short.c && autopass-clang short.o -o short
expect_exit 1 autopass verify --matrix short --run ./short
grep -q '^  -O0 .*DOES NOT BUILD' "$work/out" || fail "an undefined reference: $(cat "$work/out")"
grep -q 'too little to measure: outputs alone were' "$work/out" || fail "a short program: $(cat "$work/out")"

# On a processor that is not here, where plain char has no sign: another output is found, and what cannot be built for it is no finding.
cat >sign.c <<'END'
#include <stdio.h>
int main(int count, char **words) {
  unsigned x = 0;
  for (unsigned i = 0; i < 100000000; ++i) x = x * 3 + (i >> (count & 31));
  printf("%u %d\n", x, (char)(199 + count) < 0);
  return words == NULL;
}
END
autopass-clang -O2 -c sign.c && autopass-clang sign.o -o sign
expect_exit 1 autopass verify --matrix sign --run ./sign --json
cp "$work/out" "$work/sign"
echo 'int unused;' >only-here.c && clang-22 -c only-here.c && sed -i 's/199/99/' sign.c
autopass-clang -O2 -c sign.c && autopass-clang sign.o only-here.o -o sign
expect_exit 0 autopass verify --matrix sign --run ./sign --json
python3 - "$work/sign" "$work/out" <<'END'
import json, sys
for name, wrong, untried in zip(sys.argv[1:], ("stdout differs", ""), ("", "it does not build")):
    rows = {row["name"]: row for row in json.load(open(name))["rows"]}
    assert not rows["as built, x86_64 by qemu"]["wrong"] and not rows["as built, x86_64 by qemu"]["untried"], rows
    arm = rows["aarch64 by qemu"]
    assert wrong in arm["wrong"] and bool(wrong) == bool(arm["wrong"]) and not arm["below"], arm
    assert untried in arm["untried"] and bool(untried) == bool(arm["untried"]), arm
END
