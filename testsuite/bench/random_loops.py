# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a random C program of affine loop nests and state machines: random_loops.py SEED

Csmith makes neither: its loops seldom form a nest over arrays, and it has no switch. Arithmetic is
unsigned and every subscript is inside its array, so the program has one meaning; it prints a
checksum of everything that it computed.
"""
import random
import sys

rng = random.Random(int(sys.argv[1]))
SIZE = rng.choice([12, 17, 32, 40])
ARRAYS = {f"a{i}": rng.choice([1, 2, 2, 3]) for i in range(5)}
TYPE = {name: rng.choice(["unsigned", "unsigned char", "unsigned long", "unsigned short"]) for name in ARRAYS}


def subscript(counters):
    """An index that stays inside: a counter with an offset that the loops' bounds leave room for."""
    if not counters or rng.random() < 0.1:
        return str(rng.randrange(SIZE))
    return f"{rng.choice(counters)}{rng.choice(['', '', '', ' + 1', ' - 1', ' + 2', ' - 2'])}"


def element(counters):
    name = rng.choice(list(ARRAYS))
    return name + "".join(f"[{subscript(counters)}]" for _ in range(ARRAYS[name]))


def value(counters, depth=0):
    kind = rng.random()
    if depth > 2 or kind < 0.35:
        return f"(unsigned long){element(counters)}"  # a product of two shorts would be a signed one
    if kind < 0.45:
        return f"{rng.randrange(1, 1000)}u"
    if kind < 0.55 and counters:
        return f"(unsigned){rng.choice(counters)}"
    if kind < 0.62:
        condition = f"{value(counters, depth + 1)} {rng.choice(['<', '>', '=='])} {value(counters, depth + 1)}"
        return f"({condition} ? {value(counters, depth + 1)} : {value(counters, depth + 1)})"
    if kind < 0.68:
        return f"({value(counters, depth + 1)} >> {rng.randrange(1, 7)})"
    return f"({value(counters, depth + 1)} {rng.choice('+-*^&|')} {value(counters, depth + 1)})"


def nest(counters, indent):
    pad = "  " * indent
    if len(counters) >= 3 or (counters and rng.random() < 0.35):
        guard = f"if ({rng.choice(counters)} {rng.choice(['<', '!=', '>='])} {rng.randrange(SIZE)}) " if rng.random() < 0.25 else ""
        return f"{pad}{guard}{element(counters)} {rng.choice(['=', '=', '+=', '^='])} {value(counters)};\n"
    counter = f"i{len(counters)}"
    low = rng.choice([2, 2, 3]) if not counters or rng.random() < 0.7 else counters[-1]
    high = rng.choice([SIZE - 2, SIZE - 2, SIZE - 3, "n"])
    head = rng.choice([f"for (int {counter} = {low}; {counter} < {high}; {counter}++)",
                       f"for (int {counter} = {high} - 1; {counter} >= {low}; {counter}--)"])
    body = "".join(nest(counters + [counter], indent + 1) for _ in range(rng.choice([1, 1, 2])))
    return f"{pad}{head} {{\n{body}{pad}}}\n"


def machine(number):
    states = rng.randrange(3, 9)
    text = f"static unsigned machine{number}(unsigned seed, int steps) {{\n  unsigned state = 0, sum = seed;\n"
    text += "  for (int i = 0; i < steps; i++) {\n    seed = seed * 1103515245u + 12345u;\n    switch (state) {\n"
    for state in range(states):
        text += f"    case {state}: sum = sum * {rng.randrange(3, 99)}u + {rng.randrange(99)}u;"
        if rng.random() < 0.5:
            text += f" if (seed & {1 << rng.randrange(16, 28)}u) {{ state = {rng.randrange(states)}; break; }}"
        text += f" state = {rng.randrange(states)}; break;\n"
    return text + f"    default: return 0;\n    }}\n  }}\n  return sum + state;\n}}\n"


def main():
    out = ["#include <stdio.h>\n"]
    for name, rank in ARRAYS.items():
        out.append(f"static {TYPE[name]} {name}{f'[{SIZE}]' * rank};\n")
    count = rng.randrange(2, 6)
    for i in range(count):
        out.append(f"static void nest{i}(int n) {{\n" + "".join(nest([], 1) for _ in range(rng.randrange(1, 4))) + "}\n")
    machines = rng.randrange(1, 4)
    out += [machine(i) for i in range(machines)]
    out.append("int main(int argc, char **argv) {\n  (void)argv;\n  unsigned long sum = 1469598103u;\n")
    for name in ARRAYS:
        out.append(f"  for (unsigned long i = 0; i < sizeof {name} / sizeof({TYPE[name]}); i++) (({TYPE[name]} *){name})[i] = ({TYPE[name]})(i * {rng.randrange(3, 999)}u);\n")
    for i in range(count):
        out.append(f"  nest{i}({SIZE - 2} - argc + 1);\n")
    for i in range(machines):
        out.append(f"  sum += machine{i}(argc + {i}u, {rng.randrange(50, 3000)});\n")
    for name in ARRAYS:
        out.append(f"  for (unsigned long i = 0; i < sizeof {name}; i++) sum = (sum ^ ((unsigned char *){name})[i]) * 1099511628211ul;\n")
    out.append('  printf("%lx\\n", sum);\n  return 0;\n}\n')
    print("".join(out))


main()
