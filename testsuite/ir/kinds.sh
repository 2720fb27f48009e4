#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each kind of element changes the planned function and not its twin in the same file.
. "$(dirname "$0")/common.bash"
source=$AUTOPASS_SOURCE/testsuite/ir/twins.c

stock "$source"
evidence "$source" 2>/dev/null
while read -r plan; do
  apply "$plan" "$source"
  changed f || fail "no effect: $plan"
  ! changed g || fail "the twin changed: $plan"
done <<'END'
{"v":2,"params":{"unroll-count":2}}
{"v":2,"params":{"force-vector-width":"8"}}
{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass"}]}}
{"v":2,"pipeline":{"skip":[{"pass":"LoopVectorizePass","run":1}]}}
{"v":2,"codegen":{"loop-reduce":false}}
{"v":2,"attrs":{"no-jump-tables":true}}
{"v":2,"attrs":{"align":"64"}}
{"v":2,"attrs":{"tune-cpu":"znver3"}}
{"v":2,"loops":[{"loop":0,"hash":"HASH","vectorize":false}]}
{"v":2,"loops":[{"loop":0,"hash":"HASH","interleave":1,"width":"8"}]}
{"v":2,"loops":[{"loop":0,"hash":"HASH","unroll":4,"width":"1"}]}
{"v":2,"codegen":{"min-jump-table-entries":100}}
{"v":2,"codegen":{"pre-RA-sched":"list-burr"}}
{"v":2,"codegen":{"x86-cmov-converter-force-all":true}}
END
