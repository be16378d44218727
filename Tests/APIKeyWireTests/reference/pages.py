"""Documents made from a grammar, and what they hold by Python's reading of JSON: pages.py SEED COUNT

Prints a line for each: the document in base64, a tab, and what must be read from it. It is written from what the decoder
promises (PageDecoder, and docs/adr/0016), not from its code.

    document   = [BOM] blank (page | list | record | scalar) blank [damage]
    page       = "{" member* "}"   with "data": list among them, mostly; and has_more, last_id, total_pages, complete, any
    list       = "[" (record | value)* "]"
    record     = "{" field* "}"    each of the seven fields absent, right, of another type, kept, or twice; any other member
    kept       = {"not_understood": text, "bytes": number}, nearly
    value      = null | true | false | number | text | list of values | object of values
    number     = right ones of any size, among them 1e400 and 70 digits
    text       = '"' (letter | escape | surrogate pair | half of one | UTF-8 | not UTF-8 | control)* '"'
    name       = text, some of whose characters are written as \\uXXXX
    blank      = any of space, tab, line feed, carriage return
    damage     = one byte less, more or changed; the end cut off; something behind
"""
import base64, json, json.scanner, random, re, sys

FIELDS = ["id", "name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions"]
# An object that has a list in `data` and one of these is a page, whatever else it has.
PAGE_MARKS = ["has_more", "first_id", "last_id", "total_pages", "complete", "evidence"]
CATALOGUE = ["calls.create", "calls.view", "api_keys.create", "api_keys.view", "billing.view"]
LONGEST, MOST, LONGEST_LIST = 65536, 4096, 4 * 65536


class Grammar:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.spaced = self.odd = False

    def chance(self, percent): return self.random.random() * 100 < percent
    def pick(self, *choices): return self.random.choice(choices)

    def blank(self):
        return b"" if not self.spaced else bytes(self.random.choices(b" \t\n\r", k=self.random.randrange(3)))

    def letter(self):
        kind = self.random.randrange(14)
        if kind < 7: return bytes([self.random.choice(b"abcxyz0189-. {}[],:'")])
        if kind == 7: return self.pick(b'\\"', b"\\\\", b"\\/", b"\\b", b"\\f", b"\\n", b"\\r", b"\\t")
        if kind == 8: return b"\\u%04x" % self.random.choice([0, 0x1b, 0x41, 0xe9, 0x20ac, 0xd7ff, 0xe000, 0xffff])
        if kind == 9: return b"\\ud83d\\uDE00"
        if kind < 12: return self.pick("é", "€", "😀", "\x7f", "\u2028", "\ufeff").encode()
        if not self.odd: return b"_"
        if kind == 12: return self.pick(b"\\ud800", b"\\udfff", b"\\ud83dx", b"\\ude00\\ud83d")
        return self.pick(b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x01", b"\x1f", b"\n")

    def text(self):
        if self.odd and self.chance(0.3):
            size = LONGEST + self.pick(-1, 0, 1)
            return b'"' + self.pick(b"", b"\\n").ljust(size + self.pick(0, 1), b"x") + b'"'
        return b'"' + b"".join(self.letter() for _ in range(self.random.choice([0, 1, 2, 8, 30, 40]))) + b'"'

    def name(self, plain):
        if not self.chance(10): return json.dumps(plain).encode()
        return b'"' + b"".join(b"\\u%04x" % ord(c) if self.chance(40) else c.encode() for c in plain) + b'"'

    def number(self):
        return self.pick(b"0", b"-0", b"7", b"-12", b"1.5", b"1e5", b"2E-3", b"0.0e+0", b"1e400", b"-1e999999",
                         b"9" * 70, b"9223372036854775807", b"9223372036854775808", b"18446744073709551616")

    def value(self, depth=0):
        kind = self.random.randrange(7 if depth < 4 else 5)
        if kind == 0: return b"null"
        if kind == 1: return self.pick(b"true", b"false")
        if kind == 2: return self.number()
        if kind < 5: return self.text()
        if kind == 5: return self.listed([self.value(depth + 1) for _ in range(self.random.randrange(4))])
        return self.object([(self.text(), self.value(depth + 1)) for _ in range(self.random.randrange(4))])

    def deep(self):
        levels = self.random.choice([1, 63, 64, 65, 128, 300])
        opening = [self.pick(b"[", b'{"a":') for _ in range(levels)]
        return b"".join(opening) + self.value(9) + b"".join(b"]" if o == b"[" else b"}" for o in reversed(opening))

    def listed(self, items):
        return b"[" + self.blank() + (self.blank() + b"," + self.blank()).join(items) + self.blank() + b"]"

    def object(self, members):
        return b"{" + self.blank() + (self.blank() + b"," + self.blank()).join(
            name + self.blank() + b":" + self.blank() + value for name, value in members) + self.blank() + b"}"

    def kept(self):
        members = [(b'"not_understood"', self.text()), (b'"bytes"', self.pick(b"12", self.number()))]
        if self.chance(10): members.append(self.pick((b'"bytes"', b"7"), (b'"more"', self.value())))
        if self.chance(10): members.pop(0)
        return self.object(members)

    def field(self, field):
        if self.chance(4): return self.value()
        if self.chance(2): return self.kept()
        if self.chance(6): return b"null"
        if field == "restricted": return self.pick(b"true", b"false")
        if field in ("id", "creator_id") and self.chance(70):
            return b'"%08x-0000-4000-8000-%012x"' % (self.random.randrange(1 << 32), self.random.randrange(1 << 48))
        if field == "created_date": return self.pick(b'"2024-02-29T01:02:03Z"', b'"2024-02-29T01:02:03.5+01:00"', b'"soon"')
        if field == "last_four_digits": return self.pick(b'"ab12"', b'"abcde"', b'""', b'"\\u00e912"')
        if field != "permissions": return self.text()
        if self.odd and self.chance(1):
            return self.listed([b'"p%d"' % i for i in range(MOST + self.pick(-1, 0, 1))])
        names = [self.name(n) for n in CATALOGUE if self.chance(50)]
        if self.chance(30): names.append(self.text())
        if self.chance(20): self.random.shuffle(names)
        if self.chance(3): names.append(self.value())
        return self.listed(names)

    def record(self):
        if self.chance(3): return self.value()
        members = [(self.name(f), self.field(f)) for f in FIELDS if self.chance(92)]
        while self.chance(20): members.append((self.text(), self.deep() if self.chance(20) else self.value()))
        if self.chance(4): members.append((b'"data"', self.pick(b"[]", b"[7]", b'[{"id":"k"}]', b'{"id":"k"}')))
        while self.chance(8):
            field = self.pick(*FIELDS)
            members.insert(self.random.randrange(len(members) + 1), (self.name(field), self.field(field)))
        if self.chance(20): self.random.shuffle(members)
        return self.object(members)

    def records(self): return self.listed([self.record() for _ in range(self.random.randrange(6))])

    def page(self):
        members = [(self.name("data"), self.records())]
        if self.chance(90): members.append((self.name("has_more"), self.pick(b"true", b"false")))
        if self.chance(5): members.append((b'"has_more"', self.value()))
        if self.chance(70): members.append((self.name("last_id"), self.pick(b"null", self.text(), b'"k1"', self.number())))
        if self.chance(30): members.append((self.name("total_pages"), self.pick(b"9", self.number(), self.value())))
        if self.chance(10): members.append((b'"complete"', self.value()))
        if self.chance(6): members.append((b'"data"', self.pick(self.records(), self.value())))
        if self.chance(10): members.append((self.text(), self.value()))
        if self.chance(5): members.append((b'"id"', self.field("id")))
        if self.chance(40): self.random.shuffle(members)
        return self.object(members)

    def document(self):
        self.spaced, self.odd = self.chance(40), self.chance(40)
        kind = self.random.randrange(20)
        text = self.page() if kind < 12 else self.records() if kind < 15 else self.record() if kind < 19 else self.value()
        text = (b"\xef\xbb\xbf" if self.chance(3) else b"") + self.blank() + text + self.blank()
        if not self.chance(25): return text
        place, kind = self.random.randrange(len(text) + 1), self.random.randrange(5)
        if kind == 0: return text[:place]
        if kind == 1: return text[:place] + text[place + 1:]
        if kind == 2: return text[:place] + bytes([self.random.choice(b'"\\{}[],:0e-. \x00\x80tnu')]) + text[place:]
        if kind == 3: return text[:place] + bytes([self.random.randrange(256)]) + text[place + 1:]
        return text + self.pick(b"x", b"{}", b",", b"]", b"\x00")


class Node:
    """A value, and the JSON it was written as, in bytes."""

    def __init__(self, value, text): self.value, self.text = value, text

    @property
    def raw(self): return b"".join(bytes([ord(c) & 0xff]) if 0xdc00 <= ord(c) <= 0xdcff else c.encode() for c in self.text)


class Reader(json.JSONDecoder):
    """Python's json, with a Node for each member and element."""

    def __init__(self):
        def refuse(word): raise ValueError(word)
        # "-0" is no count of pages.
        super().__init__(strict=True, parse_constant=refuse, object_pairs_hook=Members,
                         parse_int=lambda n: -1 if n == "-0" else int(n))
        def noted(scan):
            def scan_noted(text, start):
                value, end = scan(text, start)
                return Node(value, text[start:end]), end
            return scan_noted
        def parse_object(at, strict, scan, hook, pairs_hook, memo=None, *rest):
            return json.decoder.JSONObject(at, strict, noted(scan), hook, pairs_hook, memo)
        def parse_array(at, scan, *rest): return json.decoder.JSONArray(at, noted(scan))
        self.parse_object, self.parse_array = parse_object, parse_array
        self.scan_once = json.scanner.py_make_scanner(self)


def parse(document):
    """The document by Python's json; what is no UTF-8, and controls that stand in texts, become lone surrogates."""
    text = document.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    text = re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: re.sub(r"[\x00-\x1f]", lambda c: chr(0xdc00 + ord(c[0])), m[0]), text, flags=re.S)
    return Reader().decode(text)


class Members(dict):
    """An object: the last member of a name counts; of `data`, the last list is known too."""

    def __init__(self, members):
        super().__init__(members)
        self.count = len(members)
        lists = [value.value for name, value in members if name == "data" and isinstance(value.value, list)]
        self.last_list = lists[-1] if lists else None

    def get(self, name): return self[name].value if name in self else None


def damaged(text): return any(0xd800 <= ord(c) <= 0xdfff for c in text)
def hexed(text): return text.encode().hex()
def shown(text): return "-" if text is None else "=" + hexed(text)


def repaired(node):
    """A text with U+FFFD for whatever is damaged in it."""
    text = re.sub(r"[\x00-\x1f]", "\ufffd", node.raw.decode("utf-8", "replace"))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", json.loads(text))


def odd(node):
    """What is kept of a field that is not understood: 200 characters of its JSON, and its length."""
    value = node.value
    if isinstance(value, Members) and value.count == 2 and set(value) == {"not_understood", "bytes"}:
        text, length = value["not_understood"].value, value["bytes"].value
        if (isinstance(text, str) and not damaged(text) and len(text.encode()) <= 1024
                and type(length) is int and 0 <= length < 1 << 63):
            return f"?{hexed(text[:200])}/{length}"
    return f"?{hexed(node.raw.decode('utf-8', 'replace')[:200])}/{len(node.raw)}"


def is_number(value): return isinstance(value, (int, float)) and not isinstance(value, bool)


def field(record, name):
    """One field as it is kept."""
    if name not in record: return "absent"
    node = record[name]
    value = node.value
    if value is None: return "-"
    if name == "restricted": return str(value) if isinstance(value, bool) else odd(node)
    if name == "id" and is_number(value): return "#" + hexed(node.text)
    if name == "permissions":
        if not isinstance(value, list) or len(value) > MOST: return odd(node)
        if any(not isinstance(n.value, str) for n in value): return odd(node)
        names = [repaired(n) for n in value]
        sizes = [len(n.encode()) for n in names]
        if any(size > LONGEST for size in sizes) or sum(sizes) > LONGEST_LIST: return odd(node)
        return ("~" if any(damaged(n.value) for n in value) else "") + "[" + ",".join(map(shown, names)) + "]"
    if not isinstance(value, str): return odd(node)
    text = repaired(node)
    if len(text.encode()) > LONGEST: return odd(node)
    return ("~" if damaged(value) else "") + shown(text)


def key(record):
    """One key, or None where it cannot be read."""
    if not isinstance(record, dict): return None
    fields = [field(record, name) for name in FIELDS]
    # No id: left out, null, of another type, too long, or empty.
    if fields[0] in ("absent", "-", "=") or fields[0].startswith("?"): return None
    return ":".join(fields)


def has_id(root):
    """Whether an object has some id, if an empty one."""
    return "id" in root and field(root, "id")[0] in "=#~"


def is_page(root):
    """Whether an object is a page: by its `data`, and by what only pages or only keys have where that is a list."""
    if "data" not in root: return False
    if root.last_list is None: return not has_id(root)
    if any(name in root for name in PAGE_MARKS): return True
    fields = [name for name in FIELDS if name in root]
    if all(key(record.value) is None for record in root.last_list): return not fields
    return not (has_id(root) and fields != ["id"])


def expected(document):
    try: root = parse(document)
    except (ValueError, RecursionError): return "refused"
    tail = ""
    if isinstance(root, list): kind, data = "array", root
    elif isinstance(root, dict) and is_page(root):
        data = root["data"].value
        if not isinstance(data, list): return "refused"
        if "has_more" in root and not isinstance(root.get("has_more"), bool): return "refused"
        last, total = field({"id": root["last_id"]}, "id") if "last_id" in root else "-", root.get("total_pages")
        last = last.replace("#", "=") if last[0] in "=#" and len(last) > 1 else "-"
        total = total if type(total) is int and 0 <= total < 1 << 63 else None
        kind = "page"
        tail = f" more={root.get('has_more')} last={last} total={total} cut={root.get('complete') is False}"
    elif isinstance(root, dict): kind, data = "record", [Node(root, "")]
    else: return "refused"
    keys = [key(record.value) for record in data]
    read = [k for k in keys if k is not None]
    return f"{kind}{tail} unreadable={len(keys) - len(read)} {';'.join(read)}"


if __name__ == "__main__":
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(20_000)
    grammar = Grammar(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        document = grammar.document()
        print(base64.b64encode(document).decode() + "\t" + expected(document))
