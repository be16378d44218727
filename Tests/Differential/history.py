"""What was true, and what the server told: read from the log of a sequence, without knowing the program.

A *walk* is a chain of responses where each request begins after a key of the response before. A *whole read* is a walk
that came to an end, or two from both ends that met. What a whole read had to bring are the keys that were on the server,
of one date, from its first request to its last response.
"""

import copy
import itertools
from datetime import datetime, timezone

# Acts after which the list is another one, read from its beginning.
RESTARTS = {"start", "R", "reread", "order", "run"}
# Acts that ask the server again: before each the driver lets the second pass, so that times tell them apart.
ASKING = RESTARTS | {"r", "refresh"}
# What no client can find out from these responses alone; the README says why.
UNDETECTABLE = {"unstable", "repeat", "duplicate", "order"}


def clock_texts(first, last):
    """Every way to write the moments from one time to another, both in seconds since the epoch."""
    texts = set()
    for second in range(int(first), int(last) + 1):
        moment = datetime.fromtimestamp(second, timezone.utc)
        texts |= {moment.strftime("%H:%M:%SZ"), moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                  moment.strftime("%H:%M UTC")}
    return texts


class Walk:
    def __init__(self, entry, session):
        self.order, self.limit, self.start, self.session = entry["order"], entry["limit"], entry["ask"], session
        self.records = {}
        self.deliveries = 0
        self.unreadable = 0
        self.ended = False
        self.lies = set()
        self.answers = []
        self.order_of_ids = []
        # The last key of the last page that had keys.
        self.last_given = None
        self.sizes = {0}
        self.is_given_up = False

    def take(self, entry):
        self.answers.append(entry)
        self.lies |= set(entry["lies"])
        self.unreadable += entry["unreadable"]
        self.deliveries += len(entry["records"])
        for record in entry["records"]:
            self.last_given = record["id"]
            if record["id"] not in self.records:
                self.order_of_ids.append(record["id"])
            self.records.setdefault(record["id"], []).append(record)
        self.ended = not entry["more"]
        self.sizes.add(len(self.records))


class Whole:
    """A whole read: what it brought, from when to when."""

    def __init__(self, walks, entry, least):
        self.start = min(walk.start for walk in walks)
        self.end = entry["seq"]
        self.time = entry["t"]
        self.session = walks[-1].session
        self.walks = walks
        self.records = {}
        for walk in walks:
            for identifier, records in walk.records.items():
                self.records.setdefault(identifier, []).extend(records)
        self.least = len(self.records) if least is None else least
        self.lies = set().union(*(walk.lies for walk in walks))
        self.other_end = entry["other_end"]
        self.unreadable = sum(walk.unreadable for walk in walks)
        self.deliveries = sum(walk.deliveries for walk in walks)


class History:
    def __init__(self):
        self.versions = {}
        self.answers = []
        self.walks = []
        self.wholes = []
        self.acts = []
        self.session = 0
        self.resumed = set()
        self.held_at_refusal = set()
        # Sessions of second readings that came to nothing, with the last response before that was said.
        self.given_up = {}
        self.session_start = 0
        self.delivered = {}
        self.ever = set()

    def take(self, entry):
        match entry["e"]:
            case "put":
                self.versions.setdefault(entry["key"]["id"], []).append((entry["seq"], entry["key"]))
                self.ever.add(entry["key"]["id"])
            case "delete": self.versions[entry["id"]].append((entry["seq"], None))
            case "answer": self.take_answer(entry)
            case "act":
                self.acts.append(entry)
                if entry["kind"] in RESTARTS:
                    self.session += 1
                    self.resumed = set()
                    self.session_start = entry["seq"]

    def take_answer(self, entry):
        entry.setdefault("records", [])
        if entry["limit"] == 1 and self.acts and self.acts[-1]["kind"] == "run" and not any(
                answer["seq"] > self.session_start for answer in self.answers):
            # A command that wants one key asks for one: that is no check.
            entry["limit"] = 2
        self.answers.append(entry)
        that_came = [walk for walk in self.walks
                     if walk.order == entry["order"] and entry["after"] in walk.records and not walk.is_given_up]
        # One that came to its end is only taken up after its last key that the server has.
        of_order = [walk for walk in that_came if not walk.ended or self.stands_at(walk, entry["after"])]
        of_order = of_order or that_came[-1:]
        if entry["after"] is not None and not any(walk.session == self.session for walk in of_order):
            # Reading again was given up: the list before is read on.
            self.resumed |= {walk for walk in of_order if not walk.ended}
        if entry["status"] != 200:
            if entry["after"] is not None:
                # What is held while the list is read anew from its top, because its place was lost.
                self.held_at_refusal |= {(self.session, len(walk.records)) for walk in of_order}
            return
        for record in entry["records"]:
            self.delivered.setdefault(record["id"], []).append((entry["seq"], self.session, record))
        walks = []
        if entry["after"] is not None:
            # Which walk it goes on with is not told: each that has come to this key, of this session if there are any.
            walks = [walk for walk in of_order if walk.session == self.session or walk in self.resumed]
            # A walk that a second reading came before may go on, where that reading was given up; or it stays as it is.
            standing = [walk for walk in of_order if walk not in walks and self.may_go_on(walk, entry["after"])]
            is_told = not any(walk.last_given == entry["after"] for walk in walks)
            walks += standing if is_told else []
            walks = walks or of_order[-1:]
        if not walks:
            walks = [Walk(entry, self.session)]
            self.walks += walks
        for walk in walks:
            walk.take(entry)
        ended = [walk for walk in walks if walk.ended and walk.limit > 1]
        if len(ended) > 1:
            # The list and looks at a part of it came to the same key: together they are the list.
            self.wholes.append(Whole(ended, entry, min(len(walk.records) for walk in ended)))
        for walk in walks:
            self.note_wholes(walk, entry)
        if entry["limit"] == 1 and entry["after"] is None:
            self.note_check(entry)

    def note_check(self, entry):
        """A check that is passed after one that was not: only now is the list whole."""
        ids = {record["id"] for record in entry["records"]}
        ends = [whole.end for whole in self.wholes
                if whole.walks[-1].order != entry["order"]
                and whole.session in (self.session, self.session - 1, self.standing_session())]
        for whole in [whole for whole in self.wholes if ends and whole.end == ends[-1]]:
            checks = [answer for answer in self.answers
                      if whole.start < answer["seq"] < entry["seq"] and answer["limit"] == 1
                      and answer["order"] == entry["order"]]
            failed = any(answer["status"] != 200 or not {record["id"] for record in answer["records"]}
                         <= whole.records.keys() for answer in checks)
            if failed and ids <= whole.records.keys() and bool(ids) == bool(whole.records):
                late = copy.copy(whole)
                late.end, late.time, late.other_end = entry["seq"], entry["t"], next(iter(ids), None)
                self.wholes.append(late)

    def stands_at(self, walk, after):
        """Whether every key of a walk behind this one was refused as a place to go on from."""
        refused = {answer["after"] for answer in self.answers if answer["status"] in (400, 404, 410, 422)}
        behind = walk.order_of_ids[walk.order_of_ids.index(after) + 1:]
        return all(identifier in refused for identifier in behind)

    def give_up(self):
        """A second reading came to nothing: what it brought is not the list."""
        asked = next((act["kind"] for act in reversed(self.acts) if act["kind"] in ASKING), None)
        if asked in ("R", "reread") and self.session not in self.given_up:
            self.given_up[self.session] = self.answers[-1]["seq"] if self.answers else 0
            for walk in self.walks:
                walk.is_given_up |= walk.session == self.session
            self.wholes = [whole for whole in self.wholes if whole.session != self.session]

    def standing_session(self, session=None):
        """The session of the list at hand: the one before where reading again came to nothing."""
        session = self.session if session is None else session
        while session in self.given_up:
            session -= 1
        return session

    def list_start(self, now=float("inf")):
        """When the reading of the list at hand, or of that of a moment, began."""
        starts = [act["seq"] for act in self.acts if act["kind"] in RESTARTS]
        return starts[self.standing_session(sum(seq < now for seq in starts)) - 1]

    def is_given_up(self, answer):
        """Whether a response is of a second reading that came to nothing."""
        return (self.asked_by(answer) in ("R", "reread")
                and answer["seq"] <= self.given_up.get(self.session_of(answer), 0))

    def known_before(self, seq):
        """Keys that the list at hand, or looks at it, had brought before a moment."""
        session = self.session_of({"ask": seq})
        sessions = {session}
        while session in self.given_up:
            session -= 1
            sessions.add(session)
        return {record["id"] for answer in self.answers if answer["seq"] < seq
                and self.session_of(answer) in sessions and not self.is_given_up(answer) for record in answer["records"]}

    def may_go_on(self, walk, after):
        """Whether a walk that a second reading came before stands at this key."""
        restarts = [act["kind"] for act in self.acts if act["kind"] in RESTARTS][walk.session:]
        return (bool(restarts) and all(kind in ("R", "reread") for kind in restarts) and not walk.ended
                and walk.order_of_ids[-1:] == [after])

    def note_wholes(self, walk, entry):
        if walk.limit == 1:
            # The check from the other end.
            return
        # Looks after a second reading that came to nothing are of the list that stays.
        others = [other for other in self.walks if other is not walk and (
            not other.is_given_up and self.standing_session(other.session) == self.standing_session(walk.session))]
        if walk.ended:
            self.wholes.append(Whole([walk], entry, len(walk.records)))
            open_walks = [other for other in others if not other.ended and other.order == walk.order and other.limit > 1]
            broken = [other for other in open_walks if other.start < walk.start]
            # Looks for new keys while the list was not whole yet.
            looks = [other for other in open_walks if other.start > walk.start]
            for index in range(len(broken) + 1):
                for more in ([], looks):
                    if broken[index:] or more:
                        # Of what a look at a part brought, keys behind the last one held may be left out.
                        read = set().union(*(one.records.keys() for one in broken[index:] + [walk]))
                        self.wholes.append(Whole(broken[index:] + [walk] + more, entry, len(read) if more else None))
        for other in others:
            if other.order != walk.order and other.limit > 1 and walk.limit > 1 and other.start >= self.session_start:
                if not other.records.keys().isdisjoint(walk.records):
                    self.wholes.append(Whole([other, walk], entry, min(len(other.records), len(walk.records))))

    def refused(self, whole):
        """Keys of a read whose place the server refused to go on from: a client may take them for deleted."""
        return {answer["after"] for answer in self.answers
                if answer["status"] in (400, 404, 410, 422) and answer["after"] in whole.records
                and answer["seq"] > whole.start}

    def found_by_looking(self):
        """Keys that first came, in this session, with a look for new ones."""
        found, known = {}, set()
        for answer in self.answers:
            if answer["status"] != 200 or self.session_of(answer) != self.session or answer["limit"] == 1:
                # What a check from the other end brings is not taken up.
                continue
            is_look = self.asked_by(answer) in ("r", "refresh")
            for record in answer["records"]:
                if is_look and record["id"] not in known:
                    found.setdefault(record["id"], []).append(record)
            known |= {record["id"] for record in answer["records"]} - found.keys()
        return found

    def ever_found_by_looking(self):
        """Keys that nothing had brought before a look did."""
        found, known = set(), set()
        for answer in self.answers:
            ids = {record["id"] for record in answer.get("records", [])}
            if self.is_given_up(answer):
                continue
            if self.asked_by(answer) in ("r", "refresh"):
                found |= ids - known
            known |= ids
        return found

    # What was true.

    def stayed(self, first, last):
        """Keys that were on the server from one moment to another, with the same date all the time."""
        result = set()
        for identifier, versions in self.versions.items():
            if versions[0][0] > first:
                continue
            current = [record for seq, record in versions if seq <= first][-1]
            if current is None:
                continue
            date = current.get("created_date")
            during = [record for seq, record in versions if first < seq <= last]
            if all(record is not None and record.get("created_date") == date for record in during):
                result.add(identifier)
        return result

    def missing(self, whole):
        """Keys that a whole read had to bring and did not, as far as the responses showed that they were missing."""
        missing = self.stayed(whole.start, whole.end) - whole.records.keys()
        if not missing or self.moved_cursors(whole):
            return set()
        if not whole.lies:
            return missing
        checks = [answer for answer in self.answers
                  if answer["seq"] > whole.end and answer["status"] == 200 and answer["after"] is None
                  and answer["order"] != whole.walks[-1].order and answer["records"]]
        shown = checks[0]["records"][0]["id"] if checks else whole.other_end
        # The other end is a key that we hold: nothing tells that one in between was left out.
        return set() if shown in whole.records or whole.lies <= UNDETECTABLE else missing

    def moved_cursors(self, whole):
        """Keys that a page was asked for after, and whose date was changed between: what lies between was skipped."""
        moved = set()
        for walk in whole.walks:
            for answer in walk.answers:
                given = walk.records.get(answer["after"])
                if given:
                    now = [record for seq, record in self.versions[answer["after"]] if seq <= answer["seq"] and record]
                    if now and now[-1].get("created_date") != given[0].get("created_date"):
                        moved.add(answer["after"])
        return moved

    def is_look(self, whole):
        """Whether a read is the response to a look for new keys, which happened to be the whole list."""
        starts = [walk.start for walk in whole.walks if walk.ended] or [whole.start]
        return all(self.asked_by({"ask": start}) in ("r", "refresh") for start in starts)

    def last_whole(self):
        """The newest whole read of this session, a look only where there is no other; None without any."""
        sessions = (self.session, self.standing_session())
        wholes = [whole for whole in self.wholes if whole.session in sessions or whole.end > self.session_start]
        return ([whole for whole in wholes if not self.is_look(whole)] or wholes or [None])[-1]

    def wholes_at(self, text, now):
        """Whole reads that ended at a time of day as the program may have seen it; all where no time is said."""
        result = []
        # The response to a look is seldom what is said to be read whole.
        for whole in sorted(reversed(self.wholes), key=self.is_look):
            later = [act["t"] for act in self.acts if act["seq"] > whole.end and act["kind"] in ASKING]
            restart = next((act["seq"] for act in self.acts
                            if act["seq"] > whole.end and act["kind"] in ASKING), float("inf"))
            checks = itertools.takewhile(
                lambda answer: answer["order"] != whole.walks[-1].order or answer["status"] != 200,
                (answer for answer in self.answers if whole.end < answer["seq"] < restart))
            latest = max([whole.time] + [answer["t"] for answer in checks])
            limit = max(latest, int(later[0]) - 1) if later else now
            # The system's coarse clock is some milliseconds behind the exact one.
            first = whole.time if isinstance(whole.time, int) else whole.time - 0.02
            if text is None or text in clock_texts(first, max(limit, whole.time)):
                result.append(whole)
        return result

    def looks_after(self, whole):
        """Responses after a whole read that look for new keys; also where it stayed because reading again was given up."""
        return [answer for answer in self.answers
                if answer["seq"] > whole.end and answer["status"] == 200
                and (self.session_of(answer) == whole.session or self.asked_by(answer) in ("r", "refresh"))
                and not (answer["order"] != whole.walks[-1].order and answer["limit"] == 1)]

    def asked_by(self, answer):
        """The last act that asks the server before a response."""
        act = next((act for act in reversed(self.acts) if act["kind"] in ASKING and act["seq"] < answer["ask"]), None)
        return None if act is None else "resume" if self.resumes(act) else act["kind"]

    def resumes(self, act):
        """Whether `r` went on with a list that was not whole, and did not look for new keys."""
        if act["kind"] not in ("r", "refresh"):
            return False
        first = next((answer for answer in self.answers if answer["ask"] > act["seq"]), None)
        start = self.list_start(act["seq"])
        if not any(answer["status"] == 200 and start < answer["ask"] < act["seq"] for answer in self.answers):
            # Nothing was held that could be looked at.
            return True
        # A look begins at the top, where the newest keys are first.
        return first is not None and (first["limit"] == 1 or first["order"] == "desc" and first["after"] is not None)

    def stopped_looks(self):
        """Responses of looks that the user or an error stopped: what they brought may not be held."""
        found = []
        for act in self.acts:
            if act["kind"] not in ("r", "refresh") or self.resumes(act):
                continue
            end = next((other["seq"] for other in self.acts if other["seq"] > act["seq"] and other["kind"] in ASKING),
                       float("inf"))
            looks = [answer for answer in self.answers if act["seq"] < answer["ask"] < end]
            if looks and (looks[-1]["status"] != 200 or looks[-1].get("more") and any(
                    looks[-1]["ask"] < other["seq"] < end and other["kind"] in ("ctrl-c", "esc", "stop") for other in self.acts)):
                found += looks
        return found

    def session_of(self, entry):
        return sum(1 for act in self.acts if act["kind"] in RESTARTS and act["seq"] < entry["ask"])

    def causes(self, since):
        """Why a load may have stopped after a moment: statuses and words."""
        found = set()
        for answer in self.answers:
            if answer["seq"] < since:
                continue
            if answer["status"] != 200:
                found.add(answer["status"])
            else:
                found |= set(answer["lies"])
                if answer["unreadable"]:
                    found.add("unreadable")
                if not answer["records"] and not answer["unreadable"]:
                    found.add("empty")
        return found
