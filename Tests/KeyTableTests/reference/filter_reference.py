"""An independent reading of docs/filter-language.md, one key at a time.

Standard input: {"now": seconds, "keys": [...], "filters": [...]}; standard output: for each filter the list of rows.
"""
import calendar
import fnmatch
import json
import re
import sys
import time

TOKEN = re.compile(
    r'\s*(?:(?P<bar>\|)|(?P<open>\()|(?P<close>\))|(?P<not>[-!])(?=[^\s|)])'
    r'|(?P<field>[a-z0-9]+)(?P<op>:=|!=|>=|<=|[:=<>])|(?P<comma>,)'
    r'|"(?P<quoted>(?:\\.|[^"\\])*)"|/(?P<regex>(?:\\.|[^/])+)/(?P<flag>i?)|(?P<word>[^\s()|"]+))')
UNITS = {"h": 3600, "d": 86400, "w": 604800, "mo": 2592000, "y": 31536000}


def text_test(kind, source, whole):
    if kind in ("regex", "regex/i"):
        # Exact about case unless an i follows.
        compiled = re.compile(source, re.S | (re.I if kind == "regex/i" else 0))
        return lambda t: compiled.search(t) is not None
    smart = source if source != source.lower() else None
    wanted = smart or source.lower()
    view = (lambda t: t) if smart else str.lower
    if kind == "word" and source.startswith("~"):
        letters = wanted[1:]

        def fuzzy(t):
            rest = iter(view(t))
            return all(c in rest for c in letters)
        return fuzzy
    if kind == "word" and ("*" in source or "?" in source):
        compiled = re.compile(fnmatch.translate(wanted.replace("[", "[[]")))
        return lambda t: compiled.match(view(t)) is not None
    return (lambda t: view(t) == wanted) if whole else (lambda t: wanted in view(t))


def access(k):
    return {True: "limited", False: "full", None: "unknown"}[k["restricted"]]


def span(value, now):
    if ".." in value:
        a, b = value.split("..")
        return span(a, now)[0], span(b, now)[1]
    day = now // 86400 * 86400
    if value == "today":
        return day, day + 86400
    if value == "yesterday":
        return day - 86400, day
    if "T" in value:
        start = calendar.timegm(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ"))
        return start, start + 1
    parts = [int(p) for p in value.split("-")]
    start = calendar.timegm((*parts, *[1] * (3 - len(parts)), 0, 0, 0))
    parts[-1] += 1
    if len(parts) == 3:
        return start, start + 86400
    if len(parts) == 2 and parts[1] == 13:
        parts = [parts[0] + 1, 1]
    return start, calendar.timegm((*parts, *[1] * (3 - len(parts)), 0, 0, 0))


def compare(op, a, b):
    return {":": a == b, "=": a == b, ":=": a == b, ">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b}[op]


def field_test(name, op, kind, value, now):
    if op == "!=":
        op = "="
    if name in ("name", "id", "creator", "last4", "perm"):
        fits = text_test(kind, value, op != ":")
        if name == "perm":
            can = op != ":="
            return lambda k: (can and access(k) == "full") or any(map(fits, k["permissions"] or []))
        return lambda k: k[name] is not None and fits(k[name])
    if name == "restricted":
        name, value = "access", {"yes": "limited", "no": "full", "unknown": "unknown"}[value]
    if name in ("access", "is"):
        return lambda k: access(k) == value
    if name == "has":
        column = {"access": "restricted", "perms": "permissions"}.get(value, value)
        return lambda k: k[column] not in (None, "") or (column not in ("name",) and k[column] is not None)
    if name == "perms":
        return lambda k: access(k) != "full" and k["permissions"] is not None and compare(
            op, len(set(k["permissions"])), int(value))
    if name == "age":
        count, unit = re.fullmatch(r"(\d+)([a-z]+)", value).groups()
        count, unit = int(count), UNITS[unit]
        if op in (":", "=", ":="):
            return lambda k: k["created"] is not None and (now - k["created"]) // unit == count
        return lambda k: k["created"] is not None and compare(op, now - k["created"], count * unit)
    start, end = span(value, now)
    low, high = {"<": (None, start), "<=": (None, end), ">": (end, None), ">=": (start, None)}.get(op, (start, end))
    return lambda k: k["created"] is not None and (low is None or k["created"] >= low) and (
        high is None or k["created"] < high)


class Parser:
    def __init__(self, text, now):
        self.text, self.at, self.now = text.rstrip(), 0, now

    def peek(self):
        return TOKEN.match(self.text, self.at) if self.at < len(self.text) else None

    def take(self):
        token = self.peek()
        self.at = token.end()
        return token

    def any(self):
        options = [self.all()]
        while (t := self.peek()) and t["bar"]:
            self.take()
            options.append(self.all())
        return lambda k: any(o(k) for o in options)

    def all(self):
        terms = []
        while (t := self.peek()) and not t["bar"] and not t["close"]:
            terms.append(self.term())
        return lambda k: all(t(k) for t in terms)

    def term(self):
        token = self.take()
        if token["not"]:
            inner = self.term()
            return lambda k: not inner(k)
        if token["open"]:
            inner = self.any()
            self.take()
            return inner
        if token["field"]:
            return self.values(token["field"], token["op"])
        kind, value = self.content(token)
        fits = text_test(kind, value, False)
        return lambda k: any(k[c] is not None and fits(k[c]) for c in ("name", "id", "creator", "last4")) or any(
            map(fits, k["permissions"] or []))

    @staticmethod
    def content(token):
        if token["quoted"] is not None:
            return "quoted", re.sub(r'\\(["\\])', r"\1", token["quoted"])
        if token["regex"] is not None:
            return "regex/i" if token["flag"] else "regex", token["regex"].replace("\\/", "/")
        return "word", token["word"]

    def values(self, name, op):
        tests = []
        while True:
            quoted = re.compile(r'"((?:\\.|[^"\\])*)"').match(self.text, self.at)
            regex = re.compile(r"/((?:\\.|[^/])+)/(i?)").match(self.text, self.at)
            found = quoted or regex or re.compile(r'[^\s()|",]+').match(self.text, self.at)
            self.at = found.end()
            if quoted:
                kind, value = "quoted", re.sub(r'\\(["\\])', r"\1", found[1])
            elif regex:
                kind, value = "regex/i" if found[2] else "regex", found[1].replace("\\/", "/")
            else:
                kind, value = "word", found[0]
            tests.append(field_test(name, op, kind, value, self.now))
            if self.text[self.at:self.at + 1] != ",":
                break
            self.at += 1
        inner = lambda k: any(t(k) for t in tests)
        return (lambda k: not inner(k)) if op == "!=" else inner


request = json.load(sys.stdin)
answers = []
for source in request["filters"]:
    test = Parser(source, request["now"]).any()
    answers.append([row for row, k in enumerate(request["keys"]) if test(k)])
json.dump(answers, sys.stdout)
