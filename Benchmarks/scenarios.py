"""What is measured, each figure a list with one value a round. Ours and the baselines are interleaved in every round."""

import os, re, shutil, socket, sqlite3, subprocess, threading, time, urllib.request

from terminal import Session

DOWN, PAGE_DOWN = b"\x1bOB", b"\x1b[6~"


class Figures(dict):
    def add(self, name, value):
        if value is not None:
            self.setdefault(name, []).append(value)


class Programs:
    """Where everything is, and the servers that respond."""

    def __init__(self, tui, bench, server, data):
        self.tui, self.bench, self.server, self.data = tui, bench, server, data
        self.fzf = shutil.which("fzf")
        self.lnav = shutil.which("lnav")
        self.servers = {}

    def serve(self, count):
        """The port of a static server with this many keys."""
        if count not in self.servers:
            process = subprocess.Popen([self.bench, "serve", str(count)], stdout=subprocess.PIPE, text=True)
            self.servers[count] = (process, int(process.stdout.readline()))
        return self.servers[count][1]

    def stop(self, count):
        process, _ = self.servers.pop(count, (None, 0))
        if process:
            process.terminate()
            process.wait()

    def dashboard(self, *options, **pty):
        return Session([self.tui, *options], **pty)

    def on_server(self, count, *options, **pty):
        return self.dashboard("--url", f"http://127.0.0.1:{self.serve(count)}", *options, **pty)

    def on_file(self, count, *options, **pty):
        return self.dashboard("--from", f"{self.data}/keys-{count}.ndjson", *options, **pty)

    def fuzzy(self, count, **pty):
        return Session([self.fzf, "--exact", "--no-sort", "--layout=reverse"], stdin=f"{self.data}/rows-{count}.txt", **pty)

    def less(self, count, **pty):
        return Session(["less", "-S", f"{self.data}/rows-{count}.txt"], **pty)


class SilentServer:
    """Accepts connections and sends nothing: what is on the screen before the network responds."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.held = []
        threading.Thread(target=self.take, daemon=True).start()
        return self

    def take(self):
        while True:
            try:
                self.held.append(self.socket.accept())
            except OSError:
                return

    def __exit__(self, *_):
        self.socket.close()


def first_name():
    """The end of the newest key's name, which every program shows first."""
    return "-0000000"


def start(programs, figures):
    """T1, T2, T6 (empty)."""
    with SilentServer() as silent:
        with programs.dashboard("--url", f"http://127.0.0.1:{silent.port}") as session:
            figures.add("start: first frame", session.until("help"))
            session.settle(0.1)
            figures.add("memory MB: no keys", session.memory())
    with programs.on_file(1000) as session:
        figures.add("start: 1,000 keys of a file", session.until(first_name()))
    for count in (1000, 1_000_000):
        programs.serve(count)
        with programs.on_server(count) as session:
            figures.add(f"start: first rows of a server with {count:,}", session.until(first_name()))
    for count in (1000, 1_000_000):
        with programs.fuzzy(count) as session:
            figures.add(f"fzf start: first rows of {count:,}", session.until(first_name()))
    with programs.less(1000) as session:
        figures.add("less start: first rows of 1,000", session.until(first_name()))


def load_file(programs, figures):
    """T3, and memory."""
    count = 1_000_000
    with programs.on_file(count) as session:
        figures.add("file 1M: first rows", session.until(first_name()))
        figures.add("file 1M: all loaded", session.until("keys in the file;"))
        session.settle(0.2)
        figures.add("memory MB: 1M of a file", session.memory())
    with programs.fuzzy(count) as session:
        figures.add("fzf 1M: all loaded", session.until(lambda text: "1000000/1000000" in text and "⠋" not in text))
        session.settle(0.2)
        figures.add("fzf memory MB: 1M", session.memory())
    with programs.fuzzy(100_000) as session:
        figures.add("fzf 100k: all loaded", session.until("100000/100000"))
        session.settle(0.2)
        figures.add("fzf memory MB: 100k", session.memory())


def load_server(programs, figures):
    """T4, T6, T14, T15."""
    for count, label in ((100_000, "100k"), (1_000_000, "1M")):
        with programs.on_server(count) as session:
            session.until(first_name())
            session.settle(0.1)
            since = time.perf_counter()
            os.write(session.fd, b"G")
            figures.add(f"server {label}: all loaded by G", session.until(", complete at", since=since))
            session.settle(0.2)
            figures.add(f"memory MB: {label} of a server", session.memory())
        since = time.perf_counter()
        subprocess.run(
            [programs.tui, "list", "--url", f"http://127.0.0.1:{programs.serve(count)}", "--format", "ndjson"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        figures.add(f"server {label}: list --format ndjson", (time.perf_counter() - since) * 1000)
    with programs.on_server(1_000_000) as session:
        session.until(first_name())
        session.settle(0.1)
        os.write(session.fd, b"L")
        session.read(0.05)
        while "complete at" not in session.text():
            took, _, _ = session.press(DOWN, quiet=0.01, first=0.5)
            figures.add("Down while pages load", took)
    with programs.on_server(1_000_000) as session:
        session.until(first_name())
        os.write(session.fd, b"L")
        end = time.perf_counter() + 0.15
        while time.perf_counter() < end:
            session.read(0.02)
        took, status = session.quit(b"q")
        figures.add("quit while pages load", took)
        figures.add("quit while pages load: exit status", abs(status))


def curl(programs, figures, loads):
    """The same pages by curl into memory files, then decoded by orjson."""
    folder = "/dev/shm/apikeys-bench-pages"
    for count, label in ((1_000_000, "1M"),):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        port = programs.serve(count)
        urls = subprocess.run([programs.bench, "urls", str(port), str(count)], capture_output=True, text=True, check=True)
        lines, number = [], 0
        for line in urls.stdout.splitlines():
            if line.startswith("output"):
                line, number = f'output = "{folder}/{number}"', number + 1
            lines.append(line)
        since = time.perf_counter()
        subprocess.run(["curl", "-s", "-K", "-"], input="\n".join(lines), text=True, check=True)
        figures.add(f"curl {label}", (time.perf_counter() - since) * 1000)
        keys = 0
        for page in range(number):
            with open(f"{folder}/{page}", "rb") as file:
                keys += len(loads(file.read())["data"])
        assert keys == count
        figures.add(f"curl + orjson {label}", (time.perf_counter() - since) * 1000)
        shutil.rmtree(folder, ignore_errors=True)


def orjson_page(programs, figures, loads):
    with open(f"{programs.data}/page.json", "rb") as file:
        page = file.read()
    for _ in range(5):
        since = time.perf_counter()
        for _ in range(20):
            loads(page)
        figures.add("decode page orjson", (time.perf_counter() - since) * 1000 / 20)


def moves(programs, figures):
    """T7, T8, T13, T15 at 1,000 and 1,000,000 rows."""
    for count, label in ((1000, "1k"), (1_000_000, "1M")):
        with programs.on_file(count) as session:
            session.until(", complete at")
            session.settle(0.2)
            for _ in range(10):
                took, size, reads = session.press(DOWN)
                figures.add(f"Down {label}", took)
                figures.add(f"Down {label}: bytes", size)
                figures.add(f"Down {label}: writes", reads)
                _, size, _ = session.settle(0.15, 0.2)
                figures.add(f"Down {label}: bytes of the detail after it", size)
            for _ in range(6):
                took, size, reads = session.press(PAGE_DOWN)
                figures.add(f"PageDown {label}", took)
                figures.add(f"PageDown {label}: bytes", size)
                figures.add(f"PageDown {label}: writes", reads)
                session.settle(0.15, 0.2)
            for key, name in ((b"G", "End"), (b"gg", "Home")) * 2:
                took, _, _ = session.press(key)
                figures.add(f"{name} {label}", took)
                session.settle(0.15, 0.2)
            if count == 1000:
                took, size, _ = session.resize(200, 60)
                figures.add("resize to 200x60", took)
                figures.add("resize to 200x60: bytes", size)
        for name, session in (("less", programs.less(count)), ("fzf", programs.fuzzy(count))):
            with session:
                session.until(first_name())
                session.settle(0.3)
                if name == "fzf":
                    session.settle(1.0, 2.0)
                for _ in range(10):
                    took, size, _ = session.press(DOWN)
                    figures.add(f"{name} Down {label}", took)
                    figures.add(f"{name} Down {label}: bytes", size)
                for _ in range(6):
                    took, size, _ = session.press(PAGE_DOWN)
                    figures.add(f"{name} PageDown {label}", took)
                    figures.add(f"{name} PageDown {label}: bytes", size)
    with programs.on_file(1000, "--cursor-focus") as session:
        session.until(", complete at")
        session.settle(0.2)
        for _ in range(10):
            _, size, _ = session.press(DOWN)
            figures.add("Down, cursor focus: bytes", size)
    with programs.on_file(1000, size=(100, 40)) as session:
        session.until(", complete at")
        session.settle(0.2)
        for _ in range(60):
            os.write(session.fd, DOWN)
            session.settle(0.01, 0.5)
        session.settle(0.2)
        for _ in range(5):
            took, size, _ = session.press(DOWN)
            figures.add("scroll by one row, 100x40", took)
            figures.add("scroll by one row, 100x40: bytes", size)
            session.settle(0.15, 0.2)


def idle(programs, figures):
    """T13."""
    with programs.on_server(1000) as session:
        session.until(first_name())
        session.settle(0.3)
        size, wakes = session.idle(10)
        figures.add("idle 10 s: bytes", size)
        figures.add("idle 10 s: wake-ups", wakes)


def held(programs, figures):
    """T9."""
    makers = [("", lambda **pty: programs.on_file(1_000_000, **pty)), ("less ", lambda **pty: programs.less(1_000_000, **pty))]
    if programs.lnav:
        makers.append(("lnav ", lambda **pty: Session(
            [programs.lnav, "-q", f"{programs.data}/rows-1000000.txt"], home=programs.data, **pty)))
    for rate, label in ((None, "full speed"), (64_000, "64 kB/s")):
        for name, make in makers:
            with make(rate=rate) as session:
                if name.startswith("lnav"):
                    # It begins at the end of what it takes for a log.
                    session.until("-0999999")
                    os.write(session.fd, b"g")
                session.until(first_name())
                if not name:
                    session.until(", complete at")
                session.settle(0.5, 2.0)
                # Ours is judged by its list; the detail beside it follows a pause on purpose.
                lag, whole = session.held(PAGE_DOWN, 4, columns=120 if name else 72)
                figures.add(f"{name}PageDown held, {label}: lag", lag)
                if not name:
                    figures.add(f"PageDown held, {label}: lag with the detail", whole)


def filters(programs, figures):
    """T10: one letter after another; the time until the count on the screen is that of what was typed."""
    counts = {}
    for count, label in ((5000, "5k"), (100_000, "100k"), (1_000_000, "1M")):
        with programs.on_file(count) as session:
            session.until(", complete at")
            session.settle(0.3)
            session.press(b"/")
            typed = ""
            for letter in "prod-da":
                typed += letter
                took, _, _ = session.press(letter.encode(), quiet=0.045)
                found = re.search(r"([\d,]+) match of", session.text())
                late, _, _ = session.settle(0.3, 0.4)
                again = re.search(r"([\d,]+) match of", session.text())
                if not found or not again or found.group(1) != again.group(1):
                    took += 45 + (late or 0)  # The response came after the pause that ends a measurement.
                figures.add(f"filter key {label}", took)
                counts[typed, label] = again.group(1) if again else None
            # What was found stays underlined in the rows, which a move then draws again.
            session.press(b"\r")
            session.settle(0.15, 0.2)
            for _ in range(10):
                _, size, _ = session.press(DOWN)
                figures.add(f"Down {label}, filtered: bytes", size)
                session.settle(0.15, 0.2)
        if programs.fzf:
            with programs.fuzzy(count) as session:
                session.until(f"{count}/{count}")
                session.settle(0.3)
                for letter in "prod-da":
                    took, _, _ = session.press(letter.encode(), quiet=0.25)
                    figures.add(f"fzf filter key {label}", took)


def sort_live(programs, figures):
    """T12: key presses are handled while a million rows are sorted."""
    with programs.on_file(1_000_000) as session:
        session.until(", complete at")
        session.settle(0.3)
        since = time.perf_counter()
        os.write(session.fd, b":sort name\r")
        while "sorted by" not in session.text() or session.read(0.02):
            took, _, _ = session.press(DOWN, quiet=0.015, first=0.5)
            figures.add("Down while 1M rows are sorted", took)
            if time.perf_counter() - since > 1.2:
                break


def reference_server(programs, figures):
    """T17: pages of 1,000 at the start, the middle and the end of a million keys."""
    database = f"{programs.data}/keys.sqlite"
    if not os.path.exists(database):
        subprocess.run([programs.server, "seed", "--database", database, "--count", "1000000"], check=True,
                       stdout=subprocess.DEVNULL)
    made = subprocess.run([programs.server, "token", "create", "--database", database, "--permissions", "api_keys.view"],
                          check=True, capture_output=True, text=True).stdout
    token = made.split()[-1]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([programs.server, "serve", "--port", str(port), "--database", database],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def page(query):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/api_key/?limit=1000{query}",
                                             headers={"Authorization": f"Bearer {token}"})
            since = time.perf_counter()
            with urllib.request.urlopen(request, timeout=30) as response:
                body = response.read()
            return (time.perf_counter() - since) * 1000, body
        for _ in range(200):
            try:
                page("")
                break
            except OSError:
                time.sleep(0.05)
        with sqlite3.connect(database) as connection:
            places = {"start": ""}
            for name, offset in (("middle", 500_000), ("end", 998_000)):
                text = connection.execute(
                    "SELECT hex(id) FROM api_key ORDER BY created DESC, id DESC LIMIT 1 OFFSET ?", (offset,)
                ).fetchone()[0].lower()
                key = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
                places[name] = f"&after={key}"
        for query in places.values():
            page(query)
        for _ in range(15):
            for name, query in places.items():
                figures.add(f"reference server, page at the {name}", page(query)[0])
    finally:
        server.terminate()
        server.wait()
