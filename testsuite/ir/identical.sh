#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Without a plan for any function of the file the object is stock clang's, bit for bit; with one it is
# the same whenever it is made.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c
other=00112233445566778899aabbccddeeff
make_snapshot=$AUTOPASS_BUILD/testsuite/tools/make-snapshot

for level in -O0 -O1 -O2 -O3 -Os "-O2 -g"; do
  $clang $level -c "$source" -o stock.o
  $clang $level -c "$source" -o bare.o "${load[@]}"
  slice=$(echo "$other {\"v\":2,\"params\":{\"unroll-count\":2}}" | $make_snapshot snapshot)
  $clang $level -c "$source" -o none.o "${load[@]}" -mllvm -autopass-set="$slice"
  $clang $level -c "$source" -o lost.o "${load[@]}" -mllvm -autopass-set=$other
  AUTOPASS_PLANS=/nowhere $clang $level -c "$source" -o absent.o "${load[@]}" -mllvm -autopass-set="$slice"
  for object in bare none lost absent; do
    cmp stock.o $object.o || fail "$level: $object differs"
  done
done

planned '{"v":2,"params":{"unroll-count":2},"codegen":{"pre-RA-sched":"list-burr"},"pipeline":{"skip":[{"pass":"GVNPass"}]}}' "$source"
cp planned.s first.s
for _ in 1 2 3; do
  planned '{"v":2,"params":{"unroll-count":2},"codegen":{"pre-RA-sched":"list-burr"},"pipeline":{"skip":[{"pass":"GVNPass"}]}}' "$source"
  cmp first.s planned.s || fail "another time, another object"
done
