#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The default pipeline as a plan: what clang does with a function at a level, spelled out.

  default_halves.py [-O3 ...]

asks clang-22 for its pipeline and prints it as a plan with both halves. Everything that the plan says
is an admitted pass with its options, so the same plan is a test that the table of passes is complete.
What clang's words for the pipeline do not tell is added here, by level.
"""
import json
import os
import re
import subprocess
import sys

# Options that are words by themselves, and those that no plan can choose.
WORDS = {"sroa": "mode", "loop-unroll": "level"}
FIXED = {"no-verify-fixpoint", "no-prepare-for-lto"}
# Warns about pragmas; functions with such pragmas get no pipeline.
SILENT = {"transform-warning"}


def default_pipeline(options):
    command = ["clang-22", *options, "-x", "c", "-c", "-o", "/dev/null", "-mllvm",
               "-print-pipeline-passes", "/dev/null"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def inside(text, opening):
    """What stands between the parentheses behind the last place where `opening` stands."""
    begin = text.rindex(opening) + len(opening)
    depth = 1
    for end in range(begin, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return text[begin:end]
    raise ValueError(opening)


def split_passes(text):
    """Names with their options; managers of loop passes are taken apart."""
    text = re.sub(r"\bloop(-mssa)?\(([^()]*)\)", r"\2", text)
    return re.findall(r"([a-z0-9-]+)(?:<([^<>]*)>)?", text)


def option(name, word):
    if name in WORDS:
        return WORDS[name], word
    if "=" in word:
        key, value = word.split("=")
        return key, int(value)
    return (word[3:], False) if word.startswith("no-") else (word, True)


def use(name, words):
    options = dict(option(name, word) for word in words.split(";") if word and word not in FIXED)
    # What can only be said by leaving it out.
    options = {key: value for key, value in options.items()
               if not (value is False and key in ("memssa", "only-if-divergent-target"))}
    return {"pass": name, **({"options": dict(sorted(options.items()))} if options else {})}


def say_more(half, level, simplifying):
    """Arguments that the names of the passes do not show."""
    seen_assumes = False
    for one in half:
        if one["pass"] == "loop-unroll-full":
            one["options"] = {"level": f"O{level}"}
        elif one["pass"] == "vector-combine" and simplifying:
            one["options"] = {"early-only": True}
        elif one["pass"] == "extra-simple-loop-unswitch-passes":
            one["options"] = {"nontrivial": level == 3, "trivial": True}
        elif one["pass"] == "drop-unnecessary-assumes":
            if seen_assumes:
                one["options"] = {"drop-deref": True}
            seen_assumes = True
    return half


def main():
    options = sys.argv[1:] or ["-O3"]
    level = {"-O1": 1, "-O3": 3}.get(options[0], 2)
    text = default_pipeline(options)
    halves = {}
    for name, opening in (("simplification", "function<eager-inv;no-rerun>("),
                          ("optimization", "recompute-globalsaa,function<eager-inv>(")):
        half = [use(*one) for one in split_passes(inside(text, opening)) if one[0] not in SILENT]
        halves[name] = say_more(half, level, name == "simplification")
    print(json.dumps({"v": int(os.environ.get("PLAN_VERSION", "2")), "pipeline": halves},
                     separators=(",", ":")))


main()
