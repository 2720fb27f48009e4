# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints the campaign's table: table.py FOLDER KERNEL... -- PROGRAM... -- OTHER PROGRAM...

The first programs are also summed up by themselves.

A ratio is stock time over tuned time. A program without a published plan is byte-identical to stock
and counts 1. Intervals are 95 %; "worse after Holm" lists what is slower once the p values of all
measurements together are corrected. The train and holdout columns are in the layout that make gives;
"in layouts" is the geometric mean of that and three others, with the lowest and the highest of the
four (no confidence interval): how far a ratio is the plan's, and how far luck with addresses. Its
summary counts what has been measured in layouts, and 1 for what is identical.
"""
import json
import math
import pathlib
import statistics
import sys


PARTS = ("train", "holdout", "layouts train", "layouts holdout")


def load(folder, name):
    row = {}
    for part in ("report", "train", "holdout"):
        path = folder / name / f"{part}.json"
        row[part] = json.loads(path.read_text()) if path.exists() else None
    for part in ("train", "holdout"):
        row["layouts " + part] = in_layouts(folder / name / "layouts", row[part], part)
    return row


def in_layouts(folder, own, part):
    if own is None or own.get("identical"):
        return own
    if not (folder / "done").exists():
        return None
    ratios = [own["ratio"]] + [json.loads(path.read_text())["ratio"] for path in folder.glob(f"*.{part}.json")]
    return {"ratio": statistics.geometric_mean(ratios), "low": min(ratios), "high": max(ratios)}


def cell(result):
    if result is None:
        return "-"
    if result.get("identical"):
        return "1 (identical)"
    return f"{result['ratio']:.3f} [{result['low']:.3f}, {result['high']:.3f}]"


def ratio(result):
    return 1.0 if result is None or result.get("identical") else result["ratio"]


def holm(measured):
    """Names of measurements that are significantly slower after Holm's step-down correction."""
    slower, ordered = [], sorted(measured, key=lambda item: item[1]["p"])
    for rank, (name, result) in enumerate(ordered):
        if result["p"] * (len(ordered) - rank) >= 0.05:
            break
        if result["ratio"] < 1:
            slower.append(name)
    return slower


def sum_up(rows):
    for part in PARTS:
        logs = {name: math.log(ratio(row[part])) for name, row in rows.items() if row[part]}
        if not logs:
            continue
        total = sum(logs.values())
        name, largest = max(logs.items(), key=lambda item: item[1])
        share = f"{name} brings {largest / total:.0%} of it" if total > 0 else "no gain"
        print(f"\n{len(logs)} programs, {part}: geomean {math.exp(total / len(logs)):.4f}, median "
              f"{statistics.median(math.exp(value) for value in logs.values()):.4f}; {share}")


def summarise(title, rows, first=()):
    print(f"\n### {title}\n")
    print("| program | train | holdout | train in layouts | holdout in layouts "
          "| built / identical / measured | tuning, s | run, s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, row in rows.items():
        report = row["report"] or {}
        counts = report.get("binaries", {})
        built = " / ".join(str(counts.get(key, "-")) for key in ("built", "identical", "measured"))
        cells = " | ".join(cell(row[part]) for part in PARTS)
        print(f"| {name} | {cells} | {built} "
              f"| {report.get('session_seconds', 0):.0f} | {report.get('run_seconds', 0):.2f} |")
    sum_up(rows)
    if any(name in first for name in rows) and not all(name in first for name in rows):
        sum_up({name: row for name, row in rows.items() if name in first})
    measured = [(f"{name} {part}", row[part]) for name, row in rows.items()
                for part in ("train", "holdout") if row[part] and not row[part].get("identical")]
    below = [name for name, result in measured if result["high"] < 1]
    print(f"\nintervals below 1: {', '.join(below) or 'none'}; "
          f"worse after Holm: {', '.join(holm(measured)) or 'none'}")


def main():
    folder = pathlib.Path(sys.argv[1])
    kernels, first, others = (part.split() for part in " ".join(sys.argv[2:]).split("--"))
    names = sorted(path.parent.name for path in folder.glob("*/holdout.json"))
    unknown = [name for name in names if name not in kernels + first + others]
    if unknown:
        print(f"without a recipe, and left out: {', '.join(unknown)}")
    for title, wanted in (("Kernels", kernels), ("Programs", first + others)):
        rows = {name: load(folder, name) for name in names if name in wanted}
        if rows:
            summarise(title, rows, first)


main()
