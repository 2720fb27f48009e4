# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What `claims` has recorded, as the tables of docs/measurement.md."""
import json
import math
import statistics
import subprocess

HYPERFINE_LEVEL = 0.01  # of Welch's test: what `autopass measure` allows itself


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def incomplete_beta(a, b, x):
    """Regularised, by Lentz's continued fraction (Press and others, Numerical Recipes, section 6.4)."""
    if x <= 0 or x >= 1:
        return min(1.0, max(0.0, x))
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 1000):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            c, d = 1 + term / c, 1 / (1 + term * d)
            result *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return front * result


def upper_bound(found, tried, level=0.95):
    """Clopper and Pearson's, one-sided (Biometrika 26, 1934): the rate at which so few would be that rare."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if found < tried and incomplete_beta(found + 1, tried - found, middle) < level else (low, middle)
    return 1.0 if found >= tried else high


def welch(a, b):
    """The two-sided p value of equal means (Welch, Biometrika 34, 1947)."""
    va, vb = statistics.variance(a) / len(a), statistics.variance(b) / len(b)
    t = (statistics.mean(a) - statistics.mean(b)) / math.sqrt(va + vb)
    freedom = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def hyperfine_says(a, b):
    """b against a, by its own line (1.02 +- 0.01 times faster), and by Welch's test on the times that it exports."""
    means, spreads = [statistics.mean(x) for x in (a, b)], [statistics.stdev(x) for x in (a, b)]
    verdict = "slower" if means[1] > means[0] else "faster"
    ratio = max(means) / min(means)
    sigma = ratio * math.hypot(spreads[0] / means[0], spreads[1] / means[1])
    nothing = "no difference found"
    return (verdict if ratio - sigma > 1 else nothing, verdict if welch(a, b) < HYPERFINE_LEVEL else nothing)


def table(head, lines):
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")
    print()


def rate(found, tried):
    return f"{found} of {tried} (at most {100 * upper_bound(found, tried):.2f} %)"


def resampled(build, what, sessions, paths):
    words = [str(build / "testsuite/bench/resampled"), what, str(sessions), *map(str, paths)]
    return rows_of(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout) if paths else []


def rows_of(text):
    return [json.loads(line) for line in text.splitlines()]


def print_recordings(folder, build, sessions):
    for condition in ("calm", "busy"):
        paths = sorted((folder / "recordings" / condition).glob("*.json"))
        found = resampled(build, "equals", sessions, paths)
        if not found:
            continue
        loads = [json.loads(path.read_text())["load"] for path in paths]
        print(f"**Recordings, {condition}**, load average {min(loads):.1f} to {max(loads):.1f}\n")
        seen = lambda part: f"{100 * part['slower'] / part['sessions']:.0f} % ({part['pairs']:.0f})"
        least = lambda percent: "none tried" if percent is None else f"{percent:g} %"
        table(["program", "run", "a pair varies by", "lag", "`measure` faster, slower", "confirmed", "1 % slower seen (pairs)",
               "3 %", "least seen by `measure`", "confirmed", "in layouts"],
              [[path.stem, f"{row['seconds'] * 1000:.0f} ms", f"{row['spread_percent']:.1f} %", row["lag"],
                f"{row['measure']['faster']}, {row['measure']['slower']}", row["confirm"]["faster"] + row["confirm_4"]["faster"],
                seen(row["measure_1"]), seen(row["measure_3"]), least(row["measure_least"]), least(row["confirm_least"]),
                least(row["confirm_least_layouts"])] for path, row in zip(paths, found)])
        total = sessions * len(found)
        count = lambda what, verdict: sum(row[what][verdict] for row in found)
        print(f"False claims: `measure` {rate(count('measure', 'faster') + count('measure', 'slower'), total)}; confirmed, of "
              f"one finalist {rate(count('confirm', 'faster'), total)}, of four {rate(count('confirm_4', 'faster'), total)}.\n")


def print_sessions(folder):
    found = rows(folder / "sessions.jsonl")
    lines = []
    for condition in ("calm", "busy"):
        for planted in (False, True):
            for percent in sorted({row["percent"] for row in found}):
                names = {row["program"] for row in found if planted == (percent != 100)}
                for name in sorted(names) if planted else [None]:
                    ours = [row for row in found if row["condition"] == condition and row["percent"] == percent
                            and (name is None or row["program"] == name)]
                    if ours and planted == (percent != 100):
                        lines.append(session_line(condition, name or "equals", percent, ours))
    table(["", "", "sessions", "pairs, median", "a pair varies by", "ratio, median", "seconds of both, median", "`autopass measure` faster, slower",
           "hyperfine, its sigma", "hyperfine, Welch at 1 %"], lines)


def session_line(condition, name, percent, found):
    both = [hyperfine_says(*row["times"]) for row in found]
    claims = lambda verdicts: f"{sum(v == 'faster' for v in verdicts)}, {sum(v == 'slower' for v in verdicts)}"
    middle = lambda key: statistics.median(row[key] for row in found)
    return [condition, name if percent == 100 else f"{name}, {percent} % of the work", len(found), f"{middle('pairs'):.0f}",
            f"{middle('spread'):.1f} %", f"{middle('ratio'):.4f}", f"{middle('seconds'):.1f}, {middle('hyperfine_seconds'):.1f}", claims([row["verdict"] for row in found]),
            claims([own for own, _ in both]), claims([test for _, test in both])]


def print_layouts(folder, build, sessions):
    lines = []
    for condition in ("calm", "busy"):
        for first in sorted((folder / "layouts" / condition).glob("*-0.json")):
            paths = [first.with_name(first.name.replace("-0.json", f"-{i}.json")) for i in range(4)]
            if all(path.exists() for path in paths):
                [row] = resampled(build, "layouts", sessions, paths)
                share = lambda part: f"{100 * part['faster'] / part['sessions']:.1f} %"
                lines.append([condition, first.stem[:-2], ", ".join(f"{ratio:.3f}" for ratio in row["ratios"]), share(row["a_b"]),
                              share(row["b_a"])])
    table(["", "program", "ratio in each layout", "confirmed", "the other way round"], lines)


def print_all(folder, build, sessions=2000):
    print_recordings(folder, build, sessions)
    print_sessions(folder)
    print_layouts(folder, build, 1000)
