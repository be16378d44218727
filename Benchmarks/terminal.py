"""A program in a pseudo-terminal, timed: what a key costs until the last byte it caused, and how many bytes that is."""

import fcntl, os, pty, re, select, signal, struct, termios, time

import pyte


class Session:
    """One program at 120x40. Its queries get the replies of xterm: fzf waits half a second for a reply."""

    def __init__(self, argv, size=(120, 40), rate=None, stdin=None, home="/nonexistent"):
        self.size, self.rate, self.status = size, rate, None
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.total = 0
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            if stdin:
                os.dup2(os.open(stdin, os.O_RDONLY), 0)
            # No home: a sort order kept by one session must not greet the next, nor the user after the benchmark.
            environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.environ["PATH"],
                           "HOME": home}
            try:
                os.execvpe(argv[0], argv, environment)
            finally:
                os._exit(127)

    def take(self, timeout):
        """What was written within `timeout`, with its moment in `stamp`; it is not on the emulated screen yet."""
        if not select.select([self.fd], [], [], timeout)[0]:
            return b""
        try:
            chunk = os.read(self.fd, 1 << 16 if self.rate is None else 4096)
        except OSError:
            return b""
        self.stamp = time.perf_counter()
        if self.rate:
            time.sleep(len(chunk) / self.rate)
        self.total += len(chunk)
        self.reply_to(chunk)
        return chunk

    def read(self, timeout):
        """The same, and shown."""
        chunk = self.take(timeout)
        self.stream.feed(chunk)
        return chunk

    def reply_to(self, chunk):
        """Cursor position, modes and device attributes, where the program asks for them."""
        for query in re.findall(rb"\x1b\[(6n|\??(\d+)\$p|0?c)", chunk):
            if query[0] == b"6n":
                reply = b"\x1b[%d;%dR" % (self.screen.cursor.y + 1, self.screen.cursor.x + 1)
            elif query[1]:
                reply = b"\x1b[?%s;2$y" % query[1]
            else:
                reply = b"\x1b[?62;22c"
            os.write(self.fd, reply)

    def text(self):
        return "\n".join(self.screen.display)

    def until(self, wanted, since=None, limit=60):
        """Milliseconds since the start, or since a moment, until `wanted` (a text or a predicate) is on the screen."""
        holds = wanted if callable(wanted) else lambda text: wanted in text
        end = time.perf_counter() + limit
        since = since or self.began
        while time.perf_counter() < end:
            # Emulating takes longer than drawing: what comes meanwhile would be stamped late. So it waits for a pause.
            chunks, began = [], time.perf_counter()
            while time.perf_counter() - began < 0.3 and (chunk := self.take(0.02 if chunks else 0.5)):
                chunks.append((chunk, self.stamp))
            for chunk, stamp in chunks:
                self.stream.feed(chunk)
                if holds(self.text()):
                    for later, _ in chunks[chunks.index((chunk, stamp)) + 1:]:
                        self.stream.feed(later)
                    return (stamp - since) * 1000
        raise TimeoutError(f"{wanted!r} did not come; the screen is\n{self.text()}")

    def settle(self, quiet, first=1.0, since=None):
        """Reads until nothing comes for `quiet` s: (ms from `since` to the last byte or None, bytes, writes)."""
        since = since or time.perf_counter()
        last, chunks, writes = None, [], self.writes()
        while chunk := self.take(quiet if chunks else first):
            last = (self.stamp - since) * 1000
            chunks.append(chunk)
        writes = self.writes() - writes
        self.stream.feed(b"".join(chunks))
        return last, sum(map(len, chunks)), writes

    def writes(self):
        """How often the program has written anything, anywhere."""
        with open(f"/proc/{self.pid}/io") as counts:
            return next(int(line.split()[1]) for line in counts if line.startswith("syscw"))

    def press(self, keys, quiet=0.04, first=1.0):
        since = time.perf_counter()
        os.write(self.fd, keys)
        return self.settle(quiet, first, since)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        since = time.perf_counter()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return self.settle(0.04, 1.0, since)

    def held(self, key, seconds, columns, interval=1 / 30):
        """A key held: milliseconds from its last press until the first `columns` of the screen are as they stay, and
        until nothing more comes."""
        end = time.perf_counter() + seconds
        next_press = time.perf_counter()
        before, after = [], []
        while time.perf_counter() < end:
            before += after
            after = []
            os.write(self.fd, key)
            pressed = time.perf_counter()
            next_press += interval
            while (left := next_press - time.perf_counter()) > 0:
                if chunk := self.take(left):
                    after.append((chunk, self.stamp))
        while chunk := self.take(0.1):
            after.append((chunk, self.stamp))
        # Emulated afterwards: it takes longer than drawing.
        self.stream.feed(b"".join(chunk for chunk, _ in before))
        shown, settled = self.left(columns), pressed
        for chunk, stamp in after:
            self.stream.feed(chunk)
            if self.left(columns) != shown:
                shown, settled = self.left(columns), stamp
        return (settled - pressed) * 1000, ((after[-1][1] if after else pressed) - pressed) * 1000

    def left(self, columns):
        return [line[:columns] for line in self.screen.display]

    def memory(self):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def switches(self):
        """How often each of its threads has slept and woken."""
        counts = {}
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status") as status:
                counts[task] = next(int(line.split()[1]) for line in status if line.startswith("voluntary"))
        return counts

    def idle(self, seconds):
        """(bytes written, wake-ups) while nothing happens; a thread that ends meanwhile has woken once."""
        before, size, end = self.switches(), 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            size += len(self.read(left))
        after = self.switches()
        return size, sum(abs(after.get(task, count + 1) - count) for task, count in before.items())

    def quit(self, keys):
        """(milliseconds, exit status) from a key to the end of the process."""
        since = time.perf_counter()
        os.write(self.fd, keys)
        while True:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
                return (time.perf_counter() - since) * 1000, self.status
            self.read(0.0005)
            if time.perf_counter() - since > 20:
                raise TimeoutError("it did not end")

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
