#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Where the plugin keeps out: levels, functions and options that are not its business.
. "$(dirname "$0")/common.bash"
body='(int* a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i] * 3; return s; }'

echo "int f$body" >x.c
evidence x.c
[ -n "$(fingerprint f)" ] || fail "an ordinary function has no evidence"
while IFS='|' read -r attribute options reason; do
  echo "$attribute int f$body" >x.c
  rm -f evidence spool
  $clang $options -S -o stock.s x.c
  $clang $options -S -o with.s x.c "${load[@]}" -mllvm -autopass-evidence=evidence -mllvm -autopass-set=00112233445566778899aabbccddeeff
  cmp stock.s with.s || fail "other code: $attribute $options"
  [ -z "$([ ! -e evidence ] || fingerprint f)" ] || fail "evidence on $attribute $options"
  [ -z "$reason" ] || grep -aq "$reason" spool || fail "not counted: $reason"
done <<'END'
__attribute__((optnone,noinline))|-O3|optnone
__attribute__((annotate("autopass:off")))|-O3|switched-off
|-O3 -fsanitize=address|sanitized
|-O3 -flto -funified-lto|for-lto
|-O0|
END

# An option that the user set stays as it is, even when a plan says otherwise.
echo "int f$body" >x.c
flags=(-O3 -mllvm -unroll-count=2)
stock x.c
planned '{"v":2,"params":{"unroll-count":7}}' x.c
! changed f || fail "the plan overrode -mllvm -unroll-count"
planned '{"v":2,"params":{"slp-threshold":3,"unroll-count":7},"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}' x.c
changed f || fail "the rest of the plan was not applied"
