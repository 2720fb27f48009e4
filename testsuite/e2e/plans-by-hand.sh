#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# AUTOPASS_PLANS=file.json: plans by name, applied, recorded, and part of the command line; whatever is
# wrong with the file or a plan leaves clang's own object, says nothing, and is counted.
. "$(dirname "$0")/common.bash"
export AUTOPASS_CLANG=$(command -v clang-22) AUTOPASS_LOG=$work/log
echo '{"functions":{}}' >plans.json
AUTOPASS_PLANS=plans.json autopass doctor >/dev/null || fail "doctor: $(autopass doctor)"
cat >a.cc <<'END'
namespace ns {
int f(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum += a[i] * 3; return sum; }
int f(const int* a) { return a[0]; }
int only(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum ^= a[i] * 5; return sum; }
}
static int small(int x) { return x * 11; }
extern "C" int d(int x) { return small(x) + 1; }
extern "C" int c(const int* a, int n) { int sum = 0; for (int i = 0; i < n; i++) sum -= a[i] * 7; return sum; }
END
clang-22 --driver-mode=g++ -O2 -c a.cc -o stock.o

# with PLANS: our object is in a.o.
with() {
  printf '%s' "$1" >plans.json
  expect_exit 0 env AUTOPASS_PLANS=plans.json autopass-clang++ -O2 -c a.cc -o a.o
  [ ! -s "$work/out" ] && [ ! -s "$work/err" ] || fail "said something: $1"
}
planned() { with "$1"; ! cmp -s a.o stock.o || fail "no effect: $1"; }
# stays REASON PLANS
stays() {
  with "$2"
  cmp a.o stock.o || fail "another object: $2"
  autopass explain --json a.o | grep -q "\"$1\"" || fail "not counted as $1: $2: $(autopass explain a.o)"
}
plan='{"params":{"unroll-count":7}}'
for name in c _ZN2ns1fEPKii 'ns::f(int const*, int)' ns::only 'ns::only(int const*, int)'; do
  planned "{\"functions\":{\"$name\":$plan}}"
done
planned "
  {\"functions\": {\"c\": {\"loops\": [{\"loop\": 0, \"unroll\": 5}]}}}"
planned '{"functions":{"d":{"calls":[{"call":0,"inline":false}]}}}' # whatever is called there
autopass explain a.o | grep -q '1 applied' || fail "not recorded: $(autopass explain a.o)"
slice=$(autopass explain --json a.o | sed 's/.*"slice":"\([0-9a-f]*\)".*/\1/')
tail -1 "$work/log" | grep -q "plans=$slice" || fail "not in the log: $(tail -1 "$work/log")"

stays no-plan '{"functions":{"ns::f":'"$plan"'}}' # two have this name
stays no-plan '{"functions":{}}'
stays invalid-plan '{"functions":{"c":{"params":{"unroll-count":700}}}}'
stays invalid-plan '{"functions":{"c":{"loops":[{"loop":0,"unroll":5,"hash":"x"}]}}}'
stays vocabulary-version '{"functions":{"c":{"v":1}}}'
stays plan-file-invalid '{"functions":{"c":{},"c":'"$plan"'}}'
stays plan-file-invalid '{"v":2,"params":{"unroll-count":7}}'
stays plan-file-invalid '{'
stays snapshot-corrupt 'functions: c'
planned '{"functions":{"ns::only":{"params":{"unroll-count":700}},"c":'"$plan"'}}' # a bad plan hides no other

# Whatever the name leads to: nothing hangs, nothing is said.
mkfifo fifo
truncate -s 20M large
printf '{' | dd of=large conv=notrunc status=none
for place in fifo large nowhere . /dev/zero; do
  expect_exit 0 env AUTOPASS_PLANS="$place" timeout 20 autopass-clang++ -O2 -c a.cc -o a.o
  cmp a.o stock.o || fail "another object with $place"
done
autopass stats -v | grep -q plan-file-unreadable || fail "not counted: $(autopass stats -v)"

# A file of plans is never taken for the snapshot, nor overwritten.
cp plans.json kept.json
AUTOPASS_PLANS=plans.json autopass doctor >/dev/null || fail "doctor: $(AUTOPASS_PLANS=plans.json autopass doctor)"
cmp plans.json kept.json || fail "doctor wrote into a file of plans"
AUTOPASS_PLANS=plans.json autopass doctor | tr -s ' \n' ' ' | grep -q 'by hand for 2 functions.*1 invalid try: autopass plan check' ||
  fail "doctor says nothing of an invalid plan: $(AUTOPASS_PLANS=plans.json autopass doctor)"
expect_exit 1 env AUTOPASS_PLANS=nowhere autopass doctor
grep -q 'there is no such file' "$work/out" || fail "doctor: $(cat "$work/out")"
