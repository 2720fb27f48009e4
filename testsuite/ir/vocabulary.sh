#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every entry of the vocabulary, at both ends of its range: compiles, says nothing, and leaves the
# twins alone, the one in front of the planned function and the one behind it. VERBOSE=1 prints what
# had an effect (most others have one on other code: docs/plugin.md). The older LLVM gets one in three.
. "$(dirname "$0")/common.bash"
{ sed 's/TWINS(g, 5)//; s/TWINS(f, 3)//' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
  printf 'TWINS(e, 9)\nTWINS(f, 3)\nTWINS(g, 5)\n'; } >x.c
stock x.c
evidence x.c
effective=0 tried=0 every=1
[ "${LLVM_MAJOR:-22}" = 22 ] || every=3
f=$(fingerprint f) loop=$(loop_hash f)
while read -r plan; do
  apply_to "$f" "$loop" "$plan" x.c >said 2>&1 || fail "does not compile: $plan: $(cat said)"
  [ ! -s said ] || fail "said something: $plan: $(cat said)"
  changed=$(all_changed)
  [[ $changed != *" "[eg]" "* ]] || fail "twins changed:$changed: $plan"
  tried=$((tried + 1))
  [[ $changed != *" f "* ]] || effective=$((effective + 1))
  [ -z "${VERBOSE:-}" ] || echo "${changed:-  none} $plan"
done < <("$AUTOPASS_BUILD/testsuite/tools/list-plans" | awk "NR % $every == 0")
echo "$effective of $tried settings changed the planned function"
[ "$tried" -gt $((200 / every)) ] && [ "$effective" -gt $((100 / every)) ] || fail "too few settings have an effect"
