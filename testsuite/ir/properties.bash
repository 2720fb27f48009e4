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

# Starts nothing but clang: there are hundreds of rows.
look() { # FILE OPTIONS...
  local line
  : >evidence
  evidence "${@:2}" "$1" 2>said || echo "does not compile: $what: $(cat said)"
  print='' around=''
  while read -r line; do
    if [[ $line =~ \"context\":\"([0-9a-f]*)\".*\"fingerprint\":\"([0-9a-f]*)\",\"function\":\"$name\" ]]; then
      around=${BASH_REMATCH[1]} print=${BASH_REMATCH[2]}
    fi
  done <evidence
}

is() { # VERDICT: of what was looked at last, beside the original
  local found=context
  [ "$around" != "$first_context" ] || found=same
  [ "$print" = "$first_print" ] || found=fingerprint
  [ -n "$print" ] && [ -n "$around" ] || found=nothing
  [ "$found" = "$1" ] || { echo "expected $1, found $found: $what"; wrong=$((wrong + 1)); }
  rows=$((rows + 1))
}

original() { # FILE OPTIONS...
  what="the original"
  look "$@"
  [ -n "$print" ] || fail "nothing to compare with"
  first_print=$print first_context=$around
}

check_rows() { # FILE; the rows on standard input
  local verdict options edit before after edited=edited.${1##*.} row=0
  before=$(<"$1")
  while IFS='|' read -r verdict what options edit; do
    # The form is written once for all majors: of the older one a sample will do.
    [ "$clang" = clang-22 ] || ((++row % 5 == 1)) || continue
    what="$what ($options) $edit"
    sed "$edit" "$1" >"$edited"
    after=$(<"$edited")
    [ -z "$edit" ] || [ "$before" != "$after" ] || fail "no edit: $what"
    look "$edited" $options
    is "$verdict"
  done < <(sed '/^#/d; /^$/d')
}

finish() {
  echo "$rows rows"
  [ "$wrong" = 0 ] || fail "$wrong rows"
}
wrong=0 rows=0
