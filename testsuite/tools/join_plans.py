#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans with several settings each, out of what `list-plans --named` prints: join_plans.py MOST < LINES

Settings that contradict one another, the ends of one range, stand in different plans.
"""
import json
import sys


def settings(plan):
    """{what is set: value}, so that a plan with two settings is the union of both."""
    found = {}
    for kind, said in plan.items():
        if kind == "loops":
            found.update({(kind, name): value for name, value in said[0].items()})
        elif kind == "pipeline":
            for use in said.get("skip", []):
                found[(kind, "skip", use["pass"])] = True
            for insertion in said.get("insert", []):
                for use in insertion["passes"]:
                    found[(kind, insertion["at"], use["pass"])] = True
        elif kind != "v":
            found.update({(kind, name): value for name, value in said.items()})
    return found


def plan_of(found, version):
    plan = {"v": version}
    for (kind, *names), value in found.items():
        if kind == "loops":
            plan.setdefault(kind, [{}])[0][names[0]] = value
        elif kind != "pipeline":
            plan.setdefault(kind, {})[names[0]] = value
        elif names[0] == "skip":
            plan.setdefault(kind, {}).setdefault("skip", []).append({"pass": names[1]})
        else:
            places = plan.setdefault(kind, {}).setdefault("insert", [])
            place = next((p for p in places if p["at"] == names[0]), None)
            if place is None:
                place = {"at": names[0], "passes": []}
                places.append(place)
            place["passes"].append({"pass": names[1]})
    return plan


def main():
    most = int(sys.argv[1])
    version = None
    groups = []  # (names, settings)
    for line in sys.stdin:
        kind, name, _, text = line.split(" ", 3)
        plan = json.loads(text)
        version = plan["v"]
        more = settings(plan)
        for names, found in groups:
            if len(names) < most and all(found.get(key, value) == value for key, value in more.items()):
                break
        else:
            names, found = [], {}
            groups.append((names, found))
        names.append(f"{kind}:{name}")
        found.update(more)
    for names, found in groups:
        print("joined", ",".join(names), "unproven", json.dumps(plan_of(found, version), separators=(",", ":")))


main()
