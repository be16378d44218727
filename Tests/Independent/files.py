#!/usr/bin/env python3
"""Makes files of keys in the forms that tools save, reads them with Python's own decoders, and compares what
`apikeys-tui list --from` prints.

    files.py PROGRAM --seed N --count N [--folder DIR]

The grammar: a file is documents one after another with a gap between; a document is a key, a page, a list of keys, or a list
of pages and keys, dumped by json with some indent, separators and ensure_ascii; then an encoding; then maybe gzip, in one or
more members.
"""
import argparse, codecs, gzip, json, os, random, subprocess, sys, tempfile

GAPS = ["\n", "\n", "", " ", "\r\n", "\n\n", "\n \t\n", "\ufeff", "\n\ufeff"]
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-16-be-mark"]
LETTERS = list("abcXYZ019 _-.{}[]:,\"\\/\n\t") + ["é", "漢", "🔑", "\u0301", "\u202e", "\u2028"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.number = 0

    def key(self):
        self.number += 1
        name = "".join(self.random.choices(LETTERS, k=self.random.randrange(8))) + f"-{self.number}"
        key = {"id": f"{self.number:08x}-0000-4000-8000-000000000000", "name": name, "created_date": "2025-03-01T08:00:00Z",
               "last_four_digits": "00ff", "creator_id": "00000000-0000-4000-8000-000000000001",
               "restricted": self.random.random() < 0.5, "permissions": ["calls.view"]}
        if self.random.random() < 0.3: key["note"] = [1.5e3, {"data": [[]]}, "}]\"\\"]
        items = list(key.items())
        if self.random.random() < 0.3: self.random.shuffle(items)
        return dict(items)

    def keys(self): return [self.key() for _ in range(self.random.randrange(4))]

    def page(self):
        page = {"data": self.keys(), "has_more": self.random.random() < 0.6, "last_id": "x"}
        if self.random.random() < 0.2: del page["has_more"]
        items = list(page.items())
        self.random.shuffle(items)
        return dict(items)

    def document(self, kind):
        if kind == "mixed": kind = self.random.choice(["key", "page", "keys", "pages"])
        if kind == "key": return self.key()
        if kind == "page": return self.page()
        if kind == "keys": return self.keys() or [self.key()]
        return [self.page() if self.random.random() < 0.7 else self.key() for _ in range(1 + self.random.randrange(3))]

    def file(self):
        r = self.random
        kind = r.choice(["key", "key", "page", "keys", "pages", "mixed"])
        layout = {"indent": r.choice([None, None, 1, 2, "\t"]), "ensure_ascii": r.random() < 0.5,
                  "separators": r.choice([None, (",", ":"), (" , ", " : ")])}
        if layout["indent"] and layout["separators"] == (" , ", " : "): layout["separators"] = (",", ": ")
        gap = r.choice(GAPS + [None])
        text = ""
        for index in range(1 + r.randrange(10)):
            if index: text += r.choice(GAPS) if gap is None else gap
            text += json.dumps(self.document(kind), **layout)
        if r.random() < 0.5: text += r.choice(["\n", "\r\n", " \n"])
        if r.random() < 0.2: text = text.replace("\n", "\r\n").replace("\r\r", "\r")
        encoding = r.choice(ENCODINGS)
        data = (codecs.BOM_UTF16_BE + text.encode("utf-16-be")) if encoding == "utf-16-be-mark" else text.encode(encoding)
        if r.random() < 0.25:
            cut = r.randrange(len(data) + 1)
            data = gzip.compress(data[:cut]) + gzip.compress(data[cut:])
        return data


# The reader knows nothing of how a file was made.

def text_of(data):
    if data[:2] == b"\x1f\x8b": data = gzip.decompress(data)
    if data[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE): return data.decode("utf-32")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE): return data.decode("utf-16")
    if data[:1] == b"\0": return data.decode("utf-16-be")
    if data[1:2] == b"\0": return data.decode("utf-16-le")
    return data.decode("utf-8")


def documents(text):
    decoder, place = json.JSONDecoder(), 0
    while True:
        while place < len(text) and text[place] in " \t\r\n\ufeff": place += 1
        if place == len(text): return
        value, place = decoder.raw_decode(text, place)
        yield value


def read(data):
    """The keys, and whether they are all by the last page; None if that is not stated."""
    keys, whole, ends = [], None, 0

    def take(value):
        nonlocal whole, ends
        if isinstance(value, list):
            for item in value: take(item)
        elif "id" in value:
            keys.append(value)
        else:
            for item in value["data"]: take(item)
            whole = None if "has_more" not in value else not value["has_more"]
            ends += whole is True

    for value in documents(text_of(data)): take(value)
    # Two lists that end, in one file, may be of two times.
    return keys, None if whole and ends > 1 else whole


FIELDS = ["id", "name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--lie", action="store_true", help="drop a key from what is expected: every file must then be wrong")
    options = parser.parse_args()
    folder = tempfile.mkdtemp()
    path, wrong, kinds = os.path.join(folder, "saved.json"), 0, {True: 0, False: 0, None: 0}
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
    for number in range(options.count):
        data = Maker(options.seed * 100_003 + number).file()
        keys, whole = read(data)
        kinds[whole] += 1
        expected = [{field: key[field] for field in FIELDS} for key in keys]
        if options.lie and expected: del expected[-1]
        with open(path, "wb") as file: file.write(data)
        run = subprocess.run([options.program, "list", "--from", path, "--format", "json", "--allow-partial"],
                             capture_output=True, env=environment, timeout=60)
        try:
            found = json.loads(run.stdout)
            status = 65 if whole is False and keys else 0 if keys else run.returncode
            right = found["data"] == expected and found["complete"] is whole and run.returncode == status
        except (ValueError, KeyError):
            # A part without a key is refused, and prints nothing.
            right = not expected and run.returncode == 65
        if not right:
            wrong += 1
            if wrong <= 3: print(f"seed {options.seed}, file {number}: {len(expected)} keys, complete {whole}; "
                                 f"exit {run.returncode}, {run.stderr[:200]!r}, {run.stdout[:300]!r}", file=sys.stderr)
    print(f"{options.count} files, {kinds[True]} complete, {kinds[False]} parts, {kinds[None]} unknown, {wrong} wrong")
    for name in os.listdir(folder): os.unlink(os.path.join(folder, name)) if os.path.isfile(os.path.join(folder, name)) else None
    sys.exit(1 if wrong else 0)


main()
