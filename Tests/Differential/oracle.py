"""The judge: is each statement of the program true, given what the server was and said?

Written from the documents, not from the program. `sentences.py` alone knows how things are worded.
"""

import hashlib
import json
import re

import fields
import sentences
from claims import Claims
from history import UNDETECTABLE, clock_texts
from sentences import number


# What says that a list that was read to an end is not whole.
NOT_WHOLE = ("not_whole", "second_record", "end_is_empty", "empty_page", "unstable")


class Oracle(Claims):
    """Judges a log: its screens, its lines of plain mode, its files and its commands."""

    def judge(self):
        """Every false statement of a log: dictionaries with `kind`, `text`, `why`, `seq`."""
        for entry in self.log:
            self.entry = entry
            if entry["e"] == "act":
                self.note_restart(entry)
                if entry["kind"] == "export":
                    self.exported_from = self.loose_basis().counts
            self.history.take(entry)
            match entry["e"]:
                case "screen": self.judge_screen(entry)
                case "lines": self.judge_lines(entry)
                case "run": self.judge_run(entry)
                case "file": self.judge_file(entry)
        return self.found

    # The screen.

    def judge_screen(self, entry):
        rows = entry["rows"]
        self.filter, self.order, self.sort = "", "", None
        for part in re.split(r" {2,}", rows[0].strip()):
            if part.startswith("filter: "):
                self.filter = part[8:]
            elif part in sentences.ORDERS or part.startswith("sorted by "):
                self.order = part
        self.visible = None
        message, status = rows[-2], rows[-1]
        self.note_given_up(message)
        basis = self.last_basis = self.basis_of_status(status)
        self.compare_with(basis)
        names = [self.judge_sentence(part, "status", basis) for part in re.split(r" {2,}", status.strip())]
        if message.rstrip().endswith("…") and re.match(r"[\d,]+ (gone|renamed|raised|lowered|with|changed|new)\b", message):
            # Cut, but said.
            self.said_differences = True
        visible = self.visible
        is_prompt = message.startswith(sentences.PROMPTS)
        if not is_prompt and not message.rstrip().endswith("…"):
            whole = sentences.claim(message.strip())[0] is not None
            for part in [message.strip()] if whole else sentences.sentences(message):
                # What differed is said of the moment when the list was read again, and stands while nothing else is said.
                if sentences.claim(part)[0] not in ("differences", "no_differences") or message != self.last_message:
                    self.judge_sentence(part, "message", basis)
        self.last_message = message
        # A message speaks of the moment when it was written.
        self.visible = visible
        if not is_prompt:
            self.judge_body(rows[1:-2], basis)
        is_quiet = "loading" not in names
        is_quiet = is_quiet and "rereading" not in names
        if is_quiet and basis.is_whole and not self.said_differences:
            self.said_differences = True
            self.check("unsaid differences", message.strip(), self.unsaid(basis))

    def note_given_up(self, text):
        """Reading again came to nothing: there is nothing that differs from the list that stays."""
        failed = "Reading again failed" in text and self.failed_since_restart()
        if failed or "Stopped reading again" in text and self.stopped_since_restart():
            self.said_differences = True
            self.history.give_up()

    def failed_since_restart(self):
        """Whether a response to a second reading was a failure, or the list that it gave is no whole one."""
        start = self.history.session_start
        since = [answer for answer in self.history.answers if answer["ask"] > start]
        if self.history.causes(start) or any(set(answer["lies"]) for answer in since):
            return True
        held, records = set(), {}
        for answer in since:
            ids = {record["id"] for record in answer["records"]}
            if answer["limit"] == 1 and not ids <= held:
                return True
            if answer["limit"] > 1:
                # The other end may be read on from, and meets the list in the middle.
                held |= ids
                if any(records.setdefault(record["id"], record) != record for record in answer["records"]):
                    return True
        return False

    def stopped_since_restart(self):
        return any(act["kind"] in ("ctrl-c", "esc", "stop") and act["seq"] > self.history.session_start
                   for act in self.history.acts)

    def basis_of_status(self, status):
        for part in re.split(r" {2,}", status.strip()):
            name, match = sentences.claim(part)
            if name == "looked_place" and self.history.last_whole():
                return self.basis_of(self.find_whole(None, match["T"])[0] or self.history.last_whole())
            if name == "unreadable":
                for whole in self.history.wholes_at(match["T"], self.entry["t"] + 1) if match["T"] else []:
                    if number(match["N"]) in range(whole.least - len(self.history.refused(whole)),
                                                   len(whole.records) + len(self.new_ids(whole)) + 1):
                        return self.basis_of(whole)
                for whole in reversed(self.history.wholes):
                    least = whole.least - len(self.history.refused(whole))
                    if whole.unreadable and least <= number(match["N"]) <= len(whole.records):
                        return self.basis_of(whole)
            if name in ("complete", "complete_place", "looked", "looked_changed", "complete_now"):
                groups = match.groupdict()
                whole, _ = self.find_whole(number(groups.get("N")) or 0, groups.get("T"), name == "complete_now")
                # Where the number is wrong, the time may still tell which list is meant.
                whole = whole or self.find_whole(None, groups.get("T"))[0] or self.history.last_whole()
                if whole:
                    return self.basis_of(whole)
        return self.loose_basis()

    def judge_body(self, rows, basis):
        bar = next((row.index("│") for row in rows if "│" in row), None)
        rule = next((index for index, row in enumerate(rows) if row.startswith("────")), None)
        if bar is not None:
            left, right = [row[:bar] for row in rows], [row[bar + 1:].lstrip() for row in rows]
            right = [row[bar + 2:] for row in rows]
        elif rule is not None:
            left, right = rows[:rule], rows[rule + 1:]
        elif rows[0].startswith("Name  "):
            left, right = [], rows
        else:
            left, right = rows, []
        if left and left[0].startswith("  Name"):
            self.judge_list(left, basis)
        elif left and re.match(r"[\d,]+ keys? (among .*)?match", left[0].strip()):
            self.judge_matches(left, basis)
        elif left:
            self.check("unknown sentence", left[0].strip(), "the screen has an unknown part")
        if right:
            self.judge_detail(right, basis)

    def judge_matches(self, rows, basis):
        """The keys that a name can mean, to choose from."""
        for part in sentences.sentences(rows[0]):
            self.judge_sentence(part, "matches", basis)
        for row in rows[1:]:
            cells = re.split(r" {2,}", row.strip())
            if re.fullmatch(r"[0-9a-f-]{36}", cells[-1]):
                named = [record for record in basis.records.get(cells[-1], []) if fields.name_fits(cells[0], record)]
                self.check("row", row.strip(), None if named else "no key was given with this id and name")

    def judge_list(self, rows, basis):
        columns = [re.sub(r"[▲▼↑↓^v]\d?\Z", "", title) for title in re.split(r" {2,}", rows[0].strip())]
        columns = [title.strip() for title in columns if not re.fullmatch(r"\d+ more >|< .*", title)]
        shown = [row for row in rows[1:] if row.strip()]
        if shown and len(re.split(r" {2,}", shown[0][2:].strip())) < min(3, len(columns)):
            text = " ".join(row.strip() for row in shown)
            for part in sentences.sentences(text):
                self.judge_sentence(part, "list", basis)
            return
        found = []
        for row in shown:
            found.append(self.judge_row(row, columns, basis))
        self.judge_order([pair for pair in found if pair], basis)
        is_all = self.visible is not None and len(shown) == self.visible and not self.filter and basis.is_whole
        if is_all and None not in found:
            self.check("whole list", f"{len(shown)} rows", self.lacking([row[2:].strip() for row in shown], columns, basis))
        if self.visible is not None and len(shown) > self.visible:
            self.check("rows", f"{len(shown)} rows", f"there are {self.visible} keys")
        elif self.visible is not None and len(shown) < min(self.visible, len(rows) - 1):
            self.check("rows", f"{len(shown)} rows", f"there are {self.visible} keys, and room for more")

    def lacking(self, rows, columns, basis):
        """A key of the list that no row shows."""
        texts = [dict(zip(columns, cells_of(row)[0])) for row in rows]
        for identifier in basis.whole.records:
            if identifier in basis.sure and not any(
                    all(fields.cell_fits(column, text, record, self.entry["t"]) for column, text in cells.items())
                    for cells in texts for record in basis.records[identifier]):
                return f"{identifier} is in no row"
        return None

    def judge_row(self, row, columns, basis):
        """The keys that a row may show: (id, record); None where it shows none that the server gave."""
        sign = sentences.SIGNS.get(row[0], "?")
        cells, word = cells_of(row[2:].strip())
        pairs = list(zip(columns, cells))
        records = basis.records
        if word == "gone" or sign == "gone":
            records = self.before_restart.records if self.before_restart else {}
            word = "gone"
        fitting = [(identifier, record) for identifier, found in records.items() for record in found
                   if all(fields.cell_fits(column, text, record, self.entry["t"]) for column, text in pairs)]
        self.check("row", row.strip(), None if fitting else "no key was given with these fields")
        if fitting and word == "gone":
            # While another order is read, they are those of the read before.
            whole = basis.whole or next((whole for whole in reversed(self.history.wholes)
                                         if whole.session < self.history.session), None)
            self.check("row sign", row.strip(), None if any(
                whole and (identifier not in whole.records or identifier in self.history.refused(whole))
                for identifier, _ in fitting) else "it is there")
        if fitting and (word or sign) in ("new",):
            self.check("row sign", row.strip(), self.not_new(fitting, basis))
        elif fitting and (word or sign) in ("renamed", "raised", "lowered", "permissions", "changed"):
            self.check("row sign", row.strip(), self.not_changed(fitting, word or sign, basis))
        if fitting and sign == "?":
            self.check("unknown sentence", row.strip(), "the sign of this row is not known")
        return fitting or None

    def not_new(self, fitting, basis):
        if not basis.is_whole:
            return None
        new = self.new_ids(basis.whole)
        if self.before_restart:
            before = self.before_restart.whole or self.before_restart
            new |= basis.whole.records.keys() - before.records.keys()
        # Another order is no second reading: what looks brought before stays new.
        new |= self.history.ever_found_by_looking()
        looked = any(act["kind"] in ("r", "refresh") and act["seq"] < basis.whole.end for act in self.history.acts)
        return None if any(identifier in new for identifier, _ in fitting) or (
            looked and self.history.is_look(basis.whole)) else "it was there before"

    def not_changed(self, fitting, word, basis):
        """Why none of the keys that a row may show has changed in this way since the last read."""
        before = self.before_restart
        if before is None or not basis.is_whole:
            return None
        for identifier, record in fitting:
            for old in before.records.get(identifier, []):
                kinds = fields.differs(old, record)
                if word in kinds or word == "changed" and (kinds or old != record):
                    return None
        return f"it was not {word}"

    def judge_order(self, found, basis):
        """Whether rows stand in the order that is said."""
        if self.order in sentences.ORDERS:
            column, descending = sentences.ORDERS[self.order]
        elif self.order.startswith("sorted by ") and "then" not in self.order:
            column = self.order[10:].removesuffix(" descending").lower().replace(" ", "-")
            descending = self.order.endswith("descending")
        else:
            return
        is_server = self.order in sentences.ORDERS
        if is_server and any(set(answer["lies"]) & UNDETECTABLE or "duplicate" in answer["lies"]
                             for answer in self.history.answers):
            return
        last = None
        for fitting in found:
            keys = [fields.sort_key(column, record) for identifier, record in fitting
                    if not (is_server and len({r.get("created_date") for r in basis.records.get(identifier, [])}) > 1)]
            keys = [key for key in keys if key is not None]
            if len(keys) != len(fitting) or not keys:
                continue
            ends = (max(keys), min(keys)) if descending else (min(keys), max(keys))
            if last is not None and (ends[1] > last if descending else ends[1] < last):
                self.check("order", self.order, f"{ends[1]} stands after {last}")
                return
            last = ends[1] if last is None else (min(last, ends[0]) if descending else max(last, ends[0]))
        self.check("order", self.order, None)

    def judge_detail(self, rows, basis):
        values, label = {}, ""
        for row in rows:
            match = re.match(r"(Name|Id|Creator|Created|Last four|Access|Permissions:)\s+(.*)", row)
            if match:
                label = match[1]
                # What is left out below stands at the end of the last row.
                values.setdefault(label, []).append(re.sub(r" {2,}[\d,]+ more lines?\Z", "", match[2].rstrip()).strip())
            elif row.startswith("          ") and label:
                values[label].append(row.strip())
        if "Id" not in values or "Name" not in values:
            return
        identifier = next((value for value in values["Id"] if value), "")
        records = basis.records.get(identifier, [])
        if not records and self.before_restart:
            records = self.before_restart.records.get(identifier, [])
        fitting = [record for record in records if self.detail_fits(values, record)]
        self.check("detail", f"{values}", None if fitting else "no key was given with these fields")
        creator = next((value for value in values.get("Creator", []) if value.startswith("has ")), None)
        if fitting and creator:
            count = number(re.match(r"has ([\d,]+)", creator)[1])
            wanted = fitting[0].get("creator_id")
            self.check("creator's keys", creator, self.within(count, basis.range(
                lambda _, record: record.get("creator_id") == wanted)))

    def detail_fits(self, values, record):
        now = self.entry["t"]
        if not name_of_lines(values["Name"], record):
            return False
        if "Creator" in values and not fields.cell_fits("Creator", values["Creator"][0] or values["Creator"][1], record, now):
            return False
        if "Created" in values and fields.created(record) is not None:
            if clean(values["Created"][0]) != clean(record["created_date"]):
                return False
        if "Last four" in values and not fields.cell_fits("Last four", values["Last four"][0], record, now):
            return False
        if "Access" in values and fields.access(record) and not values["Access"][0].startswith(fields.access(record)):
            return False
        granted = re.match(r"([\d,]+) granted", (values.get("Permissions:") or [""])[0])
        if granted and fields.listed(record) is not None and fields.access(record) != "full":
            return number(granted[1]) == len(record["permissions"])
        return True

    # Plain mode.

    def judge_lines(self, entry):
        self.filter, self.order, self.visible = entry.get("filter", ""), entry.get("order", ""), None
        lines = entry["lines"]
        for line in lines:
            self.note_given_up(line)
        basis = self.last_basis = self.basis_of_lines(lines)
        self.last_said = entry["seq"]
        self.compare_with(basis)
        if self.filter == "is:gone" and self.order in sentences.ORDERS:
            # Keys that are gone stay in the order they were read in.
            before = self.before_restart and self.before_restart.whole
            self.order = ("newest first" if before.walks[0].order == "desc" else "oldest first") if before else ""
        found, detail, is_detail = [], {}, False
        for line in lines:
            record = sentences.RECORD.match(line)
            field_line = re.match(r"(Name|Access|Permissions|Created|Created, local time|Last four|Marked"
                                  r"|Keys of its creator|Creator|Id): ?(.*)\Z", line)
            raw = re.match(r"(name|restricted|permissions|created_date|last_four_digits|creator_id|id) (.*)\Z", line)
            entry_line = sentences.ENTRY.match(line)
            if entry_line:
                named = [one for one in basis.records.get(entry_line["id"], [])
                         if fields.name_fits(entry_line["name"], one)]
                self.check("row", line, None if named else "no key was given with this id and name")
            elif record:
                found.append(self.judge_record(record, basis))
            elif field_line:
                detail.setdefault(field_line[1], field_line[2])
                if field_line[1] == "Id":
                    self.judge_plain_detail(detail, basis)
                    detail = {}
            elif raw:
                continue
            elif line in ("New.", "Gone."):
                detail[line[:-1]] = line
            else:
                self.judge_line(line, basis)
        self.judge_order([pair for pair in found if pair], basis)
        if basis.is_whole and not self.said_differences and entry.get("after") in ("R", "reread"):
            self.said_differences = True
            self.check("unsaid differences", lines[0] if lines else "", self.unsaid(basis))

    def judge_line(self, line, basis):
        if line.startswith("Error: "):
            line = line[7:]
            for part in sentences.sentences(line):
                name, _ = sentences.claim(part)
                if name:
                    self.judge_sentence(part, "error", basis)
            return
        if sentences.claim(line)[0]:
            self.judge_sentence(line, "line", basis)
            return
        for part in sentences.sentences(line):
            if re.fullmatch(r"127\.0\.0\.1:\d+[^.]*\.|keys\.example\.com\.", part):
                continue
            self.judge_sentence(part, "line", basis)

    def basis_of_lines(self, lines):
        for line in lines:
            for part in sentences.sentences(line):
                part = re.sub(r"\A(Error: |Keys created in each month, of |Permissions of |\d+ creators? of |[\d,]+ matching keys? of )+", "", part)
                name, match = sentences.claim(part)
                if name in ("complete", "complete_now", "looked", "looked_changed"):
                    groups = match.groupdict()
                    whole, _ = self.find_whole(number(groups.get("N")) or 0, groups.get("T"), True)
                    whole = whole or self.find_whole(None, groups.get("T"))[0] or self.history.last_whole()
                    if whole:
                        return self.basis_of(whole)
                if name in ("partial", "partial_changed", "loading", "stopped_plain", "stopped", *NOT_WHOLE):
                    return self.loose_basis()
        if self.last_basis and not any(answer["seq"] > self.last_said for answer in self.history.answers):
            return self.last_basis
        whole = self.history.last_whole()
        return self.basis_of(whole) if whole and not self.history.missing(whole) else self.loose_basis()

    def judge_record(self, match, basis):
        groups = match.groupdict()

        def fits(record):
            if not fields.name_fits(groups["name"], record):
                return False
            word = {"F": "full", "A": "unknown", "L": "limited"}[groups["access"][0]]
            if fields.access(record) not in (None, word):
                return False
            if word == "limited" and isinstance(record.get("permissions"), list) and fields.access(record):
                count = re.search(r"(\d+|no) perm", groups["access"])
                if not count or number(count[1]) != len(record["permissions"]):
                    return False
            moment = fields.created(record)
            if moment is not None and not (groups["created"] and groups["created"] == fields.date_words(moment)
                                           and fields.age_fits(groups["age"], moment, self.entry["t"])):
                return False
            last = record.get("last_four_digits")
            return not isinstance(last, str) or groups["last"] == " ".join(last)
        fitting = [(identifier, record) for identifier, found in basis.records.items() for record in found
                   if fits(record)]
        if not fitting and " gone" in (groups["words"] or "").lower() and self.before_restart:
            fitting = [(identifier, record) for identifier, found in self.before_restart.records.items()
                       for record in found if fits(record)]
        self.check("row", match[0], None if fitting else "no key was given with these fields")
        if fitting and " New." in (groups["words"] or ""):
            self.check("row sign", match[0], self.not_new(fitting, basis))
        self.check("position", match[0], self.claim_position(basis, {"N": groups["count"], "M": groups["place"]}))
        return fitting or None

    def judge_plain_detail(self, values, basis):
        identifier = values.get("Id", "").strip()
        records = list(basis.records.get(identifier, []))
        if self.before_restart:
            records += self.before_restart.records.get(identifier, [])

        def fits(record):
            if "Name" in values and not fields.name_fits(values["Name"].rstrip(".") , record) and not fields.name_fits(
                    values["Name"], record):
                return False
            word = fields.access(record)
            if "Access" in values and word and not values["Access"].lower().startswith(
                    {"unknown": "not reported"}.get(word, word)):
                return False
            last = record.get("last_four_digits")
            if isinstance(last, str) and "Last four" in values and values["Last four"] != " ".join(last) + ".":
                return False
            moment = fields.created(record)
            return moment is None or "Created" not in values or values["Created"].startswith(fields.date_words(moment))
        fitting = [record for record in records if fits(record)]
        self.check("detail", f"{values}", None if fitting else "no key was given with these fields")
        if fitting and "New" in values:
            self.check("row sign", f"{identifier}: New.", self.not_new([(identifier, fitting[0])], basis))
        if fitting and "Gone" in values:
            self.check("row sign", f"{identifier}: Gone.", None if not basis.whole or (
                identifier not in basis.whole.records or identifier in self.history.refused(basis.whole)) else "it is there")
        keys = re.match(r"([\d,]+)", values.get("Keys of its creator", ""))
        if fitting and keys:
            wanted = fitting[0].get("creator_id")
            self.check("creator's keys", values["Keys of its creator"], self.within(number(keys[1]), basis.range(
                lambda _, record: record.get("creator_id") == wanted)))

    # Files and commands.

    def judge_file(self, entry):
        """An export of the dashboard or of plain mode."""
        self.filter, self.order, self.visible = entry.get("filter", ""), "", None
        if entry["format"] == "json":
            self.judge_json(entry["text"], entry)
        elif entry["format"] == "ndjson":
            self.judge_exported([json.loads(line) for line in entry["text"].splitlines()], self.current_basis(), entry)
        if entry.get("evidence"):
            self.judge_evidence(json.loads(entry["evidence"]), entry["rows"], entry)

    def current_basis(self):
        """What the list was when it was last looked at, and what the responses since make of it."""
        basis = self.newest_basis()
        for identifier, records in (self.last_basis.records if self.last_basis else {}).items():
            basis.records.setdefault(identifier, []).extend(records)
        return basis

    def newest_basis(self):
        whole = self.history.last_whole()
        return self.basis_of(whole) if whole else self.loose_basis()

    def judge_json(self, text, entry):
        try:
            document = json.loads(text)
        except ValueError as problem:
            self.check("export", text[:60], f"not JSON: {problem}")
            return None
        rows = document["data"]
        lines = [line.rstrip(",") for line in text.splitlines()[1:1 + len(rows)]]
        digest = hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
        stated = document.get("evidence", {}).get("sha256")
        self.check("sha256", str(stated), None if stated == digest else f"it is {digest}")
        self.judge_evidence({**document.get("evidence", {}), "complete": document.get("complete"),
                             "count": document.get("count")}, len(rows), entry)
        self.judge_exported(rows, self.current_basis(), entry)
        return document

    def judge_evidence(self, evidence, rows, entry):
        count = evidence.get("count")
        if count is not None:
            self.check("evidence count", str(count), None if count == rows else f"there are {rows}")
        if evidence.get("filter"):
            self.check("evidence filter", evidence["filter"],
                       None if evidence["filter"] == self.filter else f"it is {self.filter}")
        time = evidence.get("fetched_at")
        if evidence.get("complete") is True:
            whole, reason = self.find_whole(None, time)
            if whole and not entry.get("marked"):
                reason = self.within(rows, self.filter_range(self.basis_of(whole)))
            self.check("evidence complete", f"complete, {count} keys at {time}", reason)
        elif time:
            times = [answer for answer in self.history.answers
                     if time in clock_texts(answer["t"], max(answer["t"], self.entry["t"] + 1))]
            self.check("evidence time", time, None if times else "nothing was read then")

    def judge_exported(self, rows, basis, entry):
        for row in rows:
            records = list(basis.records.get(row.get("id"), []))
            if self.filter == "is:gone" and self.before_restart:
                records += self.before_restart.records.get(row.get("id"), [])
            fitting = [record for record in records if fields.same(row, record)]
            self.check("exported row", json.dumps(row)[:120], None if fitting else "no key was given with these fields")
        ids = [row.get("id") for row in rows]
        self.check("exported rows", f"{len(ids)} rows", None if len(set(ids)) == len(ids) else "a key is there twice")

    def judge_run(self, entry):
        arguments = entry["argv"]
        option = lambda name: arguments[arguments.index(name) + 1] if name in arguments else None
        self.filter, self.visible, self.written = option("--filter") or "", None, 0
        limit, sort = option("--limit"), option("--sort")
        self.order = f"sorted by {sort.split(':')[0]}{' descending' if ':desc' in sort else ''}" if sort else (
            "oldest first" if option("--order") == "asc" else "newest first")
        wholes = [whole for whole in self.history.wholes if whole.session == self.history.session]
        sound = [whole for whole in wholes if not self.history.missing(whole) and not whole.unreadable]
        basis = self.basis_of((sound or wholes)[-1]) if wholes else self.loose_basis()
        text = entry["out"] if entry["out"] is not None else entry["stdout"]
        status = entry["status"]
        self.judge_status(entry, status, sound, limit)
        if arguments[0] == "list" and text:
            self.judge_listing(entry, text, basis, limit, option("--format"), status)
        if arguments[0] == "show":
            self.judge_show(entry, basis, arguments[1], status)
        if arguments[0] == "permissions" and entry["stdout"]:
            for row in json.loads(entry["stdout"]):
                reason = self.claim_pivot_line(basis, {"X": row["permission"], "K": str(row["listed"]),
                                                       "M": str(row["through_full_access"])})
                self.check("permission", json.dumps(row), reason)
        for line in entry["stderr"].splitlines():
            line = re.sub(r"\Aapikeys-tui: ", "", line)
            if sentences.claim(line)[0]:
                self.judge_sentence(line, "stderr", basis)
                continue
            for part in sentences.sentences(line):
                if status in (0, 1) or sentences.claim(part)[0]:
                    self.judge_sentence(part, "stderr", basis)

    def came_again(self):
        """Whether a key came on two pages of what this command read: it was edited meanwhile, or the order is not stable."""
        seen = set()
        for answer in self.history.answers:
            if answer["seq"] < self.history.session_start or answer["status"] != 200 or answer["limit"] == 1:
                continue
            ids = {record["id"] for record in answer["records"]}
            if ids & seen:
                return True
            seen |= ids
        return False

    def judge_status(self, entry, status, sound, limit):
        text = f"exit {status} of {entry['argv'][0]}"
        causes = self.history.causes(self.history.session_start)
        if status == 0 and not sound and not (limit and not self.filter):
            self.check("exit code", text, self.find_whole(None, None)[1])
        elif status in (65, 69, 75, 77):
            again = self.came_again()
            reason = None if causes or again or not self.history.wholes else "nothing failed"
            if causes == {503} and status != 69 or causes == {429} and status != 75:
                reason = f"the server answered {causes}"
            if status == 65 and not causes and not again:
                reason = "every response was as it should be"
            # 75 is "try again later": after a 429, or where the place in the list was lost.
            if status in (75, 77) and causes and not causes & {400, 404, 410, 422, 429}:
                reason = "nobody asked to wait, and no place was lost"
            self.check("exit code", text, reason)
            left = entry["stdout"] or entry["out"]
            self.check("partial output", text, "a part was written" if left else None)
        elif status not in (0, 1):
            self.check("exit code", text, "not an exit code of this")
        elif status == 1 and not sound:
            self.check("exit code", text, "the list was not read whole")
        else:
            self.check("exit code", text, None)

    def judge_listing(self, entry, text, basis, limit, form, status):
        if form == "json":
            document = self.judge_json(text, {"marked": bool(limit)})
            rows = document["data"] if document else []
            if document and document["complete"] is not True and status == 0 and not limit:
                self.check("evidence complete", "complete: false", "the list was read whole")
        else:
            rows = [json.loads(line) for line in text.splitlines()]
            self.judge_exported(rows, basis, entry)
        self.written = len(rows)
        found = [[(row["id"], record) for record in basis.records.get(row["id"], [])] for row in rows]
        self.judge_order([pair for pair in found if pair], basis)
        if not limit:
            self.check("exported rows", f"{len(rows)} rows", self.within(len(rows), self.filter_range(basis)))
        elif len(rows) > int(limit):
            self.check("exported rows", f"{len(rows)} rows", f"--limit {limit}")

    def judge_show(self, entry, basis, text, status):
        least, most = self.naming(basis, text)
        if status == 0:
            self.check("show", text, None if most == 1 or least <= 1 <= most else f"{least} keys have it")
            identifier = re.search(r"^ID:\s+(\S+)", entry["stdout"], re.MULTILINE)
            name = re.search(r"^Name:\s+(.*)$", entry["stdout"], re.MULTILINE)
            if identifier and name:
                fitting = [record for record in basis.records.get(identifier[1], [])
                           if fields.name_fits(name[1].strip(), record)]
                self.check("detail", name[0], None if fitting else "no key was given with these fields")
        elif status == 1:
            reason = f"{least} to {most} keys have it" if (least, most) == (1, 1) else None
            self.check("show", text, reason)


def cells_of(row):
    """The cells of a row, and what a word beside the name claims."""
    cells = re.split(r" {2,}", row)
    word = sentences.ROW_WORDS[cells.pop(1)] if len(cells) > 1 and cells[1] in sentences.ROW_WORDS else None
    return cells, word


def clean(text):
    return re.sub(r"[TZ ]|UTC", "", text)


def name_of_lines(lines, record):
    return fields.name_fits(lines[0], record)
