#!/usr/bin/env python3
"""Measures everything that docs/performance.md lists and writes its table: Benchmarks/run-benchmarks calls it.

Usage: run.py BIN-FOLDER [--rounds 5] [--quick] [--write docs/performance.md]

BIN-FOLDER holds apikeys-tui, apikeys-server and apikeys-bench, built as they are installed. With --quick, one round and
nothing is written. Medians with (lowest-highest); ratios are of medians of the same run.
"""

import argparse, json, os, platform, shutil, statistics, subprocess, sys, tempfile, time

import orjson

import scenarios, targets
from scenarios import Figures, Programs


def library(programs, figures, rounds):
    run = subprocess.run([programs.bench, "library", "1000000", str(rounds)], stdout=subprocess.PIPE, text=True, check=True)
    for line in run.stdout.splitlines():
        figure = json.loads(line)
        figures[figure["figure"]] = figure["values"]
    run = subprocess.run([programs.bench, "walk", str(programs.serve(1_000_000)), str(min(rounds, 3))],
                         stdout=subprocess.PIPE, text=True, check=True)
    for line in run.stdout.splitlines():
        figure = json.loads(line)
        figures[figure["figure"]] = figure["values"]


def sizes(programs, figures):
    for path in (programs.tui, programs.server):
        figures.add(f"size MB: {os.path.basename(path)}", os.path.getsize(path) / 1e6)


def machine():
    with open("/proc/cpuinfo") as file:
        model = next(line.split(": ")[1].strip() for line in file if line.startswith("model name"))
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.split("Swift version ")[-1].split()[0]
    versions = [f"{os.cpu_count()} cores, {model}", f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}", f"Swift {swift}"]
    for command in (["fzf", "--version"], ["less", "--version"], ["lnav", "--version"], ["curl", "--version"]):
        if shutil.which(command[0]):
            line = subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]
            versions.append(line if line.startswith(command[0]) else f"{command[0]} {line}")
    return "; ".join(versions + [f"orjson {orjson.__version__}"])


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def spread(values):
    return f"{number(statistics.median(values))} ({number(min(values))}-{number(max(values))})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write")
    parser.add_argument("--only", help="names of steps, separated by commas")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    figures = Figures()
    data = tempfile.mkdtemp(prefix="apikeys-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    path = lambda name: os.path.join(options.folder, name)
    programs = Programs(path("apikeys-tui"), path("apikeys-bench"), path("apikeys-server"), data)
    failed = []
    only = options.only.split(",") if options.only else None

    def step(name, work, times=1):
        if only and name not in only:
            return
        began = time.perf_counter()
        try:
            for _ in range(times):
                work()
        except (TimeoutError, OSError, subprocess.CalledProcessError, AssertionError) as problem:
            failed.append(name)
            print(f"{name}: {problem}", file=sys.stderr)
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)

    try:
        for count in (1000, 5000, 100_000, 1_000_000):
            subprocess.run([programs.bench, "data", data, str(count)], check=True)
        step("sizes", lambda: sizes(programs, figures))
        step("library", lambda: library(programs, figures, rounds))
        step("orjson", lambda: scenarios.orjson_page(programs, figures, orjson.loads))
        step("curl", lambda: scenarios.curl(programs, figures, orjson.loads), rounds)
        step("start", lambda: scenarios.start(programs, figures), rounds * 2)
        step("server", lambda: scenarios.load_server(programs, figures), rounds)
        programs.stop(1_000_000)
        step("file", lambda: scenarios.load_file(programs, figures), rounds)
        step("moves", lambda: scenarios.moves(programs, figures), rounds)
        step("filters", lambda: scenarios.filters(programs, figures), rounds)
        step("sort", lambda: scenarios.sort_live(programs, figures), min(rounds, 2))
        step("held", lambda: scenarios.held(programs, figures), min(rounds, 3))
        step("idle", lambda: scenarios.idle(programs, figures))
        step("reference server", lambda: scenarios.reference_server(programs, figures))
    finally:
        for count in list(programs.servers):
            programs.stop(count)
        shutil.rmtree(data, ignore_errors=True)

    date = time.strftime("%Y-%m-%d", time.gmtime())
    text = [f"{date}, {machine()}; {rounds} rounds.", ""]
    text += targets.table(figures, number)
    text += ["", "### Every figure", "", "| figure | median (lowest-highest) | values |", "|---|---|---|"]
    text += [f"| {name.replace('|', '/')} | {spread(values)} | {len(values)} |" for name, values in sorted(figures.items())]
    if failed:
        text += ["", f"Steps that failed: {', '.join(failed)}."]
    print("\n".join(text))
    if options.write and not options.quick and not only:
        with open(options.write) as file:
            before, rest = file.read().split("<!-- figures -->\n", 1)
            after = rest.split("<!-- end of figures -->\n", 1)[1]
        with open(options.write, "w") as file:
            file.write(before + "<!-- figures -->\n" + "\n".join(text) + "\n<!-- end of figures -->\n" + after)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
