"""The differential test: random servers, random users, and each statement held against the true history.

    run.py real --binary PATH [--sequences 300] [--seed 1] [--jobs 2]
    run.py real --binary PATH --seed 17 --front plain --sequences 1 --show
    run.py drive [--sequences 10000] [--seed 1]      speaks with the Swift tests, which start it
    run.py lies                                      plants a lie of each kind in true logs
"""

import argparse
import collections
import concurrent.futures
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fronts  # noqa: E402
import grammar  # noqa: E402
import inprocess  # noqa: E402
import lies  # noqa: E402
from oracle import Oracle  # noqa: E402
from world import Server  # noqa: E402

NAMES = ("dashboard", "plain", "list")
# In one process a command costs as much as a session: fewer of them.
IN_PROCESS = ("dashboard", "plain", "dashboard", "plain", "dashboard", "plain", "dashboard", "list")


def judge(log):
    oracle = Oracle(log)
    found = oracle.judge()
    for entry in log:
        if entry["e"] == "stuck":
            found.append({"kind": "stuck", "text": entry["text"], "why": "it does not come to rest", "seq": entry["seq"]})
    return found, oracle.counts


def one(seed, front, binary):
    server = Server()
    try:
        plan, log = fronts.sequence(seed, front, binary, server)
    finally:
        server.close()
    return seed, front, plan, log


def describe(plan):
    behaviour = {name: value for name, value in vars(plan.behaviour).items() if value and value != "remembers"}
    return f"{plan.keys} keys, page size {plan.page_size}, {plan.columns}x{plan.rows}, {behaviour}, during {plan.during}"


def show(log):
    for entry in log:
        rest = {name: value for name, value in entry.items() if name not in ("e", "seq", "t")}
        if entry["e"] == "screen":
            rest = {"rows": "\n    " + "\n    ".join(row for row in entry["rows"] if row)}
        if entry["e"] == "lines":
            rest = {"lines": "\n    " + "\n    ".join(entry["lines"])}
        if "records" in rest:
            rest["records"] = [record["id"][-4:] for record in rest["records"]]
        text = " ".join(f"{name}={value}" for name, value in rest.items())
        print(f"{entry['seq']:4} {time.strftime('%H:%M:%S', time.gmtime(entry['t']))} {entry['e']}: {text}")


class Tally:
    """What was judged and what was found."""

    def __init__(self):
        self.sequences = 0
        self.statements = collections.Counter()
        self.false = collections.Counter()
        self.examples = {}

    def take(self, seed, front, plan, log):
        self.sequences += 1
        found, counts = judge(log)
        self.statements.update(counts)
        for item in found:
            self.false[item["kind"]] += 1
            self.examples.setdefault(item["kind"], []).append((seed, front, item))
        return found

    def text(self, most=4):
        lines = []
        for kind, count in self.false.most_common():
            lines.append(f"  {count} x {kind}")
            by_seed = {(seed, front): item for seed, front, item in reversed(self.examples[kind])}
            for (seed, front), item in list(by_seed.items())[:most]:
                lines.append(f"      {item['text'][:150]!r}: {item['why'][:150]}")
                lines.append(f"      again: make differential SEED={seed} FRONT={front}")
        lines.append(f"{self.sequences} sequences, {sum(self.statements.values())} statements of "
                     f"{len(self.statements)} kinds, {sum(self.false.values())} false")
        return "\n".join(lines)


def real(options):
    tally = Tally()
    chosen = [options.front] if options.front else NAMES
    work = [(options.seed + index, chosen[index % len(chosen)]) for index in range(options.sequences)]
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for future in [pool.submit(one, seed, front, options.binary) for seed, front in work]:
            seed, front, plan, log = future.result()
            found = tally.take(seed, front, plan, log)
            if options.show:
                print(describe(plan))
                show(log)
            if options.keep and found:
                with open(os.path.join(options.keep, f"{front}-{seed}.json"), "w", encoding="utf-8") as file:
                    json.dump(log, file)
            if found and options.show:
                for item in found:
                    print(f"FALSE {item}")
    print(tally.text())
    return 1 if tally.false else 0


def drive(options):
    tally = Tally()
    pipe = inprocess.Pipe()
    server = Server()
    chosen = [options.front] if options.front else IN_PROCESS
    begun = time.time()
    for index in range(options.sequences):
        seed, front = options.seed + index, chosen[index % len(chosen)]
        plan, log = inprocess.sequence(seed, front, pipe, server)
        found = tally.take(seed, front, plan, log)
        if options.show:
            print(describe(plan))
            show(log)
            for item in found:
                print(f"FALSE {item}")
        if options.keep and found:
            with open(os.path.join(options.keep, f"in-{front}-{seed}.json"), "w", encoding="utf-8") as file:
                json.dump(log, file)
        if tally.sequences % 500 == 0:
            print(f"{tally.sequences} sequences in {time.time() - begun:.0f} s, {sum(tally.false.values())} false",
                  flush=True)
    report = tally.text()
    pipe.call({"do": "done", "now": 0, "figures": {
        "sequences": tally.sequences, "statements": sum(tally.statements.values()), "kinds": len(tally.statements),
        "falseStatements": sum(tally.false.values()), "report": report}})
    return 0


def plant(_):
    found, count, wrong = lies.plant()
    for line in wrong:
        print(line)
    print(f"{found} of {count} planted lies found, {len(wrong)} wrong")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["real", "drive", "lies"])
    parser.add_argument("--binary", default=".build/debug/apikeys-tui")
    parser.add_argument("--sequences", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--front", choices=NAMES)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--even", action="store_true", help="no records with odd fields")
    parser.add_argument("--show", action="store_true", help="print the log")
    parser.add_argument("--keep", help="a folder for the logs of failures")
    options = parser.parse_args()
    grammar.EVEN = options.even
    options.binary = os.path.abspath(options.binary)
    sys.exit({"real": real, "drive": drive, "lies": plant}[options.mode](options))


if __name__ == "__main__":
    main()
