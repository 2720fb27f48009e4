#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every entry of the vocabulary, at both ends of its range: compiles, says nothing, changes the function
# that has it (unless the table says that no effect was ever seen here) and none of its twins. Forty
# functions with a plan each are compiled at once, with twins between them: what leaks, leaks into those.
# VERBOSE=1 prints what had an effect. The older LLVM gets one plan in three, and may be without effect.
. "$(dirname "$0")/common.bash"
"$AUTOPASS_BUILD/testsuite/tools/list-plans" --named >all
[ "${LLVM_MAJOR:-22}" = 22 ] || { awk 'NR % 3 == 0' all >some && mv some all; }
split -l 40 all part.

for part in part.??; do
  { sed 's/TWINS(g, 5)//; s/TWINS(f, 3)//' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
    for ((i = 0; i < $(wc -l <"$part"); i++)); do
      [ $((i % 4)) != 0 ] || echo "TWINS(g$i, $((i + 100)))"
      echo "TWINS(f$i, $((i + 200)))"
    done
    echo "TWINS(last, 3)"; } >x.c
  stock x.c
  evidence x.c
  i=0
  while read -r kind name proven plan; do
    hash=$(loop_hash "f$i")
    echo "$(fingerprint "f$i") ${plan//HASH/$hash}"
    i=$((i + 1))
  done <"$part" >plans
  slice=$("$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot <plans)
  $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" x.c >said 2>&1 ||
    fail "does not compile: $(cat plans said)"
  [ ! -s said ] || fail "said something: $(cat plans said)"
  ! grep -aqE 'invalid-plan|vocabulary-version|part-unknown|context-changed' spool || fail "a plan was refused"
  changed=$(all_changed)
  [[ $changed != *" g"* && $changed != *" last "* ]] || fail "twins changed:$changed: $(cat plans)"
  i=0
  while read -r kind name proven plan; do
    effect=none
    [[ $changed != *" f$i "* ]] || effect=effect
    echo "$kind $name $proven $effect $plan"
    i=$((i + 1))
  done <"$part" >>effects
done
[ -z "${VERBOSE:-}" ] || cat effects
awk '{ tried[$1 " " $2] = $3; if ($4 == "effect") { seen[$1 " " $2]; count++ } }
  END { for (entry in tried) if ((tried[entry] == "proven") != (entry in seen))
          print tried[entry] == "proven" ? "no effect" : "an effect after all", entry
        print count, "of", NR, "settings have an effect" >"/dev/stderr" }' effects >wrong
[ "${LLVM_MAJOR:-22}" != 22 ] || [ ! -s wrong ] || fail "$(cat wrong)"
[ "$(wc -l <effects)" = "$(wc -l <all)" ] || fail "only $(wc -l <effects) were tried"
