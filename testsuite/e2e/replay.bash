# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by the tests of record and replay, in place of common.bash.
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"
PATH=$AUTOPASS_BUILD/testsuite/tools:$PATH
mkdir "$work/scratch"
export REPLAY_SCRATCH=$work/scratch/1

# replay ARGUMENTS...: runs replay-check; what it prints goes to $work/replay. Nothing in the project
# may change by it.
replay() {
  REPLAY_SCRATCH=$work/scratch/$((${REPLAY_SCRATCH##*/} + 1))
  find . -type f -exec stat -c '%n %y' {} + -exec cksum {} + | sort >"$work/before"
  replay-check "$@" >"$work/replay" 2>"$work/replay.err" || {
    cat "$work/replay" "$work/replay.err" >&2
    fail "replay-check $*"
  }
  find . -type f -exec stat -c '%n %y' {} + -exec cksum {} + | sort | cmp - "$work/before" ||
    fail "a replay has changed the project"
  grep -q '^baseline equal$' "$work/replay" || fail "no baseline"
}

# value NAME: what replay-check said about it.
value() { sed -n "s/^$1 //p" "$work/replay"; }
expect() { [ "$(value "$1")" = "$2" ] || fail "$1 is '$(value "$1")', not '$2'"; }
expect_units() { [ "$(value unit | wc -l)" = "$1" ] || fail "not $1 units: $(value unit)"; }
