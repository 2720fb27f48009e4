#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Options that clang finds by itself, in a configuration file or in its own name, count like those of
# the command: an object that holds its command line is stock clang's.
. "$(dirname "$0")/common.bash"
mkdir -p "$work/llvm/bin"
cp "$(readlink -f "$(command -v clang-22)")" "$work/llvm/bin/clang-22"
ln -s /usr/lib/llvm-22/lib "$work/llvm/lib"
export AUTOPASS_CLANG=$work/llvm/bin/clang-22 AUTOPASS_LOG=$work/log AUTOPASS_PLANS=$work/plans.snapshot
"$AUTOPASS_BUILD/testsuite/e2e/stores" snapshot "$AUTOPASS_PLANS" '' mycpu "$AUTOPASS_CLANG" 22 \
  0123456789abcdef0123456789abcdef '{"v":2,"params":{"unroll-count":4}}' >/dev/null
echo 'int f(int x) { return x + 1; }' >a.c

# same REASON ARGUMENT...: our object is stock clang's, and this is why (plans=...: they were looked up).
same() {
  local expected=$1
  shift
  "${stock:-$AUTOPASS_CLANG}" -O2 -g "$@" -c a.c -o a.o
  mv a.o stock.o
  "${ours:-autopass-clang}" -O2 -g "$@" -c a.c -o a.o
  cmp a.o stock.o || fail "another object: $(strings a.o | grep pass)"
  tail -1 "$AUTOPASS_LOG" | grep -qE "^[a-z-]+ $expected" || fail "not $expected: $(tail -1 "$AUTOPASS_LOG")"
}
same plans=
for name in clang x86_64-pc-linux-gnu-clang x86_64-pc-linux-gnu; do
  echo -frecord-command-line >"$work/llvm/bin/$name.cfg"
  same config-file
  rm "$work/llvm/bin/$name.cfg"
done
printf '# -frecord-command-line is no option here\n-fno-math-errno\n' >"$work/llvm/bin/clang.cfg"
same plans=
mkdir conf
echo -frecord-command-line >conf/clang.cfg
same config-file --config-user-dir=conf
same config-file --config-system-dir=conf
rm "$work/llvm/bin/clang.cfg"

# The driver stays deterministic only without the time stamp of incremental links.
fixed=-mno-incremental-linker-compatible
same record-command-line --target=x86_64-pc-windows-msvc $fixed
ln -s clang-22 "$work/llvm/bin/x86_64-pc-windows-msvc-clang"
ln -s "$(command -v autopass-clang)" "$work/x86_64-pc-windows-msvc-clang"
unset AUTOPASS_CLANG
PATH=$work/llvm/bin:$PATH stock=$work/llvm/bin/x86_64-pc-windows-msvc-clang \
  ours=$work/x86_64-pc-windows-msvc-clang same record-command-line $fixed
