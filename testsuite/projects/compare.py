# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares two build trees: compare.py STOCK OURS

Prints "FILES|DIFFERENT" of all objects, archives and binaries; the differing names go to stderr.
"""
import os
import pathlib
import sys


def artifacts(folder):
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(8).startswith((b"\x7fELF", b"!<arch>\n")):
                    yield os.fsencode(path.relative_to(folder))


def main():
    stock, ours = map(pathlib.Path, sys.argv[1:])
    names = set(artifacts(stock)) | set(artifacts(ours))
    different = 0
    for name in sorted(map(os.fsdecode, names)):
        pair = [folder / name for folder in (stock, ours)]
        if not all(map(pathlib.Path.is_file, pair)):
            why = "is only in one of the two trees"
        elif pair[0].read_bytes() != pair[1].read_bytes():
            why = "differs"
        else:
            continue
        different += 1
        print(name, why, file=sys.stderr)
    print(f"{len(names)}|{different}")


main()
