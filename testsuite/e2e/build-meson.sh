#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# fribidi by Meson and ninja, with the native file of a moved tree, found by its name: all that is
# built is what clang builds, the generators that the build compiles and runs among it.
. "$(dirname "$0")/common.bash"
. "$(dirname "$0")/build-systems.bash"
source_of fribidi
install_and_move

by_meson() {
  meson setup build source -Ddocs=false "$@"
  ninja -C build
}

CC=clang-22 CXX=clang++-22 built_by stock by_meson
[ "$compiled" = 0 ] || fail "the stock build has used autopass-clang"

export PATH=$prefix/bin:$PATH XDG_DATA_DIRS=$prefix/share
built_by ours by_meson --native-file autopass.ini
same_as_stock ours 30
"$prefix/bin/autopass" explain "$(find "$PWD/ours" -name 'fribidi.c.o' -path '*shared*' | head -n 1)" >/dev/null 2>&1 ||
  "$prefix/bin/autopass" stats -v | grep -q no-snapshot || fail "the compiles are not in the record"
