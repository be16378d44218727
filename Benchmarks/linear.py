"""Checks that work is linear in what comes from outside: CPU of the real program at N and 2N, for each shape of input.

Usage: python3 Benchmarks/linear.py DIRECTORY-OF-apikeys-tui [--only WORD] [--limit 2.3]

For each shape two inputs are made, one twice as long as the other, and made longer until there is something to measure.
What is compared is the least user time of several runs, without what the program takes for one key. Exit status 1 where
a ratio is above the limit.
"""
import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAIR = 2.3


def key(number, **fields):
    record = {
        "id": str(uuid.UUID(int=number + (1 << 100))), "name": f"key-{number}", "created_date": "2024-05-06T07:08:09Z",
        "last_four_digits": "ab12", "creator_id": None, "restricted": True, "permissions": ["calls.view"]}
    record.update(fields)
    return record


def lines(keys):
    return "".join(json.dumps(k, ensure_ascii=False) + "\n" for k in keys).encode()


def colliding(number):
    """Ids that collided for every seed of version 0.1: they differ in the upper bits of both halves alike."""
    bits = number << 44
    return str(uuid.UUID(int=((bits ^ 0x123456789AB) << 64) | (bits ^ 0x456789ABCDE)))


def spread(number, step):
    return str(uuid.UUID(int=(number * step) % (1 << 128)))


MARK = "\u0301"

# name: (bytes of the file for n, n, arguments behind `list --from FILE`)
FILES = {
    "many keys": (lambda n: lines(key(i) for i in range(n)), 40_000, ["--format", "ndjson"]),
    "unknown permissions on one key": (
        lambda n: lines([key(0, permissions=[f"unknown.permission{i}" for i in range(n)])]), 2_000, ["--format", "tsv"]),
    "unknown permissions on many keys": (
        lambda n: lines(key(i, permissions=[f"new{j}.view" for j in range(500)]) for i in range(n)), 300,
        ["--format", "json"]),
    "permissions sent twice": (
        lambda n: lines([key(0, permissions=["a.b", "c.d"] * n)]), 1_000, ["--format", "ndjson"]),
    "ids that collided in 0.1": (lambda n: lines(key(i, id=colliding(i)) for i in range(n)), 40_000, ["--format", "tsv"]),
    "ids in steps of 2^64": (
        lambda n: lines(key(i, id=spread(i, 1 << 64)) for i in range(n)), 40_000, ["--format", "tsv"]),
    "ids of other forms": (lambda n: lines(key(i, id=f"k{i}") for i in range(n)), 30_000, ["--format", "tsv"]),
    "long ids of other forms": (
        lambda n: lines(key(i, id="k" * 2000 + str(i)) for i in range(n)), 1_500, ["--format", "tsv"]),
    "the same id again": (lambda n: lines(key(7) for i in range(n)), 40_000, ["--format", "tsv"]),
    "many creators": (
        lambda n: lines(key(i, creator_id=str(uuid.UUID(int=i * i + 1))) for i in range(n)), 30_000,
        ["--sort", "creator", "--format", "tsv"]),
    "creators of other forms": (
        lambda n: lines(key(i, creator_id=f"user{i}@example.com") for i in range(n)), 20_000,
        ["--sort", "creator", "--format", "tsv"]),
    "names of 60,000 letters": (
        lambda n: lines(key(i, name="n" * 60_000) for i in range(n)), 60, ["--format", "ndjson"]),
    "equal names, sorted": (
        lambda n: lines(key(i, name="the same name of every key there is") for i in range(n)), 40_000,
        ["--sort", "name", "--format", "tsv"]),
    "long beginnings in common, sorted": (
        lambda n: lines(key(i, name="x" * 3000 + str(i)) for i in range(n)), 1_000, ["--sort", "name", "--format", "ndjson"]),
    "one name of zeros, sorted": (
        lambda n: lines([key(0, name="a" + "\0" * n)] + [key(i + 1, name="a") for i in range(n // 4)]), 24_000,
        ["--sort", "name", "--format", "ndjson"]),
    "dates all over, sorted": (
        lambda n: lines(key(i, created_date=f"{1970 + i * 7919 % 8000:04}-01-02T03:04:05Z") for i in range(n)), 40_000,
        ["--sort", "created", "--format", "tsv"]),
    "odd dates": (lambda n: lines(key(i, created_date=f"day {i}") for i in range(n)), 30_000, ["--format", "ndjson"]),
    "records that cannot be read": (
        lambda n: lines([key(0)]) + b'{"id":1,"name":2}\n' * n, 30_000, ["--format", "ndjson"]),
    "blank lines": (lambda n: lines([key(0)]) + b"\n" * n, 3_000_000, ["--format", "ndjson"]),
    "one long line": (
        lambda n: lines([key(0), key(1, comment="c" * n), key(2)]), 8_000_000, ["--format", "ndjson"]),
    "one JSON text on one line": (
        lambda n: json.dumps({"data": [key(i) for i in range(n)], "has_more": False}).encode(), 30_000,
        ["--format", "ndjson"]),
    "one JSON text over many lines": (
        lambda n: json.dumps([key(i) for i in range(n)], indent=4).encode(), 20_000, ["--format", "ndjson"]),
    "deep JSON": (lambda n: b'{"data":' + b"[" * n + b"]" * n + b"}", 3_000_000, ["--format", "ndjson"]),
    "unknown fields": (
        lambda n: lines([key(0, **{f"field{i}": i for i in range(n)}), key(1)]), 60_000, ["--format", "ndjson"]),
    "gzip members": (
        lambda n: b"".join(gzip.compress(lines([key(i)]), 1) for i in range(n)), 6_000, ["--format", "ndjson"]),
    "gzip of spaces": (
        lambda n: gzip.compress(lines([key(0)]) + b" " * n + b"\n", 9), 20_000_000, ["--format", "ndjson"]),
    "regex (a+)+$": (
        lambda n: lines([key(0, name="a" * n + "!")]), 30_000, ["--filter", "name:/(a+)+$/", "--format", "ndjson"]),
    "regex (.*)(.*)(.*)z": (
        lambda n: lines([key(0, name="a" * n)]), 30_000, ["--filter", "name:/(.*)(.*)(.*)z/", "--format", "ndjson"]),
    "regex [ab]*a[ab]{300}c": (
        lambda n: lines([key(0, name="ab" * n)]), 15_000, ["--filter", "name:/[ab]*a[ab]{300}c/", "--format", "ndjson"]),
    "regex \\w+x over many keys": (
        lambda n: lines(key(i) for i in range(n)), 30_000, ["--filter", "/\\w+x|ключ/i", "--format", "ndjson"]),
    "glob with many stars": (
        lambda n: lines([key(0, name="ab" * n)]), 15_000, ["--filter", "name:*a*b*a*b*a*b*c", "--format", "ndjson"]),
    "fuzzy word": (
        lambda n: lines(key(i, name="abc" * 300) for i in range(n)), 1_000, ["--filter", "~abcabcabcabcz", "--format", "tsv"]),
    "tsv of marks": (
        lambda n: lines([key(0, name="a" + MARK * n)]), 15_000, ["--format", "tsv"]),
    "csv of marks": (lambda n: lines([key(0, name="a" + MARK * n)]), 15_000, ["--format", "csv"]),
    "markdown of marks": (lambda n: lines([key(0, name="a" + MARK * n)]), 15_000, ["--format", "markdown"]),
    "json of marks": (lambda n: lines([key(0, name="a" + MARK * n)]), 15_000, ["--format", "json"]),
    "table of marks": (lambda n: lines([key(0, name="a" + MARK * n)]), 15_000, ["--format", "table"]),
}

# The length of the argument grows: name: (arguments for n, n)
ARGUMENTS = {
    "filter of many terms": (lambda n: ["--filter", " | ".join(f"a{i % 10}" for i in range(n))], 300),
    "filter of regular expressions": (lambda n: ["--filter", " | ".join(f"/a{i}/" for i in range(n))], 200),
    "filter of parentheses": (lambda n: ["--filter", " ".join("((((a))))" for _ in range(n))], 150),
    "field that is misspelt": (lambda n: ["--filter", "x" * n + ":y"], 2_000),
    "filter too long": (lambda n: ["--filter", "y" * n], 60_000),
}

# Lines of plain mode over a file: name: (bytes for n, n, lines)
PLAIN = {
    "plain mode, months": (
        lambda n: lines(key(i, created_date=f"{1971 + i % 50}-01-02T03:04:05Z") for i in range(n)), 20_000,
        ["load-all", "histogram"]),
    "plain mode, permissions": (
        lambda n: lines(key(i, permissions=[f"p{i % 1000}.view", f"q{i % 777}.create"]) for i in range(n)), 10_000,
        ["load-all", "permissions"]),
    "plain mode, creators": (
        lambda n: lines(key(i, creator_id=f"user{i}") for i in range(n)), 5_000, ["load-all", "creators"]),
    "plain mode, marks": (
        lambda n: lines(key(i) for i in range(n)), 10_000, ["load-all", "mark key", "marks-only", "clear-marks"]),
}


class Server(ThreadingHTTPServer):
    """`pages` pages of `size` keys; `cursor` gives each key's id."""
    daemon_threads = True

    def __init__(self, pages, size, identifier):
        self.pages, self.size, self.identifier = pages, size, identifier
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet: apart, each page would wait for an acknowledgement that is late by design.
    wbufsize = -1

    def log_message(self, *_):
        pass

    def do_GET(self):
        after = [part[6:] for part in self.path.partition("?")[2].split("&") if part.startswith("after=")]
        page = int(after[0].rsplit("-", 1)[1]) + 1 if after else 0
        server = self.server
        # Oldest first has no list here: every load is read from one end.
        if "order=asc" in self.path:
            return self.send_error(500)
        records = [key(page * server.size + i, id=server.identifier(page, i)) for i in range(server.size)]
        body = json.dumps({
            "data": records, "has_more": page + 1 < server.pages, "last_id": server.identifier(page, server.size - 1)})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


SERVERS = {
    "tiny pages": (1, lambda page, row: f"{row}-{page}", 600),
    "tiny pages with long cursors": (1, lambda page, row: "c" * 1000 + f"{row}-{page}", 400),
    "pages of 100 keys": (100, lambda page, row: f"{row}-{page}", 100),
}


class Meter:
    def __init__(self, program):
        self.program = program

    def once(self, arguments, stdin):
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "APIKEYS_TOKEN": "t"}
        with open(stdin or os.devnull, "rb") as given, tempfile.TemporaryFile("w+") as complaints:
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            process = subprocess.run(
                [self.program, *arguments], stdin=given, stdout=subprocess.DEVNULL, stderr=complaints, env=environment, timeout=300)
            after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            if process.returncode not in (0, 1, 64, 65):
                complaints.seek(0)
                raise SystemExit(f"linear: {arguments}: status {process.returncode}: {complaints.read(500)}")
            return after - before

    def least(self, arguments, stdin=None, rounds=3):
        return min(self.once(arguments, stdin) for _ in range(rounds))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=float, default=PAIR)
    options = parser.parse_args()
    program = os.path.join(options.folder, "apikeys-tui")
    meter = Meter(program)
    failures = []
    shapes = 0
    print(f"| shape | n | at n (s) | at 2n (s) | ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "keys")
        commands = os.path.join(folder, "commands")

        def write(data):
            with open(path, "wb") as file:
                file.write(data)

        write(lines([key(0)]))
        nothing = meter.least(["list", "--from", path, "--format", "ndjson"], rounds=5)

        def judge(name, n, measure, largest=512):
            nonlocal shapes
            if options.only not in name:
                return
            shapes += 1
            scale = 1
            while True:
                one = max(measure(n * scale) - nothing, 0.001)
                # Too short to be measured: more of it.
                if one >= 0.05 or scale >= largest:
                    break
                scale *= 4
            two = max(measure(2 * n * scale) - nothing, 0.001)
            ratio = two / one
            if ratio > options.limit:
                # Once more: other work on the machine may have been in the way.
                ratio = min(ratio, (measure(2 * n * scale) - nothing) / max(measure(n * scale) - nothing, 0.001))
            # What takes no time at many times the length has nothing to grow.
            is_fine = ratio <= options.limit or two < 0.02
            print(f"| {name} | {n * scale:,} | {one:.3f} | {two:.3f} | {ratio:.2f}{'' if is_fine else ' !'} |", flush=True)
            if not is_fine:
                failures.append(name)

        for name, (make, n, arguments) in FILES.items():
            def measure(n):
                write(make(n))
                return meter.least(["list", "--from", path, *arguments])
            judge(name, n, measure)
        for name, (make, n) in ARGUMENTS.items():
            write(lines(key(i) for i in range(20_000)))
            judge(name, n, lambda n: meter.least(["list", "--from", path, "--format", "ndjson", *make(n)]), largest=1)
        for name, (make, n, said) in PLAIN.items():
            with open(commands, "w") as file:
                file.write("\n".join([*said, "quit", ""]))

            def measure(n):
                write(make(n))
                return meter.least(["--from", path, "--plain"], commands)
            judge(name, n, measure)
        for name, (size, identifier, n) in SERVERS.items():
            def measure(n):
                server = Server(n, size, identifier)
                address = f"http://127.0.0.1:{server.server_address[1]}"
                value = meter.least(["list", "--url", address, "--page-size", str(size), "--format", "tsv"])
                server.shutdown()
                server.server_close()
                return value
            judge(name, n, measure)
    print(f"\n{shapes} shapes, CPU in seconds of user time, start-up of {nothing:.3f} s taken off; limit {options.limit}")
    if failures:
        print("not linear: " + ", ".join(failures), file=sys.stderr)
        sys.exit(1)


main()
