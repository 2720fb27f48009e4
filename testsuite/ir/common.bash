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
  apply_to "$(fingerprint f)" "$(loop_hash f)" "$@"
}
apply_to() { # FINGERPRINT HASH PLAN FILE...
  local print=$1 plan=${3//HASH/$2} slice
  shift 3
  slice=$(echo "$print $plan" | "$AUTOPASS_BUILD/testsuite/tools/make-snapshot" snapshot)
  $clang "${flags[@]}" -S -o planned.s "${load[@]}" -mllvm -autopass-set="$slice" "$@"
}
# From the last evidence.
fingerprint() { sed -n 's/.*"fingerprint":"\([0-9a-f]*\)","function":"'"$1"'".*/\1/p' evidence; }
context() { sed -n 's/.*"context":"\([0-9a-f]*\)",.*"function":"'"$1"'".*/\1/p' evidence; }
loop_hash() { sed -n '/"function":"'"$1"'"/s/.*"loops":\[{[^}]*"hash":"\([0-9a-f]*\)".*/\1/p' evidence; }
# The functions whose assembly the plan has changed, each with a space before and behind it. The numbers of
# labels of exceptions go through the whole file, and comments are aligned behind them.
all_changed() {
  awk '/\.Ltmp/ {gsub(/\.Ltmp[0-9]+/, ".Ltmp"); sub(/ *#.*/, "")} /-- Begin function/ {name = $NF} name {code[FILENAME, name] = code[FILENAME, name] $0 "\n"; names[name]}
    /-- End function/ {name = ""}
    END {for (name in names) if (code["stock.s", name] != code["planned.s", name]) printf " %s ", name}' stock.s planned.s
}
changed() { [[ $(all_changed) = *" $1 "* ]]; }
