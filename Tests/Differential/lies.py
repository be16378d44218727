"""Planted lies: a story that is true in every word, and one change of it for each kind of statement.

The judge must find nothing in the story as it is, and each lie. The story is written by hand, for a server whose keys
are known; nothing of the program takes part.
"""

import collections
import copy
import hashlib
import json
import re

from fields import access, created, date_words
from oracle import Oracle
from world import Behaviour, World, date_text

START = 1_795_500_000
DAY = 86_400


class Story:
    """A server with twelve keys, a user, and an honest narrator."""

    def __init__(self):
        self.now = START
        self.world = World(7, Behaviour(), lambda: self.now)
        self.name = {}
        for index in range(12):
            self.put(index, name=f"key-{index:02d}", created_date=date_text(START - (10 + index) * DAY - 9000),
                     last_four_digits=f"{index:02d}ab", creator_id=f"{index % 3:08x}-0000-4000-9000-000000000000",
                     restricted=index % 4 != 0, permissions=["calls.view"] if index % 4 else [])
        self.tell()

    def put(self, index, **changes):
        identifier = f"{index:08x}-0000-4000-8000-000000000000"
        record = {**self.world.keys.get(identifier, {"id": identifier}), **changes}
        self.world.put(record, "story")

    def act(self, kind):
        self.now += 10
        self.world.note("act", kind=kind, keys=[kind])

    def ask(self, order="desc", after=None, limit=5):
        query = {"order": order, "limit": limit} | ({"after": after} if after else {})
        return json.loads(self.world.answer(query)[2])

    def walk(self, pages=9):
        """Reads the list, and asks for its other end; gives the records."""
        records, after = [], None
        for _ in range(pages):
            page = self.ask(after=after)
            records += page["data"]
            after = page.get("last_id")
            if not page["has_more"]:
                self.ask("asc", limit=1)
                break
        return records

    def clock(self):
        return date_text(self.now)[11:]

    # What an honest program would show.

    def cells(self, record):
        count = "all" if access(record) == "full" else str(len(record["permissions"]))
        days = (self.now - created(record)) // DAY
        return [f"{record['name']:<20}", f"{access(record):<7}", f"{count:>5}", f"{days} days ago   ",
                record["creator_id"][:8], f"{record['last_four_digits']:<9}"]

    def screen(self, label, records, status, message="", title="newest first", signs=(), held=None):
        rows = [f"apikeys-tui  127.0.0.1:1  {title}".ljust(160)]
        body = ["  " + "  ".join([f"{'Name':<20}", "Access ", "Perms", "Created        ", "Creator ", "Last four"])]
        for record in records:
            body.append(f"{dict(signs).get(record['name'], ' ')} " + "  ".join(self.cells(record)))
        first = records[0] if records else None
        detail = []
        if first:
            has = sum(other["creator_id"] == first["creator_id"] for other in held or records)
            detail = [f"Name      {first['name']}", f"Id        {first['id']}", f"Creator   {first['creator_id']}",
                      f"          has {has} keys", f"Created   {first['created_date'].replace('T', ' ')[:-1]} UTC",
                      f"Last four {first['last_four_digits']}", f"Access    {access(first)}: the permissions"]
        for index in range(20):
            left = body[index] if index < len(body) else ""
            rows.append(f"{left:<90}│ {detail[index] if index < len(detail) else ''}")
        self.world.note("screen", rows=rows + [message, status], label=label)

    def lines(self, label, lines, after="list", **fields):
        self.world.note("lines", lines=lines, after=after, label=label, filter=fields.get("filter", ""),
                        order=fields.get("order", "newest first"))

    def record_line(self, record, place, count):
        kind = "Full access" if access(record) == "full" else f"Limited, {len(record['permissions'])} permission"
        days = (self.now - created(record)) // DAY
        return (f"Key {place} of {count}: {record['name']}. {kind}. Created {date_words(created(record))}, {days} days "
                f"ago. Ends in {' '.join(record['last_four_digits'])}.")

    def document(self, records, complete, filter_text=""):
        lines = [json.dumps(record) for record in records]
        digest = hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
        evidence = {"source": "127.0.0.1:1", "fetched_at": date_text(self.now),
                    "filter": filter_text, "order": "desc", "requests": 4, "tool_version": "0", "sha256": digest}
        return ('{"data":[\n' + ",\n".join(lines) + '\n],"complete":' + json.dumps(complete)
                + f',"count":{len(records)},"evidence":{json.dumps(evidence)}' + "}\n")

    def run(self, label, argv, status, stdout="", stderr="", out=None):
        self.world.note("run", argv=argv, status=status, stdout=stdout, stderr=stderr, out=out, label=label)

    # The story.

    def tell(self):
        self.tell_first_read()
        self.tell_changes()
        self.tell_plain_mode()
        self.tell_failures()
        self.tell_commands()

    def tell_first_read(self):
        self.act("start")
        self.first = self.walk()
        self.screen("first", self.first, f"1 of 12  12 keys, complete at {self.clock()}")
        full = [record for record in self.first if access(record) == "full"]
        self.world.note("act", kind="filter", keys=["is:full"])
        self.screen("full", full, f"1 of 3  3 match of 12 searched  12 keys, complete at {self.clock()}",
                    title="filter: is:full  newest first", held=self.first)
        by_name = sorted(self.first, key=lambda record: record["name"], reverse=True)
        self.world.note("act", kind="sort", keys=["name:desc"])
        self.screen("sorted", by_name, f"1 of 12  12 keys, complete at {self.clock()}",
                    title="sorted by Name descending")
        text = self.document(full, True, "is:full")
        self.world.note("file", format="json", text=text, rows=3, filter="is:full", evidence=None, marked=False,
                        label="file")
        self.screen("wrote", self.first, f"1 of 12  12 keys, complete at {self.clock()}",
                    "Wrote 3 keys to /tmp/x.json, readable by you alone.")

    def tell_changes(self):
        whole = self.clock()
        self.put(20, name="key-20", created_date=date_text(START - 3 * DAY - 9000), last_four_digits="20ab",
                 creator_id="00000001-0000-4000-9000-000000000000", restricted=True, permissions=[])
        self.put(1, name="renamed-01")
        self.act("r")
        page = self.ask()
        rows = [page["data"][0]] + self.first
        self.screen("looked", rows, f"1 of 13  12 keys read whole at {whole}, 1 new at {self.clock()}, changed on the "
                    "server: press R to read it again", f"1 new key at {self.clock()}.", signs={"key-20": "+"})
        self.put(2, restricted=False, permissions=[])
        self.world.keys.pop("00000003-0000-4000-8000-000000000000")
        self.world.note("delete", op="story", id="00000003-0000-4000-8000-000000000000")
        self.act("R")
        self.second = self.walk()
        status = f"12 keys, complete at {self.clock()}"
        self.screen("differs", self.second, f"1 of 12  {status}",
                    "1 gone, 1 renamed, 1 raised to full access, 1 new.", signs={"key-20": "+"})
        self.world.note("act", kind="filter", keys=["is:changed"])
        changed = [record for record in self.second if record["name"] in ("renamed-01", "key-02")]
        self.screen("changed", changed, f"1 of 2  2 match of 12 searched  {status}",
                    title="filter: is:changed  newest first", held=self.second)
        self.world.note("act", kind="filter", keys=["is:new"])
        self.screen("new", self.second[:1], f"1 of 1  1 match of 12 searched  {status}",
                    title="filter: is:new  newest first", held=self.second)

    def tell_plain_mode(self):
        full = sum(access(record) == "full" for record in self.second)
        self.lines("plain", [f"12 keys, complete at {self.clock()}. {full} full access, {12 - full} limited."]
                   + [self.record_line(record, index + 1, 12) for index, record in enumerate(self.second[:10])]
                   + ["2 more keys. Type more, or another command."])
        first = self.second[0]
        self.lines("show", ["Key 1 of 12:", f"Name: {first['name']}.", "New.", "Access: limited to the permissions it lists.",
                            f"Created: {date_words(created(first))}, 03:30 UTC, 3 days ago.",
                            f"Last four: {' '.join(first['last_four_digits'])}.", "Keys of its creator: 5.",
                            f"Creator: {first['creator_id']}", f"Id: {first['id']}"], after="show")
        other = self.second[4]
        self.lines("show old", ["Key 5 of 12:", f"Name: {other['name']}.", f"Id: {other['id']}"], after="show")
        listed = sum("calls.view" in record["permissions"] for record in self.second)
        self.lines("pivot", [f"Permissions of 12 keys, complete at {self.clock()}.",
                             f"calls.view: {listed} keys list it, {full} through full access."], after="pivot")
        months = collections.Counter(date_words(created(record)).split(" ", 1)[1] for record in self.second)
        self.lines("months", [f"Keys created in each month, of 12 keys, complete at {self.clock()}. Months without keys "
                              "are left out."] + [f"{month}: {count} key{'s' * (count > 1)}." for month, count in
                                                  months.items()], after="histogram")
        self.lines("none", ["Error: No key has the id, name or last four nothing. Nothing was changed."], after="go")

    def tell_failures(self):
        self.world.behaviour.hiccups = {number: (503, 0) for number in range(self.world.requests + 1,
                                                                             self.world.requests + 4)}
        self.act("R")
        self.part = self.ask()["data"]
        for _ in range(3):
            self.world.answer({"order": "desc", "limit": 5, "after": self.part[-1]["id"]})
        self.screen("stopped", self.part, "1 of 5  stopped after 5: The server failed (503), press r to resume")
        self.act("order")
        page = self.ask("asc")
        self.screen("part", page["data"], "1 of 5  5 loaded, more on the server", title="oldest first")
        self.act("R")
        self.world.behaviour.unreadable = {self.world.requests: 1}
        self.walk()
        self.screen("unread", [], f"12 keys, not complete: 1 unreadable, at {self.clock()}",
                    "1 record could not be read (record 6: no id).")
        self.act("R")
        self.world.behaviour.cap = 5
        held = self.walk(1)
        self.screen("capped", held, "1 of 5  not complete: the other end of the list is another key")
        self.world.behaviour.cap = 0
        self.act("R")
        self.world.behaviour.duplicates = {self.world.requests + 1}
        self.walk()
        self.screen("twice", [], f"12 keys, complete at {self.clock()}",
                    "The server sent 1 key twice; each is shown once.")

    def tell_commands(self):
        self.act("run")
        records = self.walk()
        self.run("list", ["list", "--format", "json"], 0, stdout=self.document(records, True))
        self.act("run")
        self.walk()
        self.run("output", ["list", "--format", "ndjson", "--output", "x"], 0,
                 stderr=f"apikeys-tui: 12 keys, complete at {date_text(self.now)}.\n",
                 out="".join(json.dumps(record) + "\n" for record in records))
        self.act("run")
        self.walk()
        self.run("none found", ["show", "nothing"], 1,
                 stderr="apikeys-tui: No key has this id, name or last four: nothing. All 12 keys were searched.\n")
        self.act("run")
        self.walk()
        self.run("found", ["show", "key-05"], 0, stdout="Name:        key-05\nID:          "
                 "00000005-0000-4000-8000-000000000000\n")
        self.act("run")
        self.world.behaviour.hiccups = {number: (503, 0) for number in range(self.world.requests + 1,
                                                                             self.world.requests + 4)}
        page = self.ask()
        for _ in range(3):
            self.world.answer({"order": "desc", "limit": 5, "after": page["last_id"]})
        self.run("failed", ["list", "--format", "ndjson"], 69,
                 stderr="apikeys-tui: The server failed (503). Only 5 keys arrived, so nothing was written.\n")


def texts(old, new, where="rows"):
    """A lie that puts other words in place of the first ones that fit a pattern."""
    def lie(entry):
        if isinstance(entry[where], str):
            changed = re.sub(old, new, entry[where], count=1)
            assert changed != entry[where], (old, entry[where])
            entry[where] = changed
            return
        for index, row in enumerate(entry[where]):
            if re.search(old, row):
                entry[where][index] = re.sub(old, new, row, count=1)
                return
        raise AssertionError(f"{old} is nowhere in {entry[where]}")
    return lie


def swap(first, second):
    def lie(entry):
        rows = entry["rows"]
        left, right = rows[first][:90], rows[second][:90]
        rows[first], rows[second] = right + rows[first][90:], left + rows[second][90:]
    return lie


def without(index):
    def lie(entry):
        rows = entry["rows"]
        for place in range(index, 20):
            rows[place] = rows[place + 1][:90] + rows[place][90:]
    return lie


def field(name, value):
    def lie(entry):
        entry[name] = value
    return lie


# What is said, where in the story, the lie, and the kinds as which the judge may find it.
LIES = [
    ("a number of keys, one too high", "first", texts("12 keys, complete", "13 keys, complete"), ("complete",)),
    ("the time of completeness, moved to the look", "looked",
     texts(r"12 keys read whole at \S+, 1 new at (\S+), changed.*", r"12 keys, complete at \1"), ("complete",)),
    ("complete, over a part", "part", texts("5 loaded, more on the server", "5 keys, complete at 06:01:00Z"),
     ("complete",)),
    ("a part, one key too many", "part", texts("5 loaded", "6 loaded"), ("partial",)),
    ("more on the server, of a whole list", "first", texts("12 keys, complete.*", "12 loaded, more on the server"),
     ("partial",)),
    ("a key that is gone, still listed", "differs", texts(r"key-04 ", "key-03 "), ("row",)),
    ("a row left out", "first", without(4), ("rows",)),
    ("two rows in the wrong order", "first", swap(3, 4), ("order",)),
    ("two rows in the wrong order of a sort", "sorted", swap(3, 4), ("order",)),
    ("access in a row", "first", texts("limited      1", "full       all"), ("row",)),
    ("a name in a row", "first", texts("key-05", "key-55"), ("row",)),
    ("a number of permissions in a row", "first", texts("limited      1", "limited      2"), ("row",)),
    ("an age in a row", "first", texts("14 days ago", "24 days ago"), ("row",)),
    ("the last four in a row", "first", texts("05ab", "06ab"), ("row",)),
    ("a sign of newness", "first", texts(r"^  key-05", "+ key-05"), ("row sign",)),
    ("how many are new since", "looked", texts("1 new at", "2 new at"), ("looked_changed",)),
    ("that nothing changed, where a key came back renamed", "looked",
     texts(", changed on the server: press R to read it again", ""), ("looked",)),
    ("that something changed, where nothing did", "first",
     texts("complete at (\\S+)", "complete at \\1  changed on the server: press R to read it again"), ("changed",)),
    ("new keys in the message", "looked", texts("^1 new key at", "2 new keys at"), ("new_keys",)),
    ("no new keys, where there is one", "looked", texts("^1 new key at", "No new keys at"), ("new_keys",)),
    ("how many are gone", "differs", texts("1 gone", "2 gone"), ("differences",)),
    ("how many were renamed", "differs", texts("1 renamed", "2 renamed"), ("differences",)),
    ("how many were raised", "differs", texts("1 raised", "3 raised"), ("differences",)),
    ("differences, not said", "differs", texts("^1 gone, .*", ""), ("unsaid differences",)),
    ("nothing changed, where keys did", "differs", texts("^1 gone, .*", "Nothing changed."), ("no_differences",)),
    ("the number of is:changed", "changed", texts("2 match", "1 match"), ("matching",)),
    ("the number of is:new", "new", texts("1 match", "4 match"), ("matching",)),
    ("the number of a filter", "full", texts("3 match", "4 match"), ("matching",)),
    ("the number searched", "full", texts("of 12 searched", "of 11 searched"), ("matching",)),
    ("the number of rows", "first", texts("1 of 12", "1 of 11"), ("position",)),
    ("access in the detail", "first", texts("Access    full", "Access    limited"), ("detail",)),
    ("a date in the detail", "first", texts("Created   2026", "Created   2025"), ("detail",)),
    ("how many keys a creator has", "first", texts("has 4 keys", "has 5 keys"), ("creator's keys",)),
    ("why a load stopped", "stopped", texts("503", "404"), ("stopped",)),
    ("after how many it stopped", "stopped", texts("stopped after 5", "stopped after 7"), ("stopped",)),
    ("stopped by the user, who did nothing", "stopped", texts("stopped after 5: .*? \\(503\\)", "stopped after 5 by you"),
     ("stopped_by_you",)),
    ("another key at the other end, where it is the same", "first",
     texts("12 keys, complete.*", "not complete: the other end of the list is another key"), ("not_whole",)),
    ("complete, over a capped list", "capped", texts("not complete: .*", "5 keys, complete at 06:01:30Z"), ("complete",)),
    ("how many could not be read", "unread", texts("1 unreadable", "2 unreadable"), ("unreadable",)),
    ("complete, where a record could not be read", "unread", texts("not complete: 1 unreadable, at", "complete at"),
     ("complete",)),
    ("how many came twice", "twice", texts("sent 1 key", "sent 3 keys"), ("twice",)),
    ("how many were exported", "wrote", texts("Wrote 3", "Wrote 4"), ("wrote",)),
    ("an export's rows", "file", texts('"name": "key-04"', '"name": "key-40"', "text"), ("exported row",)),
    ("an export's digest", "file", texts('"sha256": "..', '"sha256": "zz', "text"), ("sha256",)),
    ("an export's number", "file", texts('"count":3', '"count":4', "text"), ("evidence count",)),
    ("an export's filter", "file", texts('"filter": "is:full"', '"filter": "is:limited"', "text"), ("evidence filter",)),
    ("an export's time", "file", texts('"fetched_at": "2026', '"fetched_at": "2027', "text"), ("evidence complete",)),
    ("plain mode's completeness", "plain", texts("12 keys, complete", "11 keys, complete", "lines"), ("complete",)),
    ("plain mode's access counts", "plain", texts("(\\d) full access, 8", r"\1 full access, 9", "lines"), ("access",)),
    ("plain mode's record", "plain", texts("Limited, 1 permission", "Full access", "lines"), ("row",)),
    ("plain mode's order", "plain", lambda entry: entry["lines"].insert(1, entry["lines"].pop(4)), ("order",)),
    ("plain mode's rest", "plain", texts("2 more keys", "20 more keys", "lines"), ("more",)),
    ("plain mode's detail", "show", texts("Last four: 2", "Last four: 3", "lines"), ("detail",)),
    ("plain mode's keys of a creator", "show", texts("creator: 5", "creator: 9", "lines"), ("creator's keys",)),
    ("plain mode's word of newness in a detail", "show old", lambda entry: entry["lines"].insert(2, "New."),
     ("row sign",)),
    ("plain mode's word of what changed", "show old",
     lambda entry: entry["lines"].insert(2, "Changed, added: calls.view."), ("granted_line",)),
    ("plain mode's change that is none", "show old",
     lambda entry: entry["lines"].insert(2, "Changed, name: key-04 -> key-04."), ("changed_line",)),
    ("records that could not be read, where all could", "plain", texts("^2 more keys.*",
     "Every key that can be read is loaded; 2 records could not be read.", "lines"), ("every_readable",)),
    ("a second reading that failed, where none did", "differs",
     texts("^1 gone, .*", "Reading again failed: The server failed (503)."), ("given_up",)),
    ("a second reading that the user stopped, who did not", "differs", texts("^1 gone, .*", "Stopped reading again."),
     ("given_up_by_you",)),
    ("the list of before, where another was read", "differs", texts("^1 gone, .*", "The list is still the one before."),
     ("list_stays",)),
    ("records that came again, where none did", "first", texts("12 keys, complete.*", "12 keys, not complete: a record "
     "came again among others, so the server's order is not stable and keys may be missing"), ("unstable",)),
    ("a second record, where there is none", "first", texts("12 keys, complete.*", "12 keys, not complete: records with "
     "the same id differ"), ("second_record",)),
    ("how many keys are of a month", "months", texts(r": \d+ keys?\.", ": 90 keys.", "lines"), ("month_line",)),
    ("keys without a date, where all have one", "months", lambda entry: entry["lines"].append("Without a date: 1 key."),
     ("undated_line",)),
    ("the holders of a permission", "pivot", texts("calls.view: \\d", "calls.view: 3", "lines"), ("pivot_line",)),
    ("no such key, which there is", "none", texts("four nothing", "four key-05", "lines"), ("no_such",)),
    ("complete in evidence, of a part", "list", texts('"complete":true', '"complete":false', "stdout"),
     ("evidence complete",)),
    ("a row left out of a command's output", "list", texts(r'\{"id": "00000005.*?\},\n', "", "stdout"),
     ("exported rows", "sha256", "evidence count")),
    ("a command's summary", "output", texts("12 keys", "11 keys", "stderr"), ("complete",)),
    ("nothing found, where a key is", "none found", field("argv", ["show", "key-05"]), ("show",)),
    ("found, where nothing is", "found", texts("key-05", "key-06", "stdout"), ("detail",)),
    ("exit code 0 of a part", "failed", field("status", 0), ("exit code",)),
    ("exit code 75, where nobody asked to wait", "failed", field("status", 75), ("exit code",)),
    ("a part on standard output of a failure", "failed", field("stdout", '{"id": "00000005"}\n'), ("partial output",)),
    ("how many arrived", "failed", texts("Only 5", "Only 6", "stderr"), ("only_arrived",)),
    ("the status of a failure", "failed", texts("503", "500", "stderr"), ("status",)),
    ("a sentence that nobody knows", "first", lambda entry: entry["rows"].__setitem__(-2, "All is well."),
     ("unknown sentence",)),
]


def plant():
    """(lies found, all lies, what is wrong in words)."""
    story = Story().world.log
    wrong = [f"the true story is called false: {item}" for item in Oracle(copy.deepcopy(story)).judge()]
    found = 0
    for what, label, lie, kinds in LIES:
        log = copy.deepcopy(story)
        entry = next(entry for entry in log if entry.get("label") == label)
        lie(entry)
        seen = [item for item in Oracle(log).judge() if item["seq"] == entry["seq"]]
        if any(item["kind"] in kinds for item in seen):
            found += 1
        else:
            wrong.append(f"not found: {what} ({label}); found instead: {[(i['kind'], i['why']) for i in seen]}")
    return found, len(LIES), wrong
