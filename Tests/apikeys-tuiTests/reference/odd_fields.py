"""Keys with odd fields, and what must be left of them by Python's json.

    odd_fields.py make SEED            prints the keys, one a line, and nothing else
    odd_fields.py ids SEED             prints the id of each as it must be shown
    odd_fields.py check SEED FILE      compares an NDJSON export of them field by field; prints how many fields are equal
    odd_fields.py cells SEED FILE      the same for a CSV export, by Python's csv

Half of the keys are listed: a kind of odd field each. The others come from a grammar:

    record = an id, and each other field absent, null, usual, or a value; then any members that nobody reads, in any order
    value  = null | true | false | number | text | list of values | object of values
    number = of any size, 1e400 and 70 digits among them
    text   = letters, escapes, halves of surrogate pairs, UTF-8, bytes that are not UTF-8, U+2028, NBSP, joiners
"""
import csv, json, random, re, sys

FIELDS = ["id", "name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions"]
USUAL = {"name": b'"usual"', "created_date": b'"2024-02-29T01:02:03Z"', "last_four_digits": b'"ab12"',
         "creator_id": b'"00000000-0000-4000-8000-00000000000a"', "restricted": b"true", "permissions": b'["calls.view"]'}
LISTED = [
    ("name", None), ("name", b"null"), ("name", b'""'), ("name", b"5"), ("name", b'{"a":1}'), ("name", b"[]"),
    ("name", b"true"), ("name", b'"rocket \\ud83d"'), ("name", b'"' + b"n" * 70000 + b'"'), ("name", b'"caf\xe9"'),
    ("name", b'"a\x01b"'), ("name", b'"(no name)"'), ("name", b'"not understood: 5"'), ("name", b'"=1+1"'),
    ("created_date", None), ("created_date", b"null"), ("created_date", b"1709168523"), ("created_date", b'"yesterday"'),
    ("created_date", b'{"s":1}'), ("created_date", b'"2024-02-29"'), ("created_date", b'"2024-02-29 01:02"'),
    ("last_four_digits", None), ("last_four_digits", b"1234"), ("last_four_digits", b'""'), ("last_four_digits", b'"12345"'),
    ("creator_id", None), ("creator_id", b"7"), ("creator_id", b'{"id":"x"}'), ("creator_id", b'""'),
    ("creator_id", b'"00000000-0000-4000-8000-00000000000A"'), ("creator_id", b'"ABCDEF00-0000-4000-8000-00000000000a"'),
    ("restricted", None), ("restricted", b"null"), ("restricted", b'"yes"'), ("restricted", b"1"), ("restricted", b"[true]"),
    ("permissions", None), ("permissions", b"null"), ("permissions", b"{}"), ("permissions", b'"calls.view"'),
    ("permissions", b"[1]"), ("permissions", b'["calls.view",null]'), ("permissions", b"[[[[]]]]"),
    ("permissions", b'["x.\\udc00"]'), ("permissions", b"[" + b",".join(b'"p%d"' % n for n in range(5000)) + b"]"),
    ("quota", b"1e400"), ("quota", b"[" * 5000 + b"]" * 5000), ("quota", b'"\\ud83d"'), ("quota", b'"\xff"'), ("\\ud83d", b"1"),
    ("id", b"12"), ("id", b"1e400"), ("id", b"-0.50"), ("id", b'"ABCDEF00-0000-4000-8000-0000000000FF"'),
    ("id", b'"Abcdef01-0000-4000-8000-0000000000ff"'), ("id", b'"half \\udc00"'), ("id", b'"two words"'),
]


class Grammar:
    def __init__(self, seed): self.random = random.Random(seed)
    def pick(self, *choices): return self.random.choice(choices)

    def text(self):
        parts = [b"a", b"Z", b"7", b" ", b"\\n", b"\\u0041", b'\\"', b"\\\\", b"\\ud83d\\ude00", b"\\ud83d", b"\\udc00",
                 b"\xff", b"\xe2\x82", "é€😀".encode(), "\u2028".encode(), "\u00a0".encode(), b"\\u200d", b"\\u001b[31m", b",", b"'", b"="]
        return b'"' + b"".join(self.random.choices(parts, k=self.pick(0, 1, 4, 12))) + b'"'

    def value(self, depth=0):
        kind = self.random.randrange(7 if depth < 3 else 5)
        if kind == 0: return b"null"
        if kind == 1: return self.pick(b"true", b"false")
        if kind == 2: return self.pick(b"0", b"-12", b"1.5", b"1e400", b"9" * 70)
        if kind < 5: return self.text()
        if kind == 5: return b"[" + b",".join(self.value(depth + 1) for _ in range(self.random.randrange(4))) + b"]"
        return b"{" + b",".join(self.text() + b":" + self.value(depth + 1) for _ in range(self.random.randrange(4))) + b"}"

    def members(self, number):
        members = [("id", b'"gen-%d"' % number)]
        for field in FIELDS[1:]:
            kind = self.random.randrange(6)
            if kind == 0: continue
            members.append((field, b"null" if kind == 1 else self.value() if kind < 4 else USUAL[field]))
        while self.random.randrange(3) == 0: members.append((self.pick("quota", "owner", "x"), self.value()))
        self.random.shuffle(members)
        return members


def keys(seed):
    """The members of each key: (name as written between quotes, JSON in bytes)."""
    grammar, result = Grammar(seed), []
    for number, (field, value) in enumerate(LISTED):
        members = [("id", b'"odd-%d"' % number)] + [(f, USUAL[f]) for f in FIELDS[1:]]
        if field in FIELDS: members = [(f, v) for f, v in members if f != field]
        result.append(members + ([(field, value)] if value is not None else []))
    return result + [grammar.members(number) for number in range(len(LISTED))]


def line(members): return b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name, value in members) + b"}"


def text_of(raw):
    """A text with U+FFFD for what is damaged; None for any other value."""
    if not raw.startswith(b'"'): return None
    text = json.loads(re.sub(r"[\x00-\x1f]", "\ufffd", raw.decode("utf-8", "replace")))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def expected(name, raw):
    """The value of a field in an export."""
    odd = {"not_understood": raw.decode("utf-8", "replace")[:200], "bytes": len(raw)}
    if raw == b"null": return None
    if name == "restricted": return {b"true": True, b"false": False}.get(raw, odd)
    text = text_of(raw)
    if name == "id" and text is None: return float(raw)
    if name != "permissions": return text if text is not None and len(text.encode()) <= 65536 else odd
    if not raw.startswith(b"["): return odd
    # No name of these has a comma or a quote in it, unless it is of the grammar: those are read as a whole.
    try: names = json.loads(raw.decode("utf-8", "replace"), strict=False)
    except RecursionError: return odd
    if len(names) > 4096 or any(not isinstance(n, str) for n in names): return odd
    return [re.sub(r"[\ud800-\udfff\x00-\x1f]" if b"\\" not in raw else r"[\ud800-\udfff]", "\ufffd", n) for n in names]


def check(seed, path):
    rows = [json.loads(row) for row in open(path, encoding="utf-8")]
    made = keys(seed)
    assert len(rows) == len(made), f"{len(rows)} keys of {len(made)}"
    equal = 0
    for members, row in zip(made, rows):
        wanted = {name: expected(name, raw) for name, raw in members if name in FIELDS}
        assert set(row) == set(wanted), f"{line(members)[:300]}: {row}"
        for name in wanted:
            assert row[name] == wanted[name], f"{line(members)[:300]}: {name} is {row[name]!r}, not {wanted[name]!r}"
            equal += 1
    print(equal)


def unguarded(cell):
    """What docs/formats.md says of the apostrophe, backwards."""
    if re.fullmatch(r"'+(not understood: .*)?", cell, re.S): return cell[1:]
    return re.sub(r"(^|[,;|])([ '\u3000]*)'((?:[ '\u3000]*)(?:[=+\-@\"\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]))",
                  r"\1\2\3", cell)


def cells(seed, path):
    """Absent, empty, not understood and a value are four different cells."""
    made = keys(seed)
    rows = list(csv.reader(open(path, encoding="utf-8", newline="")))[1:]
    assert len(rows) == len(made)
    count = 0
    for members, row in zip(made, rows):
        fields = dict(members)
        value = expected("name", fields.get("name", b"null"))
        assert (row[1] == "") == (value is None), (row, value)
        if isinstance(value, dict): assert row[1].startswith("not understood: "), row
        elif value is not None: assert not row[1].startswith("not understood: "), row
        assert (row[1] == "'") == (value == ""), (row, value)
        if value == "not understood: 5": assert unguarded(row[1]) == value
        if value == "=1+1": assert row[1] == "'=1+1"
        count += 1
    print(count)


if __name__ == "__main__":
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(3000)
    what, seed = sys.argv[1], int(sys.argv[2])
    if what == "make": sys.stdout.buffer.write(b"\n".join(line(members) for members in keys(seed)) + b"\n")
    if what == "ids": print("\n".join(text_of(i) or i.decode() for i in (dict(members)["id"] for members in keys(seed))))
    if what == "check": check(seed, sys.argv[3])
    if what == "cells": cells(seed, sys.argv[3])
