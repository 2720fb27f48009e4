#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `autopass show FUNCTION` tells a function's plan, or why there is none; `show --binary` claims of a plan
# only what the record proves; `diff` shows what a plan changes and touches nothing.
. "$(dirname "$0")/replay.bash"
echo 'long sum(const int *v, int n) { long s = 0; for (int i = 0; i < n; ++i) s += v[i] * 7 ^ s; return s; }' >sum.c
echo 'long sum(const int *, int); int main(int n, char **v) { int a[9] = {n}; return sum(a, 9) == 3; }' >main.c
cat >Makefile <<'MAKE'
prog: main.o sum.o
	$(CC) $^ -o $@
%.o: %.c
	$(CC) -O2 -Werror -c $< -o $@
MAKE
make CC=autopass-clang >/dev/null
plan='{"v":2,"params":{"unroll-count":2}}'

says() { # FILE WORDS...: each is in it
  local file=$1 word
  for word in "${@:2}"; do
    grep -qE -- "$word" "$file" || fail "no '$word' in: $(cat "$file")"
  done
}
expect_exit 0 autopass show sum
says "$work/out" '^function    sum' "^object      $PWD/sum.o" '^no plan     its file was compiled without plans: no-snapshot'
expect_exit 1 autopass show nobody
says "$work/err" 'no plan and no object .* has a function'
expect_exit 1 autopass diff sum
says "$work/err" 'no plan for sum' 'plan FILE'

# A plan of one's own, before anything is published. Nothing in the project changes.
find . -type f -exec stat -c '%n %y' {} + | sort >"$work/files"
echo "{\"functions\":{\"sum\":$plan,\"other\":$plan}}" >"$work/mine.json"
expect_exit 0 autopass diff sum --plan "$work/mine.json"
says "$work/out" '^plan      params unroll-count=2' '^passes$' '^- ' '^\+ .*unrolled loop by a factor of 2|^\+ .*UnrollCount' '^assembly$'
expect_exit 0 autopass diff sum --plan "$work/mine.json" --json
python3 - "$work/out" <<'END'
import json, sys
record = json.load(open(sys.argv[1]))
assert record["schema"] == 1 and record["function"] == "sum" and not record["same_code"], record
parts = {p["part"]: p for p in record["parts"]}
assert parts["assembly"]["differs"] and parts["assembly"]["before"] and parts["hot loop"]["after"], parts
END
echo '{"functions":{"main":{}}}' >"$work/bad.json"
expect_exit 1 autopass diff sum --plan "$work/bad.json"
says "$work/err" 'no plan in .* is for sum'
echo '{"functions":{"sum":{"loops":[{"loop":7,"interleave":2}]}}}' >"$work/nowhere.json"
expect_exit 0 autopass diff sum --plan "$work/nowhere.json"
says "$work/out" '^counted   applied 1, loop-changed 1' '^code      the same instructions' '^assembly: no difference'
if command -v llvm-mca-22 >/dev/null; then
  expect_exit 0 autopass diff sum --plan "$work/mine.json" --mca
  says "$work/out" '^machine model' 'Block RThroughput: '
fi
find . -type f -exec stat -c '%n %y' {} + | sort | cmp - "$work/files" || fail "diff has touched the project"

# A plan that fails is an error with its reason: here the frame gets too large for the source's own warning.
mkdir ../frames && cd ../frames
cat >frames.c <<'C'
void leaves(void *);
__attribute__((cold)) static void rare(int n) {
  char room[150];
  for (; n; --n) { leaves(room); leaves(room + n); leaves(room + 7 * n); leaves(room + 3); }
}
void also(int n) { if (n) rare(n); }
void often(int n) { char room[150]; leaves(room); if (n) rare(n); leaves(room + n); }
C
autopass-clang -O2 -Werror -Wframe-larger-than=300 -c frames.c
echo '{"functions":{"often":{"calls":[{"call":1,"inline":true}]}}}' >"$work/large.json"
expect_exit 1 autopass diff often --plan "$work/large.json"
says "$work/err" 'plan: plan-warning'
cd "$work/project"

replay prog sum "publish:$plan"
expect_exit 0 autopass show sum
says "$work/out" '^fingerprint [0-9a-f]{32}' '^digest ' '^    params unroll-count=2' '^    parameters +unroll-count=2' \
  '^    code generation +the compiler' '^    target '
expect_exit 0 autopass show --json sum
says "$work/out" '"element":"params unroll-count=2","what":"[^"]' '"pipeline":\{'
expect_exit 0 autopass show ./prog
says "$work/out" '^  sum'

# What is in the file: nothing until it is built anew, then the plan, then nothing that can be proven.
expect_exit 0 autopass show --binary prog
says "$work/out" '^no plans'
autopass stale --touch >/dev/null && make CC=autopass-clang >/dev/null
expect_exit 0 autopass diff sum
says "$work/out" "^from      published for $PWD/prog"
for file in prog sum.o; do
  expect_exit 0 autopass show --binary $file
  says "$work/out" '^applied     sum$' "^  object    $PWD/sum.o"
done
expect_exit 0 autopass show --binary prog main
says "$work/out" '^no plan'
# A plan for what a function was is none for what it is.
sed -i 's/ \* 7/ * 9/' sum.c
expect_exit 0 autopass diff sum
says "$work/out" '^plan      params unroll-count=2' '^counted   nothing applied' '^code      the same'
touch sum.c && AUTOPASS=off make CC=autopass-clang >/dev/null
expect_exit 0 autopass show --binary sum.o
says "$work/out" "^not known   $PWD/sum.o: written since"
! grep -q '^applied' "$work/out" || fail "claimed: $(cat "$work/out")"
expect_exit 1 autopass show --binary prog
says "$work/err" 'not known'

# Plans by hand: their names are in their file, and one that nothing has is said.
echo '{"functions":{"sum":{"params":{"unroll-count":3}},"nobody":{"params":{"unroll-count":4}},
  "summ":{"params":{"unroll-count":3}}}}' >plans.json
touch ./*.c && AUTOPASS_PLANS=$PWD/plans.json make CC=autopass-clang >/dev/null
AUTOPASS_PLANS=$PWD/plans.json expect_exit 0 autopass show --binary prog
says "$work/out" '^applied     function ' '^not met     nobody: no compile' '^not met     1 of sum, summ: no compile'
sed -i 's/"summ"/"other"/; s/3}}}}/5}}}}/' plans.json
touch ./*.c && AUTOPASS_PLANS=$PWD/plans.json make CC=autopass-clang >/dev/null
AUTOPASS_PLANS=$PWD/plans.json expect_exit 0 autopass show --binary prog
says "$work/out" '^applied     sum$' '^not met     other: no compile'
expect_exit 0 autopass show --binary prog sum
says "$work/out" '^applied     function [0-9a-f]{32}$' 'of no published plan'
