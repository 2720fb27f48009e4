#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A plan that fails costs its user nothing: the same files, words and exit code as stock clang's, and
# a reason that is counted. So does a plan that changes no code.
. "$(dirname "$0")/common.bash"
# Something to optimise, with two warnings: one from before any plan, the front end's, and one of the back end.
cat > twins.c <<'END'
extern int use(int);
extern float sink;
int f(const int *a, int *b, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    b[i] = a[i] * 3 + use(a[i]);
    sum += b[i] > 7 ? b[i] : -b[i];
  }
  char text[16];
  for (int i = 0; i < 16; i++)
    text[i] = (char)(sum >> i);
  sink += (float)use(text[sum & 15]);
  return sum;
}
int h(int i) { int unused; volatile char frame[4000]; frame[i] = 1; return frame[1]; }
END
sed 's/\bf\b/f2/; s/\bh\b/h2/' twins.c > more.c
echo 'float sink; int use(int value) { return value; } int main(void) { return 0; }' > main.c
$clang -c main.c -o main.o
flags=(-O2 -Wall -Wframe-larger-than=100 -fstack-protector-strong)

evidence twins.c 2>/dev/null
slice=$(echo "$(fingerprint f) {\"v\":2,\"params\":{\"gvn-max-num-deps\":101}}" |
  "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
plan=("${load[@]}" -mllvm "-autopass-set=$slice")

run() { # FOLDER ARGUMENTS...; leaves there what the command left, said, and returned
  rm -rf "$1" && mkdir "$1" && cp twins.c more.c main.o "$1"
  local code=0
  (cd "$1" && $clang "${flags[@]}" "${@:2}" > said.out 2> said.err < twins.c) || code=$?
  echo "$code" > "$1/code"
}
same() { # WHAT: as stock, in folder planned
  diff -r stock planned || fail "$1: other than stock clang's"
}
counted() { grep -aqw "$1" spool || fail "$2: no $1 was counted"; }

forms=("-c twins.c -o x.o -g -gsplit-dwarf -MD -fstack-usage -fdebug-compilation-dir=." "-x c -c - -o x.o" "twins.c main.o -o x"
  "-c twins.c more.c" "-S twins.c -o x.s" "-c twins.c -o x.o -Wno-unused-variable -Werror")
# The second start itself knows nothing of LLVM's majors.
[ "$clang" = clang-22 ] || forms=("${forms[0]}" "${forms[2]}")
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
      "symbol plan-postcondition" "call plan-postcondition" "segv:exit plan-crashed" ;;
    *-Werror) echo "none plan-error" ;; # the warning of the back end
    *"-x c -c -"*) echo "none plan-unprotected" ;; # it cannot be read a second time
    *) printf '%s\n' "segv:written plan-crashed" "symbol plan-postcondition" ;;
    esac
    case $form in *-Werror | *"-x c -c -"*) ;; *) echo "none applied" ;; esac
  )
done

# Standard output is held back like what is said; what has gone into another pipe nobody can take back.
rm -f spool
$clang "${flags[@]}" -S twins.c -o stock.s 2>said
for failure in segv:written none; do
  $clang "${flags[@]}" -S twins.c -o - "${plan[@]}" -mllvm -autopass-plant=$failure 2>said.now | cmp - stock.s ||
    fail "standard output"
  cmp said said.now || fail "said otherwise, to standard output"
done
counted plan-crashed "standard output"
counted applied "standard output"
rm -f spool
$clang "${flags[@]}" -S twins.c -o >(cat >through) "${plan[@]}" 2>said.now
wait $!
cmp through stock.s || fail "a pipe"
counted plan-unprotected "a pipe"

# What can be read once only: a source is not risked; a header that has gone is said, as an error.
rm -f spool
cat twins.c | $clang "${flags[@]}" -x c -c /dev/stdin -o stock.o 2>said
cat twins.c | $clang "${flags[@]}" -x c -c /dev/stdin -o planned.o 2>said.now "${plan[@]}" -mllvm -autopass-plant=segv
cmp stock.o planned.o && cmp said said.now || fail "a source from a pipe"
counted plan-unprotected "a source from a pipe"
(echo ONCE && cat twins.c) > once.c
code=0
$clang "${flags[@]}" -include <(echo '#define ONCE') -c once.c -o once.o 2>said "${plan[@]}" -mllvm -autopass-plant=segv || code=$?
[ "$code" = 1 ] && [ ! -e once.o ] && grep -q "error: unknown type name 'ONCE'" said ||
  fail "a header from a pipe: exit code $code, said $(cat said)"

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
$clang "${flags[@]}" -c twins.c -o none.o "${plan[@]}" 2>said -mllvm -autopass-plant=fatal -mllvm -autopass-verdict="$work/verdict" || code=$?
[ "$code" = 1 ] && [ ! -e none.o ] || fail "verdict: exit code $code, or an object"
[ "$(head -1 verdict)" = plan-fatal-error ] || fail "verdict: $(cat verdict)"
left=$(find . -name '*.tmp') && [ -z "$left" ] || fail "left behind: $left"

# A frame may be twice as large as without the plan, and 4 KiB more.
echo 'int f(int* a, int n) { volatile char frame[9000]; for (int i = 0; i < n; i++) frame[a[i]] += a[i + 1]; return frame[n]; }' >frame.c
flags=(-O2)
evidence frame.c
for stock in 9000 2300; do
  sed -E "s/(\"stack_bytes\":)[0-9]+/\1$stock/" evidence >frames
  grep -q stack_bytes frames || fail "the evidence knows no frame"
  slice=$(echo "$(fingerprint f) {\"v\":2,\"params\":{\"unroll-count\":3}}" | "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
  rm -f verdict
  code=0
  $clang -O2 -c frame.c -o frame.o "${load[@]}" -mllvm -autopass-set="$slice" -mllvm -autopass-verdict="$work/verdict" \
    -mllvm -autopass-frames="$work/frames" >said 2>&1 || code=$?
  [ ! -s said ] || fail "said: $(cat said)"
  if [ $stock = 9000 ]; then
    [ $code = 0 ] && [ ! -e verdict ] || fail "refused for its frame: $(cat verdict)"
  else
    [ $code != 0 ] && grep -q plan-postcondition verdict && grep -q '^f takes' verdict || fail "not refused for its frame"
  fi
done
