#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A session led by a model: its proposals are marked as its own, what it is sent is shown on request,
# and the key appears nowhere.
. "$(dirname "$0")/llm.bash"

autopass tune ./mixer --run ./mixer --agent=llm --budget 5s >"$work/out" 2>&1 && fail "no endpoint, yet it went on"
grep -q llm-endpoint "$work/out" || fail "it does not say what to configure"

serve good
tune_patiently 40 ./mixer --run ./mixer --agent=llm --show-prompts --json
python3 - "$work" <<'END'
import json, sys
work = sys.argv[1]
report = json.load(open(work + "/out"))
requests = [json.loads(line) for line in open(work + "/requests")]
assert requests and all(r["status"] == 200 for r in requests), requests
assert report["agents"]["llm:test"] >= 2, report["agents"]
assert any(trial["agent"] == "llm:test" for trial in report["trials"]), report["trials"]
assert report["trials"][0]["hypothesis"].startswith("branch profile"), report["trials"][0]
assert report["trials"][0]["agent"] == "expert", report["trials"][0]
shown = open(work + "/err").read()
assert all(r["body"] in shown for r in requests), "--show-prompts shows something else"
END
grep -rlF "$AUTOPASS_LLM_KEY" "$work" && fail "the key was written somewhere"
true
