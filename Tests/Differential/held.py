"""What the list of the program is at a moment: which keys it must hold, and which it may."""

from history import History


class Basis:
    """What the list held when a statement was made.

    `sure` are keys that it must hold, `records` every record of each key that it may show.
    """

    def __init__(self, whole, sure, records, counts, is_whole):
        self.whole, self.sure, self.records, self.counts, self.is_whole = whole, sure, records, counts, is_whole

    def range(self, fits):
        """The least and the most keys for which `fits(record)` may be true; None there means that nobody can tell."""
        least = most = 0
        for identifier, records in self.records.items():
            verdicts = [fits(identifier, record) for record in records]
            most += any(verdict is not False for verdict in verdicts)
            least += identifier in self.sure and all(verdict is True for verdict in verdicts)
        return least, most


class Held:
    """What the list held at each moment, as the history has it, and what was found to be false."""

    def __init__(self, log):
        self.log = log
        self.history = History()
        self.found = []
        self.counts = {}
        self.entry = None
        # What each session is compared with: the list before it was read again.
        self.baselines = {}
        self.before_restart = None
        self.last_basis = None
        self.last_said = 0
        self.last_message = ""
        self.said_differences = True
        # How many keys the list may have held when an export was last asked for.
        self.exported_from = set()

    def note_restart(self, entry):
        if entry["kind"] in ("R", "reread"):
            # What was not whole has nothing to be compared with.
            wholes = [whole for whole in self.history.wholes if whole.session == self.history.session
                      and not whole.unreadable and not self.history.missing(whole)]
            # With a record that could not be read it is the list, too, unless it was read again since.
            odd = [whole for whole in self.history.wholes if whole.session == self.history.session and whole.unreadable
                   and not self.history.is_look(whole)]
            read = [whole for whole in wholes if not self.history.is_look(whole)] or odd or wholes
            said = self.last_basis.whole if self.last_basis else None
            if read and self.last_basis and self.last_basis.is_whole:
                # A look that happened to bring the whole list is no second reading of it.
                is_kept = not self.history.is_look(said) and (said in wholes or self.history.is_look(read[-1]))
                self.baselines[self.history.session + 1] = self.basis_of(said if is_kept else read[-1])
                self.said_differences = False
            elif self.last_basis and self.last_basis.is_whole:
                # Reading again came to nothing before: the list is still the one of an earlier session.
                self.baselines[self.history.session + 1] = self.basis_of(self.last_basis.whole)
                self.said_differences = False
            elif any(walk.records and (walk.session in (self.history.session, self.history.standing_session())
                                       or walk in self.history.resumed) for walk in self.history.walks):
                self.baselines[self.history.session + 1] = self.loose_basis()
                self.said_differences = True
        elif entry["kind"] == "order":
            # Signs and words stay until the list is read again, and another order is no second reading.
            whole = self.last_basis.whole if self.last_basis else None
            session = whole.session if whole else self.history.session
            if session in self.baselines:
                self.baselines[self.history.session + 1] = self.baselines[session]

    def compare_with(self, basis):
        """Sets what the list at hand is compared with: while it is read again, the one before is still shown."""
        self.before_restart = self.baselines.get(basis.whole.session if basis.whole else self.history.session)

    def false(self, kind, text, why):
        self.found.append({"kind": kind, "text": text, "why": why, "seq": self.entry["seq"]})

    def check(self, kind, text, reason):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if reason:
            self.false(kind, text, reason)

    # What the list holds.

    def basis_of(self, whole):
        records = {identifier: list(found) for identifier, found in whole.records.items()}
        sure = set(whole.records) if whole.least == len(whole.records) else self.history.stayed(whole.start, whole.end)
        for answer in self.history.looks_after(whole):
            for record in answer["records"]:
                records.setdefault(record["id"], []).append(record)
        for identifier, found in self.history.found_by_looking().items():
            records.setdefault(identifier, []).extend(found)
        sure = (sure - self.history.refused(whole)) & records.keys()
        for other in self.variants(whole):
            sure &= other.records.keys()
            for identifier, found in other.records.items():
                records.setdefault(identifier, []).extend(found)
        return Basis(whole, sure, records, {len(whole.records)}, True)

    def variants(self, whole):
        """The ways to see one read: which walks belong to it is not told."""
        return [other for other in self.history.wholes if other.end == whole.end]

    def loose_basis(self):
        """Anything delivered in this session or the one before it, for a list that does not claim to be whole."""
        history = self.history
        records, counts = {}, {0}
        # Where reading again came to nothing, the list is that of the last session that came to an end, or a part.
        first_session = max([whole.session for whole in history.wholes if whole.session < history.session
                             and not whole.unreadable and not history.missing(whole)], default=0)
        for identifier, found in history.delivered.items():
            recent = [record for _, session, record in found if session >= first_session]
            if recent:
                records[identifier] = recent
        for session in range(first_session, history.session + 1):
            walks = [walk for walk in history.walks if walk.session == session]
            for first in range(len(walks)):
                ids = set()
                for walk in walks[first:]:
                    ids |= walk.records.keys()
                    counts |= {len(ids), len(walk.records)}
                    if history.asked_by({"ask": walk.start}) in ("r", "refresh"):
                        # Of a look at a part, keys behind the last one that is held are not taken up yet.
                        counts |= set(range(len(walks[first].records), len(ids)))
        counts |= {count for session, count in history.held_at_refusal if session == history.session}
        refused = len([answer for answer in history.answers if answer["status"] in (400, 404, 410, 422)])
        for session in {history.session, history.session - 1} & history.given_up.keys():
            # The list that stays, also while it is read again, is what was read before and what looks brought since.
            walks = [walk for walk in history.walks if not walk.is_given_up
                     and history.standing_session(session) <= walk.session <= session]
            counts |= {len(set().union(*(walk.records.keys() for walk in walks[first:]))) for first in range(len(walks))}
            if any(history.asked_by({"ask": walk.start}) in ("r", "refresh") for walk in walks):
                counts |= set(range(len(walks[0].records), max(counts)))
        counts |= {count - dropped for count in counts for dropped in range(min(refused, 4) + 1)}
        return Basis(None, set(), records, counts, False)

    def new_ids(self, whole):
        """Keys that were delivered after a whole read and not in it."""
        found = {record["id"] for answer in self.history.looks_after(whole) for record in answer["records"]}
        if whole.session == self.history.session:
            # A look while the list was not whole yet.
            found |= self.history.found_by_looking().keys()
        return found - whole.records.keys()

    def new_counts(self, whole):
        """How many keys may be said to be new: those of a look that goes on are not held yet."""
        new = self.new_ids(whole)
        looks = self.history.looks_after(whole)
        stopped = {id(answer) for answer in self.history.stopped_looks()}
        firm = {record["id"] for answer in looks if id(answer) not in stopped for record in answer["records"]}
        if stopped:
            return {len(new), len(new & firm)}
        act = max((act["seq"] for act in self.history.acts if act["kind"] in ("r", "refresh")), default=0)
        last = [answer for answer in looks if answer["ask"] > act]
        if not last or not last[-1]["more"]:
            return {len(new)}
        before = {record["id"] for answer in looks if answer["ask"] < act for record in answer["records"]}
        is_known = last[-1]["order"] == "desc" and any(record["id"] in whole.records or record["id"] in before for record in last[-1]["records"])
        return {len(new)} if is_known else {len(new), len(new & before)}

    def find_whole(self, count, time, with_looks=False):
        """(whole read, None), or (None, why there is none) for `count` keys read whole at `time`."""
        wholes, reason = self.find_wholes(count, time, with_looks)
        return (wholes[0], None) if wholes else (None, reason)

    def find_wholes(self, count, time, with_looks=False):
        """Every read that may be meant by `count` keys read whole at `time`, and why there is none."""
        reason = "no whole read ended then"
        fitting = []
        now = self.entry["t"] + 1
        for whole in self.history.wholes_at(time, now):
            if self.entry["e"] == "run" and whole.session != self.history.session:
                continue
            # A list that was read again in vain stays; after the next whole one it is gone.
            if any(whole.session < later.session < self.history.session and not later.unreadable
                   and not self.history.is_look(later)
                   and not self.history.missing(later) for later in self.history.wholes):
                continue
            allowed = range(whole.least - len(self.history.refused(whole)), len(whole.records) + 1)
            if time is None and with_looks:
                allowed = set(allowed) | {len(whole.records) + len(self.new_ids(whole))}
            if count is not None and count not in allowed:
                reason = f"the whole read of that time brought {len(whole.records)} keys"
                continue
            missing = self.history.missing(whole)
            if missing:
                reason = f"{len(missing)} keys that were there all the time are missing, as {sorted(missing)[0]}"
                continue
            if whole.unreadable:
                reason = f"{whole.unreadable} records could not be read"
                continue
            fitting.append(whole)
        return fitting, reason
