#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What is compiled is a function of source, flags and plans alone: not of the path, the folder for
# temporaries, home, user, umask, locale, clock, of where things lie in memory, nor of what else is
# being compiled.
. "$(dirname "$0")/common.bash"
tools=$AUTOPASS_BUILD/testsuite/tools
{ sed '/^TWINS(/d' "$AUTOPASS_SOURCE/testsuite/ir/twins.c"
  for part in LOOPS BRANCHES VALUES STATES; do echo "PART(${part}_1, 1, $part) PART(${part}_2, 2, $part)"; done; } >x.c
evidence x.c
"$tools/random-plans" 7 100 <evidence >plans
slice=$("$tools/make-snapshot" snapshot <plans)
planned_object() { # OUTPUT [COMMAND...]
  local output=$1
  shift
  "$@" $clang "${flags[@]}" -c x.c -o "$output" "${load[@]}" -mllvm -autopass-set="$slice"
}
same() { cmp first.o "$1" || fail "$2: another object"; }
$clang "${flags[@]}" -c x.c -o stock.o
planned_object first.o
! cmp -s stock.o first.o || fail "the plans change nothing"

planned_object again.o && same again.o "the same once more"
[ "$("$tools/make-snapshot" snapshot <plans)" = "$slice" ] || fail "the same plans, another slice"
planned_object again.o && same again.o "the snapshot made anew"
tac plans | "$tools/make-snapshot" snapshot >/dev/null
planned_object again.o && same again.o "the plans in another order"

mkdir -p "other folder/deeper" home && cp x.c "other folder/deeper"
(cd "other folder/deeper" && planned_object "$work/moved.o") && same moved.o "another folder"
planned_object home.o env HOME="$work/home" TMPDIR="$work/home" XDG_DATA_HOME="$work/home" USER=nobody && same home.o "another home"
planned_object bare.o env -i PATH="$PATH" AUTOPASS_PLANS="$AUTOPASS_PLANS" && same bare.o "no environment"
planned_object locale.o env LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu && same locale.o "another locale"
(umask 0077 && planned_object umask.o) && same umask.o "another umask"
if setarch -R true 2>/dev/null; then # containers may forbid it
  planned_object still.o setarch -R && same still.o "no address space randomisation"
fi
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$work" && chmod 644 snapshot && mkdir theirs && chown 65534 theirs
  planned_object theirs/user.o setpriv --reuid=65534 --regid=65534 --clear-groups && same theirs/user.o "another user"
fi
for i in {1..8}; do planned_object "parallel$i.o" & done
wait
for i in {1..8}; do same "parallel$i.o" "eight at once"; done
