#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A model that fails costs seconds and is counted; the expert goes on; nothing made up reaches a
# compile.
. "$(dirname "$0")/llm.bash"

# One short session, its report in $work/out; longer from then on where the machine is too busy for
# the expert to have its turn, or for a session at all.
budget=12
session() {
  local code
  for _ in 1 2 3 4; do
    code=0
    autopass tune ./mixer --run ./mixer --agent=llm --fresh --budget ${budget}s --json \
      >"$work/out" 2>"$work/err" </dev/null || code=$?
    [ "$code" = 0 ] || grep -q 'a session takes' "$work/out" "$work/err" || fail "exit code $code: $(cat "$work/err")"
    [ "$code" != 0 ] || ! grep -qE '"expert":([2-9]|[0-9]{2})' "$work/out" || return 0
    budget=$((2 * budget))
  done
  fail "the expert had no turn in $((budget / 2)) s: $(cat "$work/out" "$work/err")"
}
counted() {
  python3 - "$work/out" "$1" <<'END' || fail "not counted: $1"
import json, sys
report = json.load(open(sys.argv[1]))
assert any(sys.argv[2] in name for name in report["agents"]), report["agents"]
assert report["agents"].get("expert", 0) > 1, report["agents"] # the first is the profile, ahead of the model
END
}

while read -r mode reason; do
  serve "$mode"
  session
  counted "$reason"
done <<'END'
endless llm-too-large
cut llm-connection
429 llm-http-429
500 llm-http-500
not-json llm-not-json
END

autopass config llm-endpoint=http://127.0.0.1:1/v1
session
counted llm-connection

serve made-up-passes
session
counted llm:test
python3 - "$work/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
theirs = [trial for trial in report["trials"] if trial["agent"] == "llm:test"]
assert theirs and all(trial["verdict"] == "invalid" for trial in theirs), theirs
END
