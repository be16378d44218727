"""The target table: each row with what it must reach, and how it is judged by figures of one run."""

import statistics


class Row:
    """One line of the table. `figure` is ours; `must` a limit in the figure's unit; `ratio` a limit against `baseline`."""

    def __init__(self, row, what, figure, unit="ms", must=None, limit=None, baseline=None, ratio=None, worst=None, pick="median"):
        self.row, self.what, self.figure, self.unit = row, what, figure, unit
        self.must, self.limit, self.baseline, self.ratio, self.worst, self.pick = must, limit, baseline, ratio, worst, pick


ROWS = [
    Row("T1", "start to the first frame, no data yet", "start: first frame", must=8, limit=5.5,
        baseline="fzf start: first rows of 1,000", ratio=0.4),
    Row("T1", "start to the rows of a file of 1,000 keys", "start: 1,000 keys of a file", must=15),
    Row("T2", "start to the first rows of a loopback server with 1M keys", "start: first rows of a server with 1,000,000",
        must=20, limit=12, baseline="fzf start: first rows of 1,000,000", ratio=0.65),
    Row("T2", "the same with 1M as with 1,000 keys", "start: first rows of a server with 1,000,000",
        baseline="start: first rows of a server with 1,000", ratio=1.1),
    Row("T3", "`--from` 1M keys: first rows", "file 1M: first rows", must=40),
    Row("T3", "`--from` 1M keys: all loaded", "file 1M: all loaded", limit=500, baseline="fzf 1M: all loaded", ratio=1),
    Row("T4", "100k keys over loopback HTTP, `G`", "server 100k: all loaded by G", limit=60,
        baseline="fzf 100k: all loaded", ratio=0.9),
    Row("T4", "1M keys over loopback HTTP, `G`", "server 1M: all loaded by G", limit=450, baseline="curl + orjson 1M", ratio=1),
    Row("T4", "1M keys over loopback HTTP, `list --format ndjson`", "server 1M: list --format ndjson", limit=450,
        baseline="curl + orjson 1M", ratio=1),
    Row("T5", "one page of 1,000 keys decoded into columns", "decode page", must=0.8, limit=0.4,
        baseline="decode page orjson", ratio=1),
    Row("T5", "the same against Foundation", "decode page", baseline="decode page JSONDecoder", ratio=0.17),
    Row("T6", "memory, no keys", "memory MB: no keys", "MB", must=10, limit=6),
    Row("T6", "memory, 100k keys", "memory MB: 100k of a server", "MB", must=20, limit=12, baseline="fzf memory MB: 100k"),
    Row("T6", "memory, 1M keys", "memory MB: 1M of a server", "MB", must=120, limit=80, baseline="fzf memory MB: 1M"),
    Row("T7", "Down at 1M: latency", "Down 1M", must=0.35, baseline="fzf Down 1M", ratio=0.65),
    Row("T7", "Down at 1M: bytes", "Down 1M: bytes", "B", must=90, limit=29, baseline="fzf Down 1M: bytes"),
    Row("T7", "the detail after the pause", "Down 1M: bytes of the detail after it", "B", must=500),
    Row("T7", "Down with `--cursor-focus`", "Down, cursor focus: bytes", "B", must=16),
    Row("T8", "PageDown at 1M: latency", "PageDown 1M", must=0.9, limit=0.7, baseline="less PageDown 1M", ratio=1.4),
    Row("T8", "Home at 1M", "Home 1M", must=0.9, limit=0.7),
    Row("T8", "End at 1M", "End 1M", must=0.9, limit=0.7),
    Row("T8", "PageDown at 1M: bytes", "PageDown 1M: bytes", "B", must=3400, limit=3000, baseline="less PageDown 1M: bytes"),
    Row("T8", "writes a frame", "PageDown 1M: writes", "", must=1, limit=1),
    Row("T9", "PageDown held for 4 s, full speed: lag", "PageDown held, full speed: lag", must=33),
    Row("T9", "the same on a line of 64 kB/s", "PageDown held, 64 kB/s: lag", must=326, limit=225,
        baseline="lnav PageDown held, 64 kB/s: lag", ratio=0.8),
    Row("T10", "a key of the filter to its rows, 100k", "filter key 100k", must=2.5, limit=1.5, baseline="fzf filter key 100k"),
    Row("T10", "a key of the filter to its rows, 1M", "filter key 1M", must=12, limit=8, baseline="fzf filter key 1M"),
    Row("T10", "the worst such key, 1M", "filter key 1M", must=25, pick="worst", baseline="fzf filter key 1M"),
    Row("T10", "Down in a filtered list: bytes", "Down 1M, filtered: bytes", "B", must=90),
    Row("T11", "`perm:` at 1M", "filter 1M perm:calls.create", must=2, limit=0.6),
    Row("T11", "`restricted:` at 1M", "filter 1M restricted:yes", must=2, limit=0.6),
    Row("T11", "`created<` at 1M", "filter 1M created<2024-06-01", must=2, limit=0.6),
    Row("T11", "`creator:` at 1M", "filter 1M creator:", must=2, limit=0.6),
    Row("T12", "sort 1M by name", "sort 1M name", must=250),
    Row("T12", "sort 1M by created", "sort 1M created", must=40),
    Row("T12", "Down while 1M are sorted, worst", "Down while 1M rows are sorted", must=5, pick="worst"),
    Row("T13", "idle for 10 s: bytes", "idle 10 s: bytes", "", must=0, limit=0),
    Row("T13", "idle for 10 s: wake-ups", "idle 10 s: wake-ups", "", must=0, limit=0),
    Row("T14", "Down while pages load, 95th percentile", "Down while pages load", must=5, limit=1, pick="p95"),
    Row("T15", "quit while pages load", "quit while pages load", must=5, limit=1),
    Row("T15", "its exit status", "quit while pages load: exit status", "", must=0),
    Row("T15", "resize to 200x60", "resize to 200x60", must=2, limit=1),
    Row("T15", "resize to 200x60: bytes", "resize to 200x60: bytes", "B", must=7400),
    Row("T16", "size of `apikeys-tui`, stripped", "size MB: apikeys-tui", "MB", must=20, limit=14),
    Row("T17", "reference server, page at the middle against the start", "reference server, page at the middle",
        baseline="reference server, page at the start", ratio=1.1),
    Row("T17", "reference server, page at the end against the start", "reference server, page at the end",
        baseline="reference server, page at the start", ratio=1.1),
    Row("A4", "a frame with a name of a million combining marks", "frame 120x40 million marks", must=50),
]


def pick(values, how):
    if how == "worst":
        return max(values)
    if how == "p95":
        return sorted(values)[min(int(len(values) * 0.95), len(values) - 1)]
    return statistics.median(values)


def table(figures, number):
    lines = ["| row | what | must | limit | measured | baseline | ratio | verdict |", "|---|---|---|---|---|---|---|---|"]
    for row in ROWS:
        name = next((name for name in figures if name == row.figure or (row.figure.endswith(":") and name.startswith(row.figure))), None)
        must = f"≤ {row.must} {row.unit}".strip() if row.must is not None else ""
        if row.ratio:
            must += ("; " if must else "") + f"ratio ≤ {row.ratio}"
        limit = f"{row.limit} {row.unit}".strip() if row.limit is not None else ""
        if not name:
            lines.append(f"| {row.row} | {row.what} | {must} | {limit} | not measured | | | missed |")
            continue
        ours = pick(figures[name], row.pick)
        low, high = min(figures[name]), max(figures[name])
        measured = f"{number(ours)} {row.unit}".strip() + f" ({number(low)}-{number(high)})"
        baseline = ratio = ""
        share = None
        if row.baseline and row.baseline in figures:
            theirs = pick(figures[row.baseline], row.pick)
            share = ours / theirs if theirs else None
            baseline = f"{row.baseline} {number(theirs)}"
            ratio = f"{share:.2f}" if share is not None else ""
        # Ratios in one run decide where there is one: milliseconds move with the machine.
        meets = [ours <= row.must] if row.must is not None else []
        if row.ratio and share is not None:
            meets.append(share <= row.ratio)
        verdict = "met" if all(meets) else "ratio met, figure missed" if row.ratio and share is not None and share <= row.ratio else "missed"
        if all(meets) and row.limit is not None and ours <= row.limit:
            verdict = "met, limit too"
        lines.append(f"| {row.row} | {row.what} | {must} | {limit} | {measured} | {baseline} | {ratio} | {verdict} |")
    return lines
