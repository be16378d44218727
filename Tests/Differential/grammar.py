"""What can happen: servers, operations and user actions, all drawn from one seed."""

import random

from world import Behaviour

OPERATIONS = [
    ("add", 4), ("add-back-dated", 3), ("delete", 4), ("delete-cursor", 3), ("delete-last", 2), ("delete-first", 1),
    ("rename", 3), ("raise", 3), ("lower", 1), ("permissions", 2), ("redate", 1),
]
# Set to leave out records with odd fields: to look at everything else first.
EVEN = False
FILTERS = ["is:full", "is:new", "is:changed", "is:gone", "name:billing", "is:limited", "name:twin", "ledger"]
SORTS = ["name", "created", "last-four", "name:desc"]


def draw(source, weighted):
    return source.choices([item for item, _ in weighted], [weight for _, weight in weighted])[0]


class Plan:
    """One sequence: the server's kind, its size, what changes during requests, and what the user does."""

    def __init__(self, seed, front, length=None):
        source = random.Random(f"plan {seed} {front}")
        self.random = source
        self.front = front
        self.seed = seed
        self.keys = draw(source, [(0, 1), (1, 1), (source.randint(2, 12), 5), (source.randint(13, 60), 10)])
        self.odd = source.randint(1, 3) if source.random() < 0.12 else 0
        self.odd = 0 if EVEN else self.odd
        self.page_size = draw(source, [(None, 2), (3, 2), (5, 3), (8, 3), (20, 1)])
        self.columns = draw(source, [(160, 4), (100, 2), (130, 1)])
        self.rows = draw(source, [(24, 2), (40, 2), (70, 3)])
        self.behaviour = self.draw_behaviour()
        self.during = []
        for _ in range(draw(source, [(0, 3), (1, 3), (2, 2), (4, 1)])):
            self.during.append((source.randint(0, 12), draw(source, OPERATIONS), source.random() < 0.7))
        self.length = length or source.randint(4, 10)

    def draw_behaviour(self):
        source = self.random
        behaviour = Behaviour()
        behaviour.deleted_cursor = draw(source, [("remembers", 4), (404, 3), (410, 1), (400, 1), (422, 1), ("empty", 2)])
        for lie in draw(source, [((), 10), (("one",), 9), (("one", "two"), 3)]):
            kind = draw(source, [
                ("totals", 2), ("forgets", 3), ("hiccups", 3), ("cap", 3), ("early-end", 3), ("false-more", 2),
                ("empty-end", 3), ("repeats", 2), ("duplicates", 2), ("unstable", 2), ("order", 1), ("cursor", 1),
                ("null-last", 1), ("unreadable", 1),
            ])
            self.set(behaviour, kind)
        return behaviour

    def set(self, behaviour, kind):
        source = self.random
        some = source.randint(1, 6)
        match kind:
            case "totals":
                behaviour.with_totals, behaviour.false_totals = True, source.random() < 0.6
            case "forgets":
                behaviour.forgets = {some: source.choice([404, 410, 400, 422])}
                if source.random() < 0.3:
                    behaviour.forgets = {number: 404 for number in range(some, some + 12)}
            case "hiccups":
                count = draw(source, [(1, 4), (2, 1), (3, 2)])
                start = source.randint(0, 5)
                status = source.choice([429, 503])
                behaviour.hiccups = {start + number: (status, 0) for number in range(count)}
            case "cap": behaviour.cap, behaviour.cap_order = source.randint(1, 30), "desc"
            case "early-end": behaviour.early_end = {some, some + 3}
            case "false-more": behaviour.false_more = True
            case "empty-end": behaviour.empty_end = {some}
            case "repeats": behaviour.repeats = {some}
            case "duplicates": behaviour.duplicates = {some, some + 1}
            case "unstable": behaviour.unstable = True
            case "order": behaviour.ignores_order = True
            case "cursor": behaviour.ignores_cursor = True
            case "null-last": behaviour.null_last = True
            case "unreadable": behaviour.unreadable = {some: source.randint(1, 2)}

    def operations(self):
        """What the others do between two actions of the user."""
        count = draw(self.random, [(0, 4), (1, 4), (2, 2), (3, 1)])
        return [draw(self.random, OPERATIONS) for _ in range(count)]

    def text(self, world):
        """Something of a key, or of none."""
        keys = world.ordered()
        if not keys or self.random.random() < 0.15:
            return "none-such"
        record = self.random.choice(keys)
        field = self.random.choice(["last_four_digits", "name", "id"])
        value = record.get(field)
        return value if isinstance(value, str) and value else record["id"]

    def dashboard_action(self, world):
        """A list of keystrokes: named keys or `text:…`."""
        kind = draw(self.random, [
            ("down", 2), ("up", 1), ("pgdn", 2), ("G", 2), ("L", 3), ("r", 5), ("R", 4), ("filter", 4), ("sort", 2),
            ("mark", 2), ("go", 2), ("export", 2), ("order", 1), ("esc", 2), ("ctrl-c", 1), ("where", 1), ("time", 1),
            ("markall", 1),
        ])
        match kind:
            case "down": return kind, ["j"]
            case "up": return kind, ["k"]
            case "pgdn": return kind, ["PgDn"]
            case "filter": return kind, ["/", "text:" + self.random.choice(FILTERS), "Enter"]
            case "sort": return kind, [":", "text:sort " + self.random.choice(SORTS), "Enter"]
            case "mark": return kind, ["Space"]
            case "markall": return kind, ["*"]
            case "go": return kind, [":", "text:go " + self.text(world), "Enter"]
            case "export":
                return kind, ["x", "text:" + f"EXPORT.{self.random.choice(['json', 'ndjson', 'csv'])}", "Enter"]
            case "order": return kind, ["o"]
            case "esc": return kind, ["Esc"]
            case "ctrl-c": return kind, ["Ctrl-c"]
            case "where": return kind, ["w"]
            case "time": return kind, ["t"]
            case _: return kind, [kind]

    def plain_action(self, world):
        """A line to type."""
        kind = draw(self.random, [
            ("list", 3), ("more", 2), ("where", 3), ("refresh", 5), ("reread", 4), ("load-all", 3), ("filter", 4),
            ("clear-filter", 1), ("show", 3), ("sort", 1), ("last", 1), ("next", 1), ("mark", 1), ("pivot", 2),
            ("creators", 1), ("histogram", 1), ("order", 1), ("export", 2), ("go", 2),
        ])
        match kind:
            case "filter": return kind, f"filter {self.random.choice(FILTERS)}"
            case "sort": return kind, f"sort {self.random.choice(SORTS)}"
            case "show" | "go": return kind, f"{kind} {self.text(world)}"
            case "export": return kind, f"export EXPORT.{self.random.choice(['json', 'ndjson'])}"
            case _: return kind, kind

    def run_action(self, world):
        """Arguments of a command."""
        kind = draw(self.random, [("list", 6), ("show", 2), ("permissions", 1)])
        if kind == "show":
            return kind, ["show", self.text(world)]
        if kind == "permissions":
            return kind, ["permissions", "--format", "json"]
        arguments = ["list", "--format", self.random.choice(["ndjson", "json"])]
        if self.random.random() < 0.4:
            arguments += ["--filter", self.random.choice(["is:full", "name:billing", "is:limited", "ledger"])]
        if self.random.random() < 0.25:
            arguments += ["--sort", self.random.choice(SORTS)]
        if self.random.random() < 0.2:
            arguments += ["--limit", str(self.random.randint(1, 9))]
        if self.random.random() < 0.3:
            arguments += ["--order", "asc"]
        if self.random.random() < 0.5:
            arguments += ["--output", "EXPORT.out"]
        return kind, arguments
