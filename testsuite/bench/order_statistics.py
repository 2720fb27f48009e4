# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Intervals that suppose nothing of how times vary."""
import math
import statistics


def median_interval(values, level=0.95):
    """The median, and the order statistics that enclose it with at least this probability."""
    ordered, count = sorted(values), len(values)
    below = 0.0
    for rank in range(count // 2):
        below += math.comb(count, rank) / 2 ** count
        if below > (1 - level) / 2:
            break
        low, high = ordered[rank], ordered[count - 1 - rank]
    if count < 6:
        low, high = -math.inf, math.inf
    return statistics.median(ordered), low, high
