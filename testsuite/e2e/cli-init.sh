#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# init writes a file that tune reads: target, workloads and processor.
. "$(dirname "$0")/common.bash"

expect_exit 2 autopass init ./p
[ ! -e .autopass.toml ] || fail "written without a workload"
expect_exit 0 autopass init ./p --run './p "a\b"' --run './p c' --holdout './p d' --project demo
grep -q "no $PWD/p yet" "$work/err" || fail "not said: there is no such program"
python3 - <<'PYTHON'
import tomllib
data = tomllib.load(open(".autopass.toml", "rb"))
target = data["target"][0]
assert data["project"] == "demo" and data["cpu"], data
assert target["path"] == "p" and target["train"] == ['./p "a\\b"', "./p c"], target
assert target["holdout"] == ["./p d"], target
PYTHON
cp .autopass.toml before
expect_exit 1 autopass init ./p --run './p x'
cmp before .autopass.toml || fail "the file that was there was changed"
expect_exit 0 autopass init ./p --run './p x' --force

expect_exit 1 autopass tune
grep -q "$PWD/p was never built" "$work/err" || fail "tune did not take the target from the file"

echo 'nonsense = [' >.autopass.toml
expect_exit 1 autopass tune
grep -q '\.autopass\.toml:[0-9]' "$work/err" || fail "no line number for a broken project file"
