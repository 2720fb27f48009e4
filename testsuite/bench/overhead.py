# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The measuring half of `overhead`:

  overhead.py once FOLDER WORKLOAD COMPILER
  overhead.py measure FOLDER WRAPPER HELLO_ROUNDS BUILD_ROUNDS [CASE...]

A pair is one run by clang itself and one by the wrapper. `hello` is a compile of a few lines against
clang's; `exec` the same against the very command that the wrapper execs, the plugin in it; `floor` has
in the wrapper's place a program of one line that execs clang-22, which is what no wrapper can be cheaper
than. A build that runs one command at a time gives a pair for each of its commands.

Short runs follow each other, in random order, by the wall clock. Ten seconds later a noisy machine has
another speed, by up to a quarter. So runs that take longer than LONG_SECONDS share the core,
in folders of their own: the kernel lets them take turns every few milliseconds, and what is compared is the
processor time of each. For short ones that would be unfair: who starts later finds the pages and the
caches as the other one has left them (docs/decisions.md has by how much). Shown are

  of a small compile   the median of the pairs' differences, with the interval of order statistics
  of a build           the mean over its commands, weighted by their time, of the median ratio of
                       their pairs, with the interval of a bootstrap over the pairs (95 % in name:
                       with 7 pairs it holds the true value in about 90 %); of one with 64 at
                       a time the median ratio, with the interval of order statistics

A row takes as many pairs as were asked for, but not longer than ROW_SECONDS after the third: a build of
sqlite3 takes minutes. A finished row is kept in FOLDER/rows.jsonl, and not measured again
unless wrapper or plugin is another; then the plans have to be made anew, too.

No pair is left out. Processor time is user plus system time of all processes. It does not see a
wrapper that waits; the short runs do, and testsuite/torture/race looks for calls that could.
"""
import functools
import glob
import json
import math
import os
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import time

from order_statistics import median_interval

CASES = {"empty": None, "million": "million.plans", "silent": "silent.plans"}
LIMITS = {"empty": 1.02, "million": 1.03, "silent": 1.05}
SMALL = {"hello", "exec", "floor"}
LONG_SECONDS = 2
WALL, PROCESSOR = 0, 1
EXEC_LIMIT_MS = 3
PARALLEL = 64
LEAST_ROUNDS = 3
ROW_SECONDS = float(os.environ.get("ROW_SECONDS", 270))


class Workload:
    """`commands` are started together; `clean` is not timed."""

    def __init__(self, folder, commands, clean=None):
        self.folder, self.commands, self.clean = folder, commands, clean

    def prepare(self):
        if self.clean:
            subprocess.run(self.clean, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self, environment):
        return [subprocess.Popen(command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for command in self.commands]


def run(sides, environment):
    """Starts the workloads, {side: workload}, together; gives [wall, processor] seconds of each."""
    began = time.perf_counter()
    running = {process.pid: (process, side) for side, workload in sides.items()
               for process in workload.start(environment)}
    times = {side: [0.0, 0.0] for side in sides}
    while running:
        pid, status, used = os.wait4(-1, 0)
        process, side = running.pop(pid)
        process.returncode = status  # Popen has nothing to wait for
        if status:
            sys.exit(f"overhead: status {status} of {sides[side].commands[0]} in {sides[side].folder}")
        times[side] = [time.perf_counter() - began, times[side][1] + used.ru_utime + used.ru_stime]
    return times


@functools.cache
def recorded(where, name):
    """The compiler's arguments of each command of a build, in order."""
    log, recorder = f"{where}/commands", f"{where}/recorder"
    with open(recorder, "w") as script:
        script.write(f"#!/bin/sh\n{{ printf '%s\\0' \"$@\"; echo; }} >>{shlex.quote(log)}\n"
                     'exec clang-22 "$@"\n')
    os.chmod(recorder, 0o755)
    open(log, "w").close()
    build_once(workload(name, False, where, recorder))
    with open(log) as file:
        return [line.split("\0") for line in file.read().split("\0\n")[:-1]]


def build_once(build):
    build.prepare()
    run({"once": build}, dict(os.environ))


def workload(name, parallel, where, compiler, side="direct"):
    jobs = PARALLEL if parallel else 1
    if name in SMALL:
        return Workload(where, [[*compiler.split(), "-O2", "-c", "hello.c", "-o", f"hello.{number}.o"]
                                for number in range(jobs)])
    make = ["make", "-s", f"-j{jobs}", f"CC={compiler}"]
    if name == "zlib":
        return Workload(f"{where}/zlib/{side}", [make + [f"LDSHARED={compiler} -shared -Wl,-soname,libz.so.1,"
                                                  "--version-script,zlib.map"]], ["make", "-s", "clean"])
    # The shell is compiled while the library is, if there is room; then both are linked.
    makefile = ("all: sqlite3.o shell.o\n\t$(CC) -O2 -o sqlite3 shell.o sqlite3.o -lm\n"
                "%.o: %.c\n\t$(CC) -O2 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -c $< -o $@\n")
    with open(f"{where}/sqlite3/{side}/overhead.mk", "w") as file:
        file.write(makefile)
    return Workload(f"{where}/sqlite3/{side}", [make + ["-f", "overhead.mk"]],
                    ["rm", "-f", "sqlite3.o", "shell.o", "sqlite3"])


def environment_of(where, case):
    environment = dict(os.environ)
    plans = CASES.get(case)
    environment["AUTOPASS_PLANS"] = f"{where}/{plans or 'no.plans'}"
    return environment


def steps(where, name, parallel, compilers):
    """The pairs: {side: workload} of each."""
    if parallel or name in SMALL:
        return [{side: workload(name, parallel, where, compiler, side) for side, compiler in compilers}]
    commands = recorded(where, name)
    if not commands:
        sys.exit(f"overhead: {name} is built without a compiler of ours")
    outputs = [output for arguments in commands for before, output in zip(arguments, arguments[1:])
               if before == "-o"]
    both = []
    for side, compiler in compilers:
        folder = workload(name, False, where, compiler, side).folder
        if not os.path.exists(f"{folder}/{outputs[-1]}"):
            build_once(workload(name, False, where, compiler, side))  # what later commands read
        for output in outputs:  # some makefiles move what was compiled, and remove the folder
            os.makedirs(os.path.dirname(f"{folder}/{output}"), exist_ok=True)
        both.append([(side, Workload(folder, [[compiler, *arguments]])) for arguments in commands])
    return [dict(pair) for pair in zip(*both)]


def what_is_run(wrapper, environment):
    """The compiler and the options that the wrapper puts before a command's own."""
    explain = os.path.join(os.path.dirname(wrapper), "..", "src", "cli", "autopass")
    answer = subprocess.run([explain, "explain", "--json", "--", wrapper, "-O2", "-c", "hello.c"],
                            env=environment, check=True, stdout=subprocess.PIPE).stdout
    return " ".join(json.loads(answer)["command"][:-3])


def measure(where, name, parallel, case, wrapper, rounds, log):
    began = time.monotonic()
    environment = environment_of(where, case)
    direct = what_is_run(wrapper, environment) if name == "exec" else shutil.which("clang-22")
    wrapped = f"{where}/floor" if name == "floor" else wrapper
    both = steps(where, name, parallel, [("direct", direct), ("wrapped", wrapped)])
    pairs, long = [[] for _ in both], [False for _ in both]  # of each step
    for warming in [True] + [False] * rounds:
        if len(pairs[0]) >= LEAST_ROUNDS and time.monotonic() - began > ROW_SECONDS:
            break
        for number, step in enumerate(both):
            sides = list(step.items())
            random.shuffle(sides)
            for _, side in sides:
                side.prepare()
            pair = {"clock": PROCESSOR if long[number] else WALL}
            for together in [sides] if long[number] else [[side] for side in sides]:
                pair |= run(dict(together), environment)
            if warming:  # the caches of the kernel
                long[number] = name not in SMALL and pair["direct"][PROCESSOR] > LONG_SECONDS
                continue
            pairs[number].append(pair)
            log.write(json.dumps({"workload": name, "parallel": parallel, "case": case,
                                  "step": number, **pair}) + "\n")
        log.flush()
    return pairs


def ratio(pair):
    return pair["wrapped"][pair["clock"]] / pair["direct"][pair["clock"]]


def base_time(step):
    return statistics.median(pair["direct"][pair["clock"]] for pair in step)


def mean_ratio(pairs):
    weights = [base_time(step) for step in pairs]
    ratios = [statistics.median(map(ratio, step)) for step in pairs]
    return sum(weight * one for weight, one in zip(weights, ratios)) / sum(weights)


def bootstrapped(pairs, samples=1000):
    """The ratio, and the middle 95 % of what other pairs might have given."""
    if len(pairs) == 1:
        return median_interval([ratio(pair) for pair in pairs[0]])
    chance = random.Random(1)
    ratios = sorted(mean_ratio([chance.choices(step, k=len(step)) for step in pairs])
                    for _ in range(samples))
    return mean_ratio(pairs), ratios[samples // 40], ratios[-samples // 40]


def row(name, parallel, case, pairs):
    if name in SMALL:
        # Of 64 at a time: what each of them has cost more.
        each = PARALLEL if parallel else 1
        middle, low, high = median_interval(
            [1000 * (pair["wrapped"][WALL] - pair["direct"][WALL]) / each for pair in pairs[0]])
        times = f"{1000 * base_time(pairs[0]):.1f} ms | {middle:+.2f} ms [{low:+.2f}, {high:+.2f}]"
        told = name == "exec" or name == "hello" and case == "empty"
        promised, limit = (EXEC_LIMIT_MS, f"{EXEC_LIMIT_MS} ms") if told else (math.inf, "")
    else:
        middle, low, high = bootstrapped(pairs)
        times = (f"{sum(base_time(step) for step in pairs):.2f} s "
                 f"| {middle:.4f} [{low:.4f}, {high:.4f}]")
        promised, limit = LIMITS[case], f"{LIMITS[case]:.2f}"
    verdict = "yes" if high <= promised else "by the median" if middle <= promised else "NO"
    jobs = f"{PARALLEL} at a time" if parallel else "one at a time"
    return f"| {name}, {jobs} | {case} | {len(pairs[0])} | {times} | {limit} | {verdict if limit else ''} |"


def finished_rows(where):
    try:
        with open(f"{where}/rows.jsonl") as rows:
            kept = [json.loads(line) for line in rows if line.endswith("\n")]
    except FileNotFoundError:
        return {}
    return {one["key"]: one["row"] for one in kept}


def conditions():
    """On which core, and before whom, all that is measured runs; what it starts inherits both."""
    os.sched_setaffinity(0, {int(os.environ["CORE"])})
    policies = {os.SCHED_FIFO: "SCHED_FIFO", os.SCHED_RR: "SCHED_RR", os.SCHED_BATCH: "SCHED_BATCH"}
    policy = policies.get(os.sched_getscheduler(0), "SCHED_OTHER")
    priority = os.sched_getparam(0).sched_priority
    return (f"core {os.environ['CORE']}, nice {os.nice(0)}, {policy} priority {priority}, "
            f"load {os.getloadavg()[0]:.1f}\n")


def main():
    if sys.argv[1] == "once":
        where, name, compiler = sys.argv[2:]
        build_once(workload(name, False, where, compiler))
        return
    where, wrapper, hello_rounds, build_rounds = sys.argv[2:6]
    print(conditions())
    print("| workload | plans | pairs | clang-22 | autopass-clang | promised | kept |")
    print("|---|---|---|---|---|---|---|", flush=True)
    finished = finished_rows(where)
    plugins = glob.glob(os.path.dirname(wrapper) + "/../lib/autopass/*.so")
    built = max(os.stat(file).st_mtime_ns for file in [wrapper, *plugins])
    with open(f"{where}/pairs.jsonl", "a") as log, open(f"{where}/rows.jsonl", "a") as rows:
        for name in os.environ["WORKLOADS"].split():
            for parallel in (False, True):
                for case in ["empty"] if name == "floor" else sys.argv[6:] or CASES:
                    rounds = int(build_rounds)
                    if name in SMALL:
                        rounds = max(6, int(hello_rounds) // (8 if parallel else 1))
                    key = f"{name} {parallel} {case} {built}"
                    if key not in finished:
                        pairs = measure(where, name, parallel, case, wrapper, rounds, log)
                        finished[key] = row(name, parallel, case, pairs)
                        rows.write(json.dumps({"key": key, "row": finished[key]}) + "\n")
                        rows.flush()
                    print(finished[key], flush=True)


main()
