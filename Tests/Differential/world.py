"""A server of the key list that changes under its reader, and the history of everything it was and said.

The world is a set of keys, a list of operations on them and a way of answering. Each operation and each response goes
to one log in the order it happened, so that a judge can tell what was true at any moment and what a client could know.
"""

import http.server
import json
import random
import socket
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime, timezone

WORDS = ["billing", "voice", "import", "export", "agent", "support", "ledger", "mobile", "router", "stats"]
PERMISSIONS = [
    "calls.create", "calls.view", "agents.view", "agents.update", "phones.view", "phones.import", "billing.view",
    "webhooks.create", "api_keys.view", "stats.view",
]
DAY = 86_400


def date_text(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Behaviour:
    """How this server answers. Without a change of these fields it is honest."""

    with_totals: bool = False
    false_totals: bool = False
    """What becomes of a cursor whose key was deleted: `remembers`, `empty`, or a status."""
    deleted_cursor: object = "remembers"
    forgets: dict = field(default_factory=dict)
    """{request: status}: a good cursor that is refused."""
    hiccups: dict = field(default_factory=dict)
    """{request: (status, Retry-After or None)}"""
    cap: int = 0
    """Keys that are given in the order `cap_order`; the rest is never told of."""
    cap_order: str = "desc"
    early_end: set = field(default_factory=set)
    """Requests whose response says `has_more: false` wherever it is."""
    false_more: bool = False
    """The last page says `has_more: true`; the page after it is empty."""
    empty_end: set = field(default_factory=set)
    """Requests answered with an empty last page in the middle of the list."""
    repeats: set = field(default_factory=set)
    """Requests answered with the page before once more."""
    duplicates: set = field(default_factory=set)
    """Requests whose page begins with a key given before."""
    unstable: bool = False
    """Keys of one date come in another order each time."""
    ignores_order: bool = False
    ignores_cursor: bool = False
    null_last: bool = False
    unreadable: dict = field(default_factory=dict)
    """{request: how many records without an id are added to the page}"""


class World:
    """Keys, their history, and responses. All access is under one lock."""

    def __init__(self, seed, behaviour, clock=time.time):
        self.random = random.Random(f"world {seed}")
        self.seed = seed
        self.behaviour = behaviour
        self.clock = clock
        self.lock = threading.RLock()
        self.log = []
        self.keys = {}
        self.places = {}
        self.number = 0
        self.requests = 0
        self.in_flight = 0
        self.scheduled = {}
        self.last_delivered = None
        self.last_page = None

    # The log.

    def note(self, event, **fields):
        with self.lock:
            entry = {"e": event, "seq": len(self.log), "t": self.clock(), **fields}
            self.log.append(entry)
            return entry

    # Keys and operations on them.

    def make_key(self, created):
        draw = self.random
        self.number += 1
        restricted = draw.random() < 0.6
        listed = sorted(draw.sample(PERMISSIONS, draw.randint(0, 4)))
        name = f"{draw.choice(WORDS)}-{self.number:03d}" if draw.random() > 0.08 else "twin-name"
        return {
            "id": f"{draw.getrandbits(32):08x}-0000-4000-8000-{self.number:012d}",
            "name": name,
            "created_date": date_text(created),
            "last_four_digits": f"{draw.choice('0123abcd')}{draw.choice('09af')}{draw.randint(0, 9)}e",
            "creator_id": f"{draw.randint(1, 4):08x}-0000-4000-9000-000000000000",
            "restricted": restricted,
            "permissions": listed if restricted else draw.choice([None, []]),
        }

    def put(self, record, operation):
        with self.lock:
            self.keys[record["id"]] = record
            self.places[record["id"]] = self.place(record)
            self.note("put", op=operation, key=dict(record))

    @staticmethod
    def place(record):
        # Keys without a date that can be read are the oldest.
        created = record.get("created_date")
        return (created if isinstance(created, str) and created[:1] == "2" else "", record["id"])

    def fill(self, count, odd=0):
        """`count` keys, at least three days old, some of one date; `odd` of them have a field that is not as usual."""
        now = int(self.clock())
        moments = []
        for _ in range(count):
            if moments and self.random.random() < 0.15:
                moments.append(moments[-1])
            else:
                # Far from a whole number of days, so that no age changes while it is looked at.
                days = self.random.randint(3, 700)
                moments.append(now - days * DAY - self.random.randint(7200, DAY - 7200))
        records = [self.make_key(moment) for moment in moments]
        for record in self.random.sample(records, min(odd, count)):
            self.make_odd(record)
        for record in records:
            self.put(record, "initial")

    def make_odd(self, record):
        field_name, value = self.random.choice([
            ("name", None), ("name", ""), ("name", 12), ("created_date", None), ("last_four_digits", None),
            ("creator_id", None), ("restricted", None), ("permissions", None), ("restricted", "yes"),
            ("created_date", "some day"), ("permissions", "all"), ("last_four_digits", 1234), ("name", ["a"]),
        ])
        if value is None and self.random.random() < 0.5:
            record.pop(field_name)
        else:
            record[field_name] = value

    def ordered(self, order="desc"):
        return sorted(self.keys.values(), key=World.place, reverse=order == "desc")

    def operate(self, operation):
        """One change by somebody else; does nothing where there is no key for it."""
        with self.lock:
            keys = self.ordered()
            moments = [World.place(key)[0] for key in keys if World.place(key)[0]]
            newest = max((datetime.fromisoformat(text[:-1] + "+00:00").timestamp() for text in moments),
                         default=self.clock() - 5 * DAY)
            if operation == "add":
                self.put(self.make_key(min(newest + self.random.choice([0, 60, 3600]), self.clock())), operation)
            elif operation == "add-back-dated":
                span = self.random.choice([1, 30, 900]) * DAY
                self.put(self.make_key(newest - self.random.randint(60, span)), operation)
            elif keys:
                self.change(operation, keys)

    def change(self, operation, keys):
        draw = self.random
        if operation.startswith("delete"):
            identifier = {
                "delete": draw.choice(keys)["id"],
                "delete-first": keys[0]["id"],
                "delete-last": keys[-1]["id"],
                "delete-cursor": self.last_delivered,
            }[operation]
            if self.keys.pop(identifier, None) is not None:
                self.note("delete", op=operation, id=identifier)
            return
        record = dict(draw.choice(keys[:8] if draw.random() < 0.5 else keys))
        if operation == "rename":
            if not isinstance(record.get("name"), str):
                return
            record["name"] = f"{draw.choice(WORDS)}-{record['name'][-3:]}x"
        elif operation == "raise":
            if record.get("restricted") is False:
                return
            record.update(restricted=False, permissions=draw.choice([None, []]))
        elif operation == "lower":
            record.update(restricted=True, permissions=sorted(draw.sample(PERMISSIONS, 2)))
        elif operation == "permissions":
            if record.get("restricted") is not True:
                return
            record["permissions"] = sorted(draw.sample(PERMISSIONS, draw.randint(0, 5)))
        elif operation == "redate":
            if not World.place(record)[0]:
                return
            moment = datetime.fromisoformat(record["created_date"][:-1] + "+00:00").timestamp()
            record["created_date"] = date_text(moment - draw.randint(1, 90) * DAY)
        if record != self.keys[record["id"]]:
            self.put(record, operation)

    def schedule(self, request, operation, after=True):
        """Does an operation right before or right after a request, counted from 0."""
        self.scheduled.setdefault((request, after), []).append(operation)

    # Responses.

    def answer(self, query):
        """(status, headers, body) for the parameters of a request."""
        with self.lock:
            self.in_flight += 1
            number = self.requests
            self.requests += 1
            for operation in self.scheduled.get((number, False), []):
                self.operate(operation)
            limit, order = int(query.get("limit", 50)), query.get("order", "desc")
            after = query.get("after")
            ask = self.note("ask", n=number, limit=limit, order=order, after=after)
            status, headers, page, lies = self.reply(number, limit, order, after)
            entry = self.note("answer", n=number, ask=ask["seq"], limit=limit, order=order, after=after, status=status,
                              lies=lies)
            if page is not None:
                records = page["data"]
                known = [record for record in records if isinstance(record, dict) and "id" in record]
                entry.update(records=[dict(record) for record in known], more=page["has_more"],
                             total=page.get("total_pages"),
                             unreadable=len(records) - len(known), other_end=self.other_end(order))
                if known:
                    self.last_delivered = known[-1]["id"]
                    self.last_page = page
                body = json.dumps(page).encode()
            else:
                body = json.dumps({"status": "error", "error_code": "any", "message": f"refused {status}"}).encode()
            for operation in self.scheduled.get((number, True), []):
                self.operate(operation)
            self.in_flight -= 1
            return status, headers, body

    def other_end(self, order):
        """The key that one request with the order reversed and limit 1 would give now."""
        rows = self.ordered("desc" if self.behaviour.ignores_order or order == "asc" else "asc")
        return rows[0]["id"] if rows else None

    def reply(self, number, limit, order, after):
        behaviour = self.behaviour
        if number in behaviour.hiccups:
            status, wait = behaviour.hiccups[number]
            return status, ({} if wait is None else {"Retry-After": str(wait)}), None, []
        lies = []
        rows = self.ordered("desc" if behaviour.ignores_order else order)
        if behaviour.ignores_order and order == "asc":
            lies.append("order")
        if behaviour.unstable:
            lies.append("unstable")
            shuffled = random.Random(f"{self.seed} {number}")
            rows.sort(key=lambda key: (World.place(key)[0], shuffled.random()), reverse=order == "desc")
        start = 0
        if after is not None and behaviour.ignores_cursor:
            lies.append("cursor")
        elif after is not None:
            start = self.start(number, rows, order, after)
            if isinstance(start, str):
                lies.append("empty-end")
                return 200, {}, self.page([], False, after), lies
            if start < 0:
                return -start, {}, None, []
            if number in behaviour.empty_end and start < len(rows):
                lies.append("empty-end")
                return 200, {}, self.page([], False, after), lies
            if number in behaviour.repeats and self.last_page is not None:
                return 200, {}, self.last_page, lies + ["repeat"]
        page = rows[start:start + limit]
        more = start + len(page) < len(rows)
        if behaviour.cap and order == behaviour.cap_order and start + limit >= behaviour.cap and (
                start + len(page) > behaviour.cap or more):
            page, more = rows[start:max(behaviour.cap, start)], False
            lies.append("cap")
        if more and number in behaviour.early_end:
            more = False
            lies.append("early-end")
        if not more and page and behaviour.false_more:
            more = True
            lies.append("false-more")
        if number in behaviour.duplicates and start > 0:
            page = [rows[self.random.randrange(start)]] + page
            lies.append("duplicate")
        data = list(page) + [{"name": "no id"}] * behaviour.unreadable.get(number, 0)
        result = self.page(data, more, page[-1]["id"] if page else None)
        if behaviour.with_totals:
            pages = -(-len(rows) // limit)
            result["total_pages"] = pages + self.random.randint(1, 9) if behaviour.false_totals else pages
            result["current_page"] = None if after else 1
        return 200, {}, result, lies

    def page(self, data, more, last):
        known = [record for record in data if isinstance(record, dict) and "id" in record]
        return {"data": data, "has_more": more, "first_id": known[0]["id"] if known else None,
                "last_id": None if self.behaviour.null_last else last}

    def start(self, number, rows, order, after):
        """The row after a cursor, `-status` where it is refused, `"end"` where it passes for the end."""
        behaviour = self.behaviour
        if number in behaviour.forgets:
            return -behaviour.forgets[number]
        for index, row in enumerate(rows):
            if row["id"] == after:
                return index + 1
        if after not in self.places:
            return -422
        if behaviour.deleted_cursor == "empty":
            return "end"
        if behaviour.deleted_cursor != "remembers":
            return -behaviour.deleted_cursor
        place = self.places[after]
        for index, row in enumerate(rows):
            if (World.place(row) < place) == (order == "desc"):
                return index
        return len(rows)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        query = {name: values[0] for name, values in urllib.parse.parse_qs(parts.query).items()}
        world = self.server.world
        status, headers, body = (404, {}, b"{}") if world is None else world.answer(query)
        lines = [f"HTTP/1.1 {status} any", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        # In one piece, so that no delay of the network adds up over thousands of requests.
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)

    def log_message(self, *_):
        pass


class Server:
    """HTTP on a free port of this machine; `world` may be changed between two sequences."""

    def __init__(self):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.world = None
        self.http.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def serve(self, world):
        self.http.world = world

    def close(self):
        self.http.shutdown()
        self.http.server_close()
