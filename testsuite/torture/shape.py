# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One shape: a few commands of one kind, and the surroundings that they are run in."""
import dataclasses
import shlex


@dataclasses.dataclass
class Shape:
    name: str
    commands: list  # of lists of words, run one after another whatever the exit codes
    cxx: bool = False  # the C++ driver
    program: str = ""  # how the compiler is named; empty: by its name on PATH
    before: str = ""  # shell, run beforehand in the working folder; $CC is the compiler's path
    setup: str = ""  # shell that ends by becoming the compiler: closes descriptors, sets limits
    stdin: bytes = b""
    env: dict = dataclasses.field(default_factory=dict)  # None removes a variable
    varies: str = ""  # what differs between two runs of clang itself: see observe.MASKS
    names_command: bool = False  # clang prints its own command line after a crash of its own


def words(command):
    """Words are given as one text in shell syntax, or as a list where that would hide something."""
    return shlex.split(command) if isinstance(command, str) else list(command)


def shape(name, *commands, **rest):
    return Shape(name, [words(command) for command in commands], **rest)


def table(text, **rest):
    """Lines of "name: words"; a further command of the same shape follows " ;; "."""
    shapes = []
    for line in text.strip().splitlines():
        name, _, commands = line.strip().partition(": ")
        shapes.append(shape(name, *commands.split(" ;; "), **rest))
    return shapes
