#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every entry of the vocabulary, at both ends of its range: compiles, says nothing, and changes none of the
# functions between those that have it. What has been seen to act is tried on ever more code until it acts
# again. What has not, shares plans, eight settings in each: none of these may change anything. Sixty functions with
# a plan each are compiled at once. VERBOSE=1 prints what acted where. The older LLVM gets one setting in
# three, and may be without effect.
. "$(dirname "$0")/common.bash"
tools=$AUTOPASS_BUILD/testsuite/tools
"$tools/list-plans" --named >all

try() { # PART FILE: each of FILE's lines on a function of that part of twins.c, into "effects"
  local many part i kind name proven plan
  many=$(wc -l <"$2")
  many=$((many < 60 ? many : 60))
  { sed 's/^TWINS(.*//' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
    for ((i = 0; i < many; i++)); do
      [ $((i % 6)) != 0 ] || echo "PART(g$i, $((i + 100)), $1)"
      echo "PART(f$i, $((i + 200)), $1)"
    done
    echo "PART(last, 3, $1)"; } >x.c
  evidence x.c
  mv evidence.s stock.s # they are the same: ir/leak
  sed -n -e 's/.*"fingerprint":"\([0-9a-f]*\)","function":"f[0-9]*",.*"loops":\[{[^}]*"hash":"\([0-9a-f]*\)".*/\1 \2/p;t' \
    -e 's/.*"fingerprint":"\([0-9a-f]*\)","function":"f[0-9]*",.*/\1/p' evidence >functions
  split -l 60 "$2" part.
  for part in part.??; do
    paste -d' ' "$part" functions | awk 'NF >= 5 { gsub(/HASH/, $6 ? $6 : sprintf("%032d", 0), $4); print $5, $4 }' >plans
    slice=$("$tools/make-snapshot" snapshot <plans)
    $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c >said 2>&1 ||
      fail "does not compile: $(cat plans said)"
    [ ! -s said ] || fail "said something: $(cat plans said)"
    ! grep -aqE 'invalid-plan|vocabulary-version|profile-changed|context-changed|plan-[a-z]+' spool || fail "a plan was refused"
    changed=$(all_changed)
    [[ $changed != *" g"* && $changed != *" last "* ]] || fail "functions without a plan changed:$changed: $(cat plans)"
    i=0
    while read -r kind name proven plan; do
      [[ $changed != *" f$i "* ]] || echo "$kind $name $proven $1 $plan"
      i=$((i + 1))
    done <"$part" >>effects
    rm "$part" spool
  done
}

if [ "${LLVM_MAJOR:-22}" != 22 ]; then
  awk 'NR % 3 == 0' all >some
  try LOOPS some
  exit
fi
awk '$3 == "proven"' all >left
for part in LOOPS BRANCHES VALUES STATES MEMORY ALL; do
  : >effects
  try $part left
  [ -z "${VERBOSE:-}" ] || cat effects
  awk 'NR == FNR { acts[$1, $2]; next } !(($1, $2) in acts)' effects left >still
  mv still left
  [ -s left ] || break
done
[ ! -s left ] || fail "no effect: $(cat left)"

awk '$3 == "unproven"' all | python3 "$AUTOPASS_SOURCE/testsuite/tools/join_plans.py" 8 >joined
: >effects
try ALL joined
[ ! -s effects ] || fail "an effect after all: $(cat effects)"
