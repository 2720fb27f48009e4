# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by every test here: clang with the plugin on one file, in a folder of its own.
#   . "$(dirname "$0")/common.bash"
set -euo pipefail
: "${AUTOPASS_BUILD:?the build folder; meson test sets it}"
clang=clang-${LLVM_MAJOR:-22}
plugin=$AUTOPASS_BUILD/lib/autopass/autopass-pass-${LLVM_MAJOR:-22}.so
load=("-fpass-plugin=$plugin")
# LLVM 19 knows a plugin's options only when the front end has loaded it, too.
[ "$clang" = clang-22 ] || load+=("-fplugin=$plugin")
work=$(mktemp -d "${TMPDIR:-/tmp}/autopass-ir.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
export AUTOPASS_PLANS=$work/snapshot AUTOPASS_SPOOL=$work/spool
flags=(-O3)

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Assembly of FILE by stock clang, and by clang with a plan for function f (HASH is its first loop's).
stock() { $clang "${flags[@]}" -S -o stock.s "$@"; }
evidence() { $clang "${flags[@]}" -S -o evidence.s "${load[@]}" -mllvm -autopass-evidence=evidence "$@"; }
planned() {
  evidence "${@:2}" 2>/dev/null
  apply "$@"
}
apply() { # with the evidence that is there
  local plan=$1 slice
  shift
  plan=${plan//HASH/$(loop_hash f)}
  slice=$(echo "$(fingerprint f) $plan" | "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
  $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" "$@"
}
# From the last evidence.
fingerprint() { sed -n 's/.*"fingerprint":"\([0-9a-f]*\)","function":"'"$1"'".*/\1/p' evidence; }
context() { sed -n 's/.*"context":"\([0-9a-f]*\)",.*"function":"'"$1"'".*/\1/p' evidence; }
loop_hash() { sed -n '/"function":"'"$1"'"/s/^[^[]*"loops":\[{[^}]*"hash":"\([0-9a-f]*\)".*/\1/p' evidence; }
# The assembly of one function.
code() { awk -v begin="-- Begin function $2" '$0 ~ begin "$" {on = 1} on {print} /-- End function/ {on = 0}' "$1"; }
changed() { ! cmp -s <(code stock.s "$1") <(code planned.s "$1"); }
