# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles with random plans: the tools, limits, verdicts, and what a verdict hangs on.

A trial is one source with one set of plans. Limits are on CPU time, so that a busy machine makes no
verdict; what has to be known of stock clang is known before. A verdict in capitals is a finding.
"""
import os
import pathlib
import hashlib
import json
import resource
import shutil
import subprocess
import time

PROGRAMS = ["lib/autopass/autopass-pass-22.so", "testsuite/tools/make-snapshot", "testsuite/tools/random-plans", "testsuite/tools/thin-plans", "src/cli/autopass"]
SLOW = 10  # times the CPU time that stock clang takes, from which on a compile is a finding
GRACE = 5  # seconds that any compile may take before it is called slow
# What the plugin may count beside what it applied; anything else is a finding, too.
ORDINARY = {"applied", "functions", "no-plan", "option-left-out", "loop-changed", "loop-hinted", "call-decided",
            "call-changed", "call-refused", "loop-pragma", "broken"}


class Tools:
    """What was built, copied: a build goes on beside a campaign."""

    def __init__(self, build, folder):
        build, self.folder = pathlib.Path(build), pathlib.Path(folder).absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in PROGRAMS:
            path = build / name
            fresh = self.folder / (path.name + ".new")
            shutil.copy2(path, fresh)
            fresh.rename(self.folder / path.name)
        self.plugin = self.folder / "autopass-pass-22.so"
        top = pathlib.Path(__file__).parent
        self.commit = subprocess.run(["git", "-C", top, "rev-parse", "--short", "HEAD"], text=True,
                                     capture_output=True).stdout.strip() or "unknown"
        self.vocabulary = hashlib.sha256(self("autopass", "vocabulary", "--json")).hexdigest()[:12]

    def __call__(self, name, *arguments, given=b"", environment=None):
        return subprocess.run([self.folder / name, *map(str, arguments)], input=given, env=environment,
                              stdout=subprocess.PIPE, check=True).stdout


class Ended:
    """How a command ended: exit code (negative: signal), what it said, and its CPU time."""

    def __init__(self, code, said, seconds, hung):
        self.code, self.said, self.seconds, self.hung = code, said, seconds, hung


def limited(command, seconds, where, environment=None):
    def limits():
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 33, 1 << 33))

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(list(map(str, command)), cwd=where, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limits,
                             start_new_session=True)
    try: # something that waits for ever takes no CPU time
        said, hung = child.communicate(timeout=60 + 30 * seconds)[0], False
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, 9)
        said, hung = child.communicate()[0], True
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ended(child.returncode, said, used, hung or used > seconds)


class Trial:
    """One source file, compiled by stock clang once, and then with plans."""

    def __init__(self, tools, where, source, options):
        self.tools, self.where = tools, pathlib.Path(where).absolute()
        self.source, self.options = source, options
        self.state = self.where / "state"
        self.environment = {**os.environ, "AUTOPASS_PLANS": str(self.where / "snapshot"), "LC_ALL": "C.UTF-8",
                            "XDG_STATE_HOME": str(self.state), "XDG_DATA_HOME": str(self.where / "data")}
        self.environment.pop("AUTOPASS_SPOOL", None)
        self.stock_seconds = None
        self.expected = None

    def compile(self, output, *extra, seconds=100):
        command = ["clang-22", *self.options, *extra, "-c", self.source, "-o", output]
        return limited(command, seconds, self.where, self.environment)

    def load(self, option, value):
        return [f"-fpass-plugin={self.tools.plugin}", "-mllvm", f"-autopass-{option}={value}"]

    def run(self, object_file, name):
        """Output of the program, or None when it does not link, does not end or ends badly."""
        if limited(["clang-22", object_file, "-o", name], 20, self.where).code != 0:
            return None
        ended = limited([f"./{name}"], 5, self.where)
        return ended.said if ended.code == 0 and not ended.hung else None

    def prepare(self):
        """Stock's objects and output; why the source is no good, if so."""
        if self.compile("o1.o", "-O1").code != 0:
            return "stock does not compile"
        stock = self.compile("stock.o", "-O3")
        self.stock_seconds = stock.seconds
        outputs = [self.run("o1.o", "o1"), self.run("stock.o", "stock") if stock.code == 0 else None]
        if None in outputs:
            return "does not end in time, or badly"
        if outputs[0] != outputs[1]:
            return "stock -O1 and -O3 differ"
        self.expected = outputs[0]
        if self.compile("evidence.o", "-O3", *self.load("evidence", "evidence")).code != 0:
            return "EVIDENCE-FAILS"
        return None if self.same_object("evidence.o") else "EVIDENCE-CHANGES-THE-OBJECT"

    def same_object(self, name):
        return (self.where / name).read_bytes() == (self.where / "stock.o").read_bytes()

    def evidence(self):
        return (self.where / "evidence").read_bytes()

    def counts(self):
        return json.loads(self.tools("autopass", "stats", "--json", environment=self.environment))["counts"]

    def judge(self, lines, *extra):
        """(verdict, counts, CPU time over stock's) of the source with these plans."""
        shutil.rmtree(self.state, ignore_errors=True)
        (self.state / "autopass").mkdir(parents=True)
        (self.where / "planned.o").unlink(missing_ok=True)
        slice_digest = self.tools("make-snapshot", self.where / "snapshot", given=lines).decode().strip()
        allowed = SLOW * self.stock_seconds + GRACE
        # The plugin ends a start of its own accord (docs/plugin.md), and the second one takes what stock clang takes.
        ended = self.compile("planned.o", "-O3", *self.load("set", slice_digest), *extra, seconds=2 * allowed + 60)
        (self.where / "said").write_bytes(ended.said)
        ratio = ended.seconds / max(self.stock_seconds, 0.01)
        counts = self.counts()
        return self.verdict(ended, counts, allowed), counts, ratio

    def verdict(self, ended, counts, allowed):
        if ended.hung:
            return "COMPILER-HANGS"
        if ended.code != 0:
            return "COMPILER-CRASHES" if ended.code < 0 or b"Stack dump" in ended.said else "COMPILE-ERROR"
        if ended.said:
            return "COMPILER-TALKS"
        if odd := set(counts) - ORDINARY - {"compile"}: # plan-crashed, plan-timeout ...: it began again
            return "COUNTED:" + ",".join(sorted(odd))
        if not counts.get("applied"):
            return "NOT-APPLIED"
        if ended.seconds > allowed:
            return "COMPILER-SLOW"
        if self.same_object("planned.o"):
            return "no effect"
        return "same" if self.run("planned.o", "planned") == self.expected else "DIFFERENT"

    def minimise(self, lines, verdict, *extra):
        """The fewest elements (delta debugging) with which the verdict is the same."""
        def still(numbers):
            thin = self.tools("thin-plans", "keep", *numbers, given=lines)
            return bool(thin) and self.judge(thin, *extra)[0] == verdict

        keep = list(range(len(self.tools("thin-plans", given=lines).splitlines())))
        parts = 2
        while len(keep) > 1:
            size = -(-len(keep) // parts)
            pieces = [keep[i:i + size] for i in range(0, len(keep), size)]
            rests = [[n for n in keep if n not in piece] for piece in pieces]
            smaller = next((c for c in pieces + (rests if parts > 2 else []) if still(c)), None)
            if smaller is not None:
                parts = 2 if smaller in pieces else max(parts - 1, 2)
                keep = smaller
            elif size == 1:
                break
            else:
                parts = min(2 * parts, len(keep))
        return self.tools("thin-plans", "keep", *keep, given=lines)


def vary(word):
    """A number for a name, the same everywhere."""
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:6], "big")


def stamp():
    return time.strftime("%H:%M:%S", time.gmtime())
