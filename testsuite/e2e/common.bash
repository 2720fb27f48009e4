# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by every test here: a folder and databases of its own, our programs first on PATH.
#   . "$(dirname "$0")/common.bash"
set -euo pipefail
: "${AUTOPASS_BUILD:?the build folder; meson test sets it}"
for variable in $(compgen -e AUTOPASS_); do
  case $variable in AUTOPASS_BUILD | AUTOPASS_SOURCE) ;; *) unset "$variable" ;; esac
done
work=$(mktemp -d "${TMPDIR:-/tmp}/autopass-e2e.XXXXXX")
trap 'rm -rf "$work"' EXIT
export HOME=$work/home XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
mkdir -p "$HOME"
PATH=$AUTOPASS_BUILD/src/cli:$AUTOPASS_BUILD/wrapper:$PATH
mkdir "$work/project"
cd "$work/project"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# expect_exit CODE COMMAND...: runs it, its output in $work/out and $work/err.
expect_exit() {
  local expected=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
  [ "$code" = "$expected" ] && return
  cat "$work/out" "$work/err" >&2
  fail "exit code $code, not $expected: $*"
}

# tune_patiently SECONDS ARGUMENTS...: expect_exit 0 autopass tune ARGUMENTS with that budget, or with up to four times as
# much where other work leaves too little of it for a session at all.
tune_patiently() {
  local budget=$1 last=$((4 * $1))
  shift
  while [ "$budget" -lt "$last" ]; do
    autopass tune "$@" --budget "${budget}s" >"$work/out" 2>"$work/err" </dev/null && return
    grep -q 'a session takes' "$work/out" "$work/err" || break
    budget=$((2 * budget))
  done
  expect_exit 0 autopass tune "$@" --budget "${budget}s"
}
