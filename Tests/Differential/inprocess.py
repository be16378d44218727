"""Sequences whose program is another process that does one step at a time: the Swift tests, over a pair of pipes.

The server is the same as for the real program; time is ours, and requests wait until they are to be answered, so that
the server changes and the user acts between a request and its response.
"""

import json
import os
import re
import sys

import fronts
from history import ASKING

START = 1_795_500_000


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


class Pipe:
    """Commands go to standard output, replies come from standard input."""

    def __init__(self):
        self.output = os.fdopen(os.dup(1), "w", encoding="utf-8")
        # Whatever prints by mistake must not be taken for a command.
        os.dup2(2, 1)

    def call(self, command):
        self.output.write(json.dumps(command) + "\n")
        self.output.flush()
        if command["do"] == "done":
            return None
        line = sys.stdin.readline()
        if not line:
            raise EOFError("the program under test went away")
        return json.loads(line)


class InProcess(fronts.Session):
    """The dashboard and plain mode."""

    def __init__(self, pipe, front, clock, *arguments):
        super().__init__(None, *arguments)
        self.pipe, self.front, self.clock = pipe, front, clock
        self.random = self.plan.random
        self.line = ""
        self.world.note("act", kind="start")
        size = {} if self.plan.page_size is None else {"pageSize": self.plan.page_size}
        self.do("begin", front=front, url=self.url, columns=self.plan.columns, rows=self.plan.rows, **size)
        self.settle("start")

    def do(self, action, **fields):
        self.reply = self.pipe.call({"do": action, "now": self.clock.now, **fields})
        self.said = getattr(self, "said", []) + self.reply["lines"]
        return self.reply

    def note(self, kind, path=None):
        if self.front == "plain":
            lines, self.said = self.said, []
            self.follow(kind, self.line, lines)
            self.note_file(path, self.filter, self.marked)
            self.world.note("lines", lines=lines, filter=self.filter, order=self.order, after=kind)
        else:
            rows = [row.rstrip() for row in self.reply["rows"]]
            match = re.search(r"filter: (.*?)(?: {2,}|\Z)", rows[0])
            self.note_file(path, match[1] if match else "", self.marked)
            self.world.note("screen", rows=rows)

    def settle(self, kind, path=None):
        """Lets requests be answered until the program rests; now and then looks at the screen before that."""
        draw = self.random
        for _ in range(400):
            if not self.reply["waiting"]:
                break
            if self.front == "dashboard" and draw.random() < 0.15:
                self.world.note("screen", rows=[row.rstrip() for row in self.reply["rows"]])
            if draw.random() < 0.1:
                self.clock.now += 1
                self.world.operate(draw.choice(["add", "delete", "rename", "delete-cursor", "add-back-dated"]))
            if self.front == "dashboard" and kind != "start" and draw.random() < 0.02 and not self.reply["hasPrompt"]:
                self.world.note("act", kind="ctrl-c", keys=["Ctrl-c"])
                self.do("press", keys=["Ctrl-c"])
                continue
            self.do("answer")
        else:
            raise fronts.Stuck("400 requests, and no end")
        self.note(kind, path)
        if self.reply["isCountingDown"] and draw.random() < 0.5:
            self.clock.now += 60
            self.do("wake")
            self.settle(kind)

    def act(self):
        self.clock.now += self.random.choice([1, 2, 30, 900])
        if self.front == "plain":
            kind, line = self.plan.plain_action(self.world)
            self.line, path = self.named(line)
            self.marked = self.marked or kind == "mark"
            self.world.note("act", kind=kind, keys=[self.line])
            self.do("line", text=self.line)
        else:
            kind, keys = self.plan.dashboard_action(self.world)
            path = self.press(kind, keys)
        if self.reply["hasEnded"]:
            raise EOFError
        self.settle(kind, path)
        if self.reply["hasPrompt"]:
            self.do("press", keys=["Ctrl-c"])
            self.settle("escape")

    def press(self, kind, keys):
        path = None
        self.marked = self.marked or kind in ("mark", "markall")
        self.world.note("act", kind=kind, keys=keys)
        for key in keys:
            if key.startswith("text:"):
                if not self.reply["hasPrompt"]:
                    # Refused, with a sentence: the rest would be taken for keys.
                    break
                text, path = self.named(key[5:])
                self.do("type", text=text)
            else:
                self.do("press", keys=[key])
        return path

    def close(self):
        self.pipe.call({"do": "end", "now": self.clock.now})
        super().close()


class InProcessCommands(fronts.Commands):
    """`list`, `show` and `permissions`, run inside the process."""

    def __init__(self, pipe, clock, *arguments):
        super().__init__(None, *arguments)
        self.pipe, self.clock = pipe, clock
        self.token = os.path.join(self.folder, "token")
        with open(os.open(self.token, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write("differential-token\n")

    def run(self, arguments):
        reply = self.pipe.call({"do": "run", "now": self.clock.now,
                                "keys": [*arguments, *self.options(), "--token-file", self.token]})
        return reply["status"], reply["output"], reply["errors"]


def sequence(seed, front, pipe, server):
    """The log of one sequence in the other process."""
    clock = Clock()
    # Commands read the true time.
    plan, world = fronts.prepare(seed, front, fronts.time.time if front == "list" else clock)
    server.serve(world)
    session = None
    try:
        if front == "list":
            session = InProcessCommands(pipe, clock, world, plan, server.url)
        else:
            session = InProcess(pipe, front, clock, world, plan, server.url)
        for _ in range(plan.length):
            for operation in plan.operations():
                world.operate(operation)
            session.act()
    except fronts.Stuck as problem:
        world.note("stuck", text=str(problem))
    except EOFError as ending:
        if str(ending):
            raise
    finally:
        if session is not None:
            session.close()
    return plan, world.log
