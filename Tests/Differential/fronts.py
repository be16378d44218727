"""The three ways in, driven for real: the dashboard in a pseudo-terminal, plain mode through pipes, and commands.

Each front does one action and gives what is said then; `sequence` makes a log of a whole sequence.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time

import sentences
from grammar import Plan
from history import ASKING
from world import World

KEYS = {"Enter": "\r", "Esc": "\x1b", "Space": " ", "PgDn": "\x1b[6~", "Ctrl-c": "\x03", "Down": "\x1b[B"}
PATIENCE = 30


class Stuck(Exception):
    pass


class Session:
    """What the fronts share: the program's surroundings and its exports."""

    def __init__(self, binary, world, plan, url):
        self.binary, self.world, self.plan, self.url = binary, world, plan, url
        self.folder = tempfile.mkdtemp(prefix="differential-")
        self.exports = 0
        # What the list of plain mode is: it does not repeat it.
        self.filter, self.order, self.marked = "", "newest first", False
        self.environment = {
            "HOME": self.folder, "APIKEYS_TOKEN": "differential-token", "LC_ALL": "C.UTF-8",
            # What the emulator knows: it lacks repeated characters and scrolling of xterm.
            "TERM": "linux",
            "PATH": "/usr/bin:/bin", "TZ": "UTC"}
        for name in ("ASAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def options(self):
        size = [] if self.plan.page_size is None else ["--page-size", str(self.plan.page_size)]
        return ["--url", self.url, *size]

    def named(self, text):
        """The text with a file name of its own in place of EXPORT."""
        if "EXPORT" not in text:
            return text, None
        self.exports += 1
        path = os.path.join(self.folder, re.sub(r".*EXPORT", f"export{self.exports}", text))
        return re.sub(r"EXPORT\.\w+", path, text), path

    def note_file(self, path, filter_text, marked=False):
        if path is None or not os.path.exists(path):
            return
        with open(path, encoding="utf-8") as file:
            text = file.read()
        evidence = None
        if os.path.exists(path + ".evidence.json"):
            with open(path + ".evidence.json", encoding="utf-8") as file:
                evidence = file.read()
        form = path.rsplit(".", 1)[1]
        lines = text.splitlines()
        rows = {"json": max(len(lines) - 2, 0), "csv": max(len(lines) - 1, 0)}.get(form, len(lines))
        self.world.note("file", format=form, text=text, rows=rows, filter=filter_text, evidence=evidence, marked=marked)

    def follow(self, kind, line, lines):
        """Takes note of a command that changes the question."""
        # An error about the server may come first: only one about the line itself refuses it.
        refused = any(re.match(r"Error: (Column|is is not|There is no|.* is not an? )", line) for line in lines[:1])
        if kind == "filter" and not refused:
            self.filter = line[7:]
        elif kind == "clear-filter":
            self.filter = ""
        elif kind == "sort" and not refused:
            # Of a list without keys nothing is said of its order.
            self.order = f"sorted by {line[5:]}".replace(":desc", " descending").replace("-", " ")
        elif kind == "order" and not refused:
            # A list that was sorted says so again where it still is.
            self.order = {"newest first": "oldest first", "oldest first": "newest first"}.get(self.order, "")
        for said in lines:
            match = re.match(r"Sorted by (.*)\.\Z", said)
            if match:
                self.order = f"sorted by {match[1].lower()}"

    def before(self, kind):
        """Lets the second pass before what asks the server again, so that times can tell the responses apart."""
        if kind in ASKING and self.world.log:
            while int(time.time()) <= int(self.world.log[-1]["t"]):
                time.sleep(0.02)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Dashboard(Session):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        # Of Debian, and not needed for anything else.
        import pyte
        self.screen = pyte.Screen(self.plan.columns, self.plan.rows)
        self.stream = pyte.ByteStream(self.screen)
        self.world.note("act", kind="start")
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(self.folder)
            os.execve(self.binary, [self.binary, "browse", "--no-color", *self.options()], self.environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", self.plan.rows, self.plan.columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)
        self.look(first=True)

    def pump(self, quiet):
        """Takes output until there is none for so many seconds."""
        deadline = time.time() + PATIENCE
        while select.select([self.terminal], [], [], quiet)[0]:
            try:
                data = os.read(self.terminal, 65_536)
            except OSError:
                raise Stuck("the program ended")
            if not data:
                raise Stuck("the program ended")
            self.stream.feed(data)
            if time.time() > deadline:
                raise Stuck("the screen does not come to rest")

    def settle(self, first=False):
        deadline = time.time() + PATIENCE
        while True:
            self.pump(0.06)
            rows = self.screen.display
            is_ready = rows[0].startswith("apikeys-tui") and rows[-1].strip()
            if is_ready and self.world.in_flight == 0 and not re.search(
                    "loading|reading again", rows[-1]):
                before = self.world.requests
                self.pump(0.05)
                if before == self.world.requests and self.world.in_flight == 0:
                    return
            if time.time() > deadline:
                raise Stuck("the program does not come to rest: " + rows[-1])

    def look(self, first=False, path=None):
        self.settle(first)
        rows = [row.rstrip() for row in self.screen.display]
        match = re.search(r"filter: (.*?)(?: {2,}|\Z)", rows[0])
        self.note_file(path, match[1] if match else "", self.marked)
        self.world.note("screen", rows=rows)

    def has_prompt(self):
        return self.screen.display[-2].startswith(sentences.PROMPTS)

    def last_act(self):
        return next((entry["kind"] for entry in reversed(self.world.log) if entry["e"] == "act"), None)

    def act(self):
        kind, keys = self.plan.dashboard_action(self.world)
        # A second Ctrl-C leaves the program.
        while kind == "ctrl-c" and self.last_act() == "ctrl-c":
            kind, keys = self.plan.dashboard_action(self.world)
        self.before(kind)
        path = None
        typed = []
        for key in keys:
            if key.startswith("text:"):
                text, found = self.named(key[5:])
                path = found or path
                typed.append(text)
            else:
                typed.append(KEYS.get(key, key))
        self.marked = (self.marked or kind in ("mark", "markall"))
        self.world.note("act", kind=kind, keys=typed)
        for index, text in enumerate(typed):
            os.write(self.terminal, text.encode())
            self.pump(0.03)
            if index == 0 and len(typed) > 1 and not self.has_prompt():
                # Refused, with a sentence: the rest would be taken for keys.
                break
        self.look(path=path)
        # A prompt that was not taken, for a mistake in what was typed.
        if self.has_prompt():
            os.write(self.terminal, b"\x03")
            self.look()

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.terminal)
        except OSError:
            pass
        super().close()


class Plain(Session):
    END = "Lists are normal."

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.world.note("act", kind="start")
        self.process = subprocess.Popen(
            [self.binary, "--plain", *self.options()], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=self.environment, cwd=self.folder)
        self.data = b""
        self.say("verbosity", "start")

    def lines(self):
        deadline = time.time() + PATIENCE
        end = (self.END + "\n").encode()
        while end not in self.data:
            if not select.select([self.process.stdout], [], [], max(deadline - time.time(), 0))[0]:
                raise Stuck("plain mode does not answer")
            data = os.read(self.process.stdout.fileno(), 65_536)
            if not data:
                raise Stuck("plain mode ended: " + self.data.decode(errors="replace")[-200:])
            self.data += data
        said, self.data = self.data.split(end, 1)
        return said.decode(errors="replace").splitlines()

    def say(self, line, kind, path=None):
        text = line if line == "verbosity" else f"{line}\nverbosity"
        self.process.stdin.write((text + "\n").encode())
        self.process.stdin.flush()
        lines = self.lines()
        self.follow(kind, line, lines)
        self.note_file(path, self.filter, self.marked)
        self.world.note("lines", lines=lines, filter=self.filter, order=self.order, after=kind)

    def act(self):
        kind, line = self.plan.plain_action(self.world)
        self.before(kind)
        line, path = self.named(line)
        self.marked = self.marked or kind == "mark"
        self.world.note("act", kind=kind, keys=[line])
        self.say(line, kind, path)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        super().close()


class Commands(Session):
    """`list`, `show` and `permissions`: each action is a run of its own."""

    def act(self):
        _, arguments = self.plan.run_action(self.world)
        path = None
        if "EXPORT.out" in arguments:
            self.exports += 1
            path = os.path.join(self.folder, f"export{self.exports}.out")
            arguments = [path if text == "EXPORT.out" else text for text in arguments]
        self.world.note("act", kind="run", keys=arguments)
        status, output, errors = self.run(arguments)
        out = None
        if path is not None:
            out = ""
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    out = file.read()
        self.world.note("run", argv=arguments, status=status, stdout=output, stderr=errors, out=out)

    def run(self, arguments):
        done = subprocess.run([self.binary, *arguments, *self.options()], capture_output=True, text=True,
                              env=self.environment, cwd=self.folder, timeout=PATIENCE * 2, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr


FRONTS = {"dashboard": Dashboard, "plain": Plain, "list": Commands}


def prepare(seed, front, clock=time.time):
    """The plan and the world of a sequence."""
    plan = Plan(seed, front)
    world = World(seed, plan.behaviour, clock)
    world.fill(plan.keys, plan.odd)
    for request, operation, after in plan.during:
        world.schedule(request, operation, after)
    return plan, world


def sequence(seed, front, binary, server):
    """The log of one sequence with the real program."""
    plan, world = prepare(seed, front)
    server.serve(world)
    session = None
    try:
        session = FRONTS[front](binary, world, plan, server.url)
        for _ in range(plan.length):
            for operation in plan.operations():
                world.operate(operation)
            session.act()
    except Stuck as problem:
        world.note("stuck", text=str(problem))
    finally:
        if session is not None:
            session.close()
    return plan, world.log
