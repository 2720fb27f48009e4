# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced after common.bash by tests that build a real project by its own build system.
projects=$AUTOPASS_SOURCE/testsuite/projects/projects
export AUTOPASS_LOG=$work/decisions

# The installed tree, moved: $prefix. The build folder's own programs leave PATH.
install_and_move() {
  prefix=$work/moved
  DESTDIR=$work/dest meson install -C "$AUTOPASS_BUILD" --no-rebuild --quiet >"$work/log" 2>&1 ||
    { cat "$work/log" && fail "meson install"; }
  mv "$(dirname "$(dirname "$(find "$work/dest" -name autopass -type f -path '*/bin/*')")")" "$prefix"
  PATH=${PATH#"$AUTOPASS_BUILD"/src/cli:"$AUTOPASS_BUILD"/wrapper:}
}

# source_of PROJECT: a copy of its sources in ./source. Exit code 77 is how meson is told of a test
# that cannot be run.
source_of() {
  "$projects" fetch "$1" "$AUTOPASS_BUILD/testsuite/projects/work" >"$work/fetch" 2>"$work/fetch.log" ||
    { tail -n 3 "$work/fetch.log" && echo "SKIPPED: the source package of $1 cannot be fetched" && exit 77; }
  cp -a "$(cat "$work/fetch")" source
}

# built_by NAME COMMAND...: what the command makes in ./build is kept as ./NAME, its decisions
# counted in $compiled.
built_by() {
  local name=$1
  shift
  : >"$AUTOPASS_LOG"
  "$@" >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" >&2 && fail "$name: $*"; }
  rm -rf "$name"
  mv build "$name"
  compiled=$(grep -cE '^compile(-and-link)? no-snapshot' "$AUTOPASS_LOG" || true)
}

# same_as_stock NAME LEAST: equal objects, of which at least so many were compiled by us.
same_as_stock() {
  [ "$compiled" -ge "$2" ] || fail "$1: only $compiled compiles by autopass-clang: $(cat "$AUTOPASS_LOG")"
  local counts
  counts=$(python3 "$AUTOPASS_SOURCE/testsuite/projects/compare.py" stock "$1")
  [ "${counts#*|}" = 0 ] && [ "${counts%|*}" -ge "$2" ] || fail "$1: files|different: $counts"
}
