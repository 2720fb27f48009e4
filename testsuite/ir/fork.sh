#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan that fails costs its user nothing: the same files, words and exit code as stock clang's, and
# a reason that is counted. So does a plan that changes no code.
. "$(dirname "$0")/common.bash"
cp "$AUTOPASS_SOURCE/testsuite/ir/twins.c" twins.c
# One warning before and one after the fork, from the front end and from the back end.
cat >> twins.c <<'END'
int h(void) { int unused; volatile char frame[4000]; frame[0] = 1; return frame[1]; }
#ifdef MAIN
float sink;
int use(int value) { return value; }
int main(void) { return 0; }
#endif
END
sed 's/\bf\b/f2/; s/\bg\b/g2/; s/\bh\b/h2/' twins.c > more.c
flags=(-O2 -Wall -Wframe-larger-than=100 -fstack-protector-strong)

evidence twins.c 2>/dev/null
slice=$(echo "$(fingerprint f) {\"v\":1,\"params\":{\"gvn-max-num-deps\":101}}" |
  "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
plan=("${load[@]}" -mllvm "-autopass-set=$slice")

run() { # FOLDER ARGUMENTS...; leaves there what the command left, said, and returned
  rm -rf "$1" && mkdir "$1" && cp twins.c more.c "$1"
  local code=0
  (cd "$1" && $clang "${flags[@]}" "${@:2}" > said.out 2> said.err < twins.c) || code=$?
  echo "$code" > "$1/code"
}
same() { # WHAT: as stock, in folder planned
  diff -r stock planned || fail "$1: other than stock clang's"
}
counted() { grep -aqw "$1" spool || fail "$2: no $1 was counted"; }

forms=("-c twins.c -o x.o -g -gsplit-dwarf -MD -fstack-usage -fdebug-compilation-dir=." "-x c -c - -o x.o" "-DMAIN twins.c -o x"
  "-c twins.c more.c" "-S twins.c -o x.s" "-c twins.c -o x.o -Werror")
for form in "${forms[@]}"; do
  # shellcheck disable=SC2086 # a form is a list of words
  run stock $form
  while read -r failure reason limit; do
    rm -f spool
    # shellcheck disable=SC2086
    run planned $form "${plan[@]}" ${failure:+-mllvm -autopass-plant=$failure} ${limit:+-mllvm -autopass-limit=$limit}
    same "$form, $failure"
    counted "$reason" "$form, $failure"
  done < <(
    case $form in
    "${forms[0]}") printf '%s\n' "segv:pipeline plan-crashed" "abort:emission plan-crashed" "stack:emission plan-crashed" \
      "fatal:written plan-fatal-error" "error:pipeline plan-error" "memory:pipeline plan-out-of-memory" \
      "loop:emission plan-timeout 1" "verifier plan-postcondition" "attribute plan-postcondition" \
      "symbol plan-postcondition" "call plan-postcondition" "segv:exit applied" ;;
    *-Werror) echo "error:emission plan-error" ;;
    *) printf '%s\n' "segv:written plan-crashed" "fatal:emission plan-fatal-error" "symbol plan-postcondition" \
      "loop:pipeline plan-timeout 1" ;;
    esac
    case $form in *-Werror) ;; *) echo " applied" ;; esac
  )
done

# Nobody can take back what has gone into a pipe, nor what is said to standard output.
rm -f spool
$clang "${flags[@]}" -w -S twins.c -o stock.s
$clang "${flags[@]}" -w -S twins.c -o - "${plan[@]}" | cmp - stock.s || fail "standard output"
counted plan-unprotected "standard output"

# Eight at a time.
rm -f spool
run stock -c twins.c -o x.o
for i in 1 2 3 4 5 6 7 8; do
  (run "planned$i" -c twins.c -o x.o "${plan[@]}" -mllvm -autopass-plant=segv:emission) &
done
wait
for i in 1 2 3 4 5 6 7 8; do
  diff -r stock "planned$i" || fail "8 at a time"
done
[ "$(grep -aow plan-crashed spool | wc -l)" = 8 ] || fail "8 at a time: counted otherwise"

# A session wants to know, and no object.
code=0
$clang "${flags[@]}" -w -c twins.c -o none.o "${plan[@]}" -mllvm -autopass-plant=fatal -mllvm -autopass-verdict="$work/verdict" || code=$?
[ "$code" = 1 ] && [ ! -e none.o ] || fail "verdict: exit code $code, or an object"
[ "$(head -1 verdict)" = plan-fatal-error ] || fail "verdict: $(cat verdict)"
left=$(find . -name '*.tmp') && [ -z "$left" ] || fail "left behind: $left"
