#!/usr/bin/env python3
"""Times the dashboard in a pseudo-terminal beside other programs, interleaved, and prints figure, baseline and ratio.

Usage: pty_bench.py PATH/apikeys-tui [--keys 1000] [--rounds 5] [--baseline less,fzf]

Every program gets the same rows (JSON for us, text for the others) at 120x40. Times are milliseconds from the key to
the last byte that it caused; a step has ended when nothing was written for 60 ms. Medians, with (lowest-highest).
"""

import argparse, fcntl, json, os, pty, random, select, shutil, signal, statistics, struct, sys, tempfile, termios, time

QUIET = 0.06


class Session:
    """One program in a pty of 120x40."""

    def __init__(self, argv):
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.environ["PATH"],
                           "HOME": os.environ.get("HOME", "/")}
            try:
                os.execvpe(argv[0], argv, environment)
            finally:
                os._exit(127)

    def read(self, timeout):
        if not select.select([self.fd], [], [], timeout)[0]:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def until(self, text, limit=60):
        """Seconds since the start until `text` was written."""
        seen, end = b"", time.perf_counter() + limit
        while time.perf_counter() < end:
            seen += self.read(0.5)
            if text in seen:
                return time.perf_counter() - self.began
        raise TimeoutError(f"{text!r} was not written; got {seen[-200:]!r}")

    def settle(self, began=None):
        """Reads until QUIET; gives (seconds from `began` to the last byte or None, bytes, reads)."""
        began, last, size, reads = began or time.perf_counter(), None, 0, 0
        while chunk := self.read(QUIET if last else 1.0):
            last = time.perf_counter() - began
            size, reads = size + len(chunk), reads + 1
        return last, size, reads

    def press(self, keys):
        began = time.perf_counter()
        os.write(self.fd, keys)
        return self.settle(began)

    def memory(self):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def idle(self, seconds):
        """Bytes written and processor milliseconds used while nothing happens."""
        before, size, end = self.ticks(), 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            size += len(self.read(left))
        return size, (self.ticks() - before) * 1000 / os.sysconf("SC_CLK_TCK")

    def ticks(self):
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def keys(count):
    """Keys in the API's shape, newest first, the same on each run."""
    dice = random.Random(1)
    uuid = lambda: "%08x-%04x-4%03x-8%03x-%012x" % tuple(dice.getrandbits(b) for b in (32, 16, 12, 12, 48))
    creators = [uuid() for _ in range(40)]
    names = ("billing", "calls", "agents", "reports", "mobile", "partner", "search", "export")
    for number in range(count):
        made = time.gmtime(1_760_000_000 - number * 90)
        restricted = dice.random() < 0.75
        yield {
            "id": uuid(), "name": f"{dice.choice(names)}-{dice.choice(('prod', 'test', 'dev'))}-{number:07d}",
            "created_date": time.strftime("%Y-%m-%dT%H:%M:%SZ", made), "last_four_digits": f"{dice.randrange(10000):04d}",
            "creator_id": dice.choice(creators), "restricted": restricted,
            "permissions": ["calls.view", "agents.view", "webhooks.create"] if restricted else None,
        }


def measure(argv, first, steps):
    session, figures = Session(argv), {}
    try:
        figures["first rows ms"] = session.until(first) * 1000
        session.settle()
        figures["memory MB"] = session.memory()
        for name, press in steps:
            took, size, reads = session.press(press)
            if took is None:
                raise TimeoutError(f"{argv[0]}: nothing was written after {name}")
            figures[f"{name} ms"], figures[f"{name} bytes"], figures[f"{name} reads"] = took * 1000, size, reads
        figures["idle 3 s bytes"], figures["idle 3 s cpu ms"] = session.idle(3)
    finally:
        session.close()
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--keys", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--baseline", default="less,fzf")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="pty-bench-")
    try:
        with open(f"{folder}/keys.ndjson", "w") as lines, open(f"{folder}/keys.txt", "w") as text:
            for key in keys(options.keys):
                lines.write(json.dumps(key, separators=(",", ":")) + "\n")
                text.write(f"{key['name']:34} {key['created_date']} {key['creator_id']} {key['last_four_digits']}\n")
        down, page = b"\x1bOB", b"\x1b[6~"
        common = [("Down", down), ("Down again", down), ("PageDown", page), ("PageDown again", page)]
        programs = {
            "apikeys-tui": ([options.program, "browse", "--from", f"{folder}/keys.ndjson"], b"-0000001",
                            common + [("End", b"G"), ("Home", b"gg"), ("filter", b"/prod")]),
            "less": (["less", f"{folder}/keys.txt"], b"-0000001", common + [("End", b"G"), ("Home", b"g")]),
            "fzf": (["fzf", "--exact", "--layout=reverse", "--sync", "--bind", f"start:reload:cat {folder}/keys.txt"],
                    b"-0000001", common + [("filter", b"prod")]),
        }
        chosen = ["apikeys-tui"]
        for name in filter(None, options.baseline.split(",")):
            if name not in programs:
                parser.error(f"no baseline {name}")
            if shutil.which(name):
                chosen.append(name)
            else:
                print(f"{name} is not installed: left out")
        taken = {name: [] for name in chosen}
        for _ in range(options.rounds):
            for name in chosen:
                taken[name].append(measure(*programs[name]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)

    print(f"\n{options.keys} keys, 120x40, {options.rounds} interleaved rounds; "
          "median (lowest-highest), and ours as a multiple of theirs")
    for figure in taken["apikeys-tui"][0]:
        cells = []
        ours = statistics.median(round_[figure] for round_ in taken["apikeys-tui"])
        for name in chosen:
            values = [round_[figure] for round_ in taken[name] if figure in round_]
            if not values:
                continue
            middle = statistics.median(values)
            ratio = f" ratio {ours / middle:.2f}" if name != "apikeys-tui" and middle else ""
            cells.append(f"{name} {middle:.2f} ({min(values):.2f}-{max(values):.2f}){ratio}")
        print(f"{figure:22} " + " | ".join(cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
