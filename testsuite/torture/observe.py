# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a shape in a fresh folder and notes all that is left of it.

    WORK/shapes/NAME/w      the working folder, with the files of inputs.py
    WORK/shapes/NAME/tmp    $TMPDIR
    WORK/shapes/NAME/home   $HOME

Every run of a shape is in the same place, because paths get into objects and messages. What stays
is compared byte for byte: exit codes, both streams, and of every file its name, kind, mode and
content. MASKS are for what differs between two runs of clang itself; a shape says which of them it
needs and where ("only-exists:FILE" leaves out the content of one file), and stock clang is run
twice to see that it is needed (but for what varies "by-the-second")."""
import hashlib
import os
import re
import resource
import shutil
import signal
import stat
import subprocess

import inputs

TIMEOUT = 120
FILL = "@FILL@"


def masked_timings(text):
    """The tables of -ftime-report: which lines there are depends on the clock, too."""
    return b"\n".join(line for line in text.split(b"\n")
                      if not re.search(rb"\d+\.\d{4}|Timing|\(sym|---", line))


MASKS = {
    "temporary-names": lambda text: re.sub(rb"-[0-9a-f]{6,8}\b(?=[./'\" \n]|$)", b"-RANDOM", text),
    "addresses": lambda text: re.sub(rb"0x[0-9a-f]{6,16}", b"ADDRESS", text),
    "timings": masked_timings,
    "process-report": lambda text: re.sub(rb",\d+,\d+,\d+$", b",N", text, flags=re.MULTILINE),
}


def filled(command, path, env):
    """In the place of FILL as much as the kernel takes: strings and pointers share a quarter of the
    stack with the path of what is started. `path` is the length of the longest that will be."""
    stack = resource.getrlimit(resource.RLIMIT_STACK)[0]
    limit = min(stack // 4, 6 << 20) if stack != resource.RLIM_INFINITY else 6 << 20
    strings = [word for word in command if word != FILL] + ["%s=%s" % pair for pair in env.items()]
    room = limit - (path + 1) - sum(9 + len(os.fsencode(word)) for word in strings) - 8
    filling = ["-D" + "x" * 1000] * (room // 1011 - 1)
    filling.append("-D" + "y" * (room - 1011 * len(filling) - 11))
    at = command.index(FILL)
    return command[1:at] + filling + command[at + 1:]


def mask(shape, result):
    """The same result without what the shape declares to vary."""
    code, out, err, files = result
    for part in shape.varies.split():
        where, colon, names = part.partition(":")
        if not colon:
            continue
        if where == "only-exists":
            files = {path: (kind, b"") if os.fsdecode(os.path.basename(path)) == names
                     else (kind, data)
                     for path, (kind, data) in files.items()}
            continue
        for name in names.split(","):
            change = MASKS[name]
            if where == "out":
                out = change(out)
            elif where == "err":
                err = change(err)
            elif where == "names":
                files = {change(path): entry for path, entry in files.items()}
            elif where == "files":
                files = {path: (kind, change(data)) if kind[0] == "f" else (kind, data)
                         for path, (kind, data) in files.items()}
    return code, out, err, files


def note(path):
    """(kind and mode, content or its hash) of one file."""
    status = os.lstat(path)
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return "l", os.readlink(path)
    if stat.S_ISDIR(status.st_mode):
        return "d%o" % mode, b""
    if not stat.S_ISREG(status.st_mode):
        return "?%o %o" % (status.st_mode, mode), b""
    if status.st_size > 1 << 24:
        return "f%o" % mode, b"%d bytes" % status.st_size
    os.chmod(path, mode | 0o400)
    with open(path, "rb") as file:
        content = file.read()
    if len(content) >= 20_000:
        content = hashlib.sha256(content).hexdigest().encode()
    return "f%o" % mode, content


def note_all(folder):
    files = {}
    beginning = len(os.fsencode(folder)) + 1
    for root, folders, names in os.walk(os.fsencode(folder)):
        for name in folders + names:
            path = os.path.join(root, name)
            files[path[beginning:]] = note(path)
            if name in folders and not os.path.islink(path):
                os.chmod(path, 0o700)
    return files


def remove(folder):
    if os.path.lexists(folder):
        for root, folders, _ in os.walk(folder):
            for name in folders:
                if not os.path.islink(os.path.join(root, name)):
                    os.chmod(os.path.join(root, name), 0o700)
        shutil.rmtree(folder)


class Runner:
    """Runs shapes with one compiler in one set of surroundings."""

    def __init__(self, work, compilers, environment, prefix=()):
        self.work = work
        self.compilers = compilers  # {cxx: path}; called by their base name, first on PATH
        self.environment = environment
        self.prefix = list(prefix)  # strace and the like
        self.longest = [*compilers.values(), "/usr/lib/llvm-22/bin/clang"]

    def run(self, shape):
        top = os.path.join(self.work, "shapes", shape.name)
        remove(top)
        folder, home, tmp = (os.path.join(top, part) for part in ("w", "home", "tmp"))
        for path in (top, folder, home, tmp, os.path.join(folder, "tmp")):
            os.mkdir(path, 0o755)
        inputs.write(folder)
        path = self.compilers[shape.cxx]
        names = {"CC": path, "NAME": os.path.basename(path)}
        env = {"PATH": os.path.dirname(path) + ":/usr/local/bin:/usr/bin:/bin", "HOME": home,
               "TMPDIR": tmp,
               "PWD": folder, **self.environment, **shape.env}
        env = {name: value for name, value in env.items() if value is not None}
        if shape.before:
            subprocess.run(["sh", "-c", shape.before], cwd=folder, check=True, env={**env, **names})
        program = shape.program or names["NAME"]
        for name, value in names.items():
            program = program.replace("$" + name, value)
        codes, out, err = [], b"", b""
        for command in shape.commands:
            if FILL in command:
                command = filled([program, *command], max(map(len, self.longest)), env)
            code, said, complained = self.one([*self.prefix,
                                               *self.with_setup(shape, [program, *command])],
                                              folder, env, shape.stdin)
            codes.append(code)
            out += said
            err += complained
        return codes, out, err, note_all(top)

    @staticmethod
    def with_setup(shape, command):
        return ["/bin/sh", "-c", shape.setup + '\nexec "$@"', "sh",
                *command] if shape.setup else command

    @staticmethod
    def one(command, folder, env, stdin):
        """In a session of its own, so that nothing of it survives."""
        with subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True) as process:
            try:
                out, err = process.communicate(stdin, timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                return "no end after %d s" % TIMEOUT, out, err
        return process.returncode, out, err


def differences(expected, found):
    """What is not the same, as lines for people; empty when nothing is."""
    lines = []
    for what, before, after in zip(("exit codes", "stdout", "stderr"), expected, found):
        if before != after:
            lines.append("%s: %s" % (what, first_difference(before, after)))
    for path in sorted(set(expected[3]) | set(found[3])):
        before, after = expected[3].get(path), found[3].get(path)
        if before is None or after is None:
            lines.append("%s %s" % ("unexpected file" if before is None else "missing file",
                                    os.fsdecode(path)))
        elif before != after:
            lines.append("file %s: %s" % (os.fsdecode(path), "%s, not %s" % (after[0], before[0])
                                          if before[0] != after[0] else "another content"))
    return lines


def first_difference(before, after):
    if not isinstance(before, bytes):
        return "%s, not %s" % (after, before)
    at = next((i for i, (x, y) in enumerate(zip(before, after)) if x != y),
              min(len(before), len(after)))
    start = max(0, at - 30)
    return "%r, not %r" % (after[start:at + 80], before[start:at + 80])
