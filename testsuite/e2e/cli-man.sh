#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every verb and option of --help is in a man page, and the man pages name no other.
. "$(dirname "$0")/common.bash"

pages=$AUTOPASS_SOURCE/man
options() { grep -oE -- '(^|[^-a-z])--[a-z][a-z-]*' | grep -oE -- '--[a-z-]+' | sort -u; }
verbs=$(autopass --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p')
[ "$(wc -w <<<"$verbs")" -ge 11 ] || fail "help lists too few verbs: $verbs"

for verb in $verbs; do
  grep -qE "\*(autopass )?$verb\*" "$pages/autopass.1.scd" "$pages/autopass-tune.1.scd" ||
    fail "no man page has the verb $verb"
  autopass "$verb" --help | options
done >"$work/verbs"
{ cat "$work/verbs" && autopass --help | options; } | sort -u >"$work/help"
cat "$pages/autopass.1.scd" "$pages/autopass-tune.1.scd" | options >"$work/man"
diff "$work/help" "$work/man" || fail "options of --help (<) and of the man pages (>) differ"

for page in autopass autopass-tune autopass-clang; do
  [ -s "$AUTOPASS_BUILD/man/$page.1" ] || fail "$page.1 was not made"
done
