# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced behind common.bash by tests of fingerprints and contexts. A row of their tables says what
# one change of the original is to f's digests:
#
#   VERDICT | WHAT | OPTIONS | SED
#
#   same         neither changes
#   fingerprint  the fingerprint changes
#   context      the fingerprint stays, the context changes
#
# The edit is a script for sed (it may hold a |), and every row is one compile. A row whose edit
# edits nothing, or that does not compile, fails. `name` is the function, where it is not f.
flags=(-O1)
name=f

look() { # FILE OPTIONS...
  rm -f evidence
  evidence "${@:2}" "$1" 2>said || fail "does not compile: $what: $(cat said)"
  print=$(fingerprint "$name") around=$(context "$name")
  [ -n "$print" ] && [ -n "$around" ] || fail "no evidence of $name: $what"
}

is() { # VERDICT: of what was looked at last, beside the original
  local found=context
  [ "$around" != "$first_context" ] || found=same
  [ "$print" = "$first_print" ] || found=fingerprint
  [ "$found" = "$1" ] || { echo "expected $1, found $found: $what"; wrong=$((wrong + 1)); }
  rows=$((rows + 1))
}

original() { # FILE OPTIONS...
  what="the original"
  look "$@"
  first_print=$print first_context=$around
}

check_rows() { # FILE; the rows on standard input
  local verdict options edit edited=edited.${1##*.}
  while IFS='|' read -r verdict what options edit; do
    what="$what ($options) $edit"
    sed "$edit" "$1" >"$edited"
    [ -z "$edit" ] || ! cmp -s "$1" "$edited" || fail "no edit: $what"
    look "$edited" $options
    is "$verdict"
  done < <(sed 's/ *| */|/; s/ *| */|/2; s/ *| */|/3; /^#/d; /^$/d')
}

finish() {
  echo "$rows rows"
  [ "$wrong" = 0 ] || fail "$wrong rows"
}
wrong=0 rows=0
