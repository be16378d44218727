"""One method for each claim of the table of sentences: `claim_NAME` gives why it is false, or None."""

import re

import fields
import sentences
from held import Held
from history import ASKING, RESTARTS, clock_texts
from sentences import number


class Claims(Held):
    def judge_sentence(self, text, where, basis):
        """Judges one sentence; gives the name of its claim."""
        name, match = sentences.claim(text)
        if name is None:
            self.check("unknown sentence", text, f"not in the table of sentences ({where})")
            return None
        if name == "neutral":
            return None
        groups = match.groupdict()
        reason = getattr(self, f"claim_{name}")(basis, groups)
        self.check(name, text, reason)
        return name

    def claim_complete(self, basis, groups):
        whole, reason = self.find_whole(number(groups.get("N")) or 0, groups.get("T"))
        return reason

    def claim_complete_now(self, basis, groups):
        return self.find_whole(number(groups["N"]), None, with_looks=True)[1]

    def claim_complete_place(self, basis, groups):
        return self.claim_complete(basis, groups) or self.claim_position(basis, groups)

    def claim_looked(self, basis, groups):
        wholes, reason = self.find_wholes(number(groups["N"]), groups["T"])
        # Which walks belong to a read is not told: it is true where it is true of one way to see it.
        reasons = [self.looked_reason(whole, groups) for whole in wholes]
        return (None if None in reasons else reasons[0]) if wholes else reason

    def looked_reason(self, whole, groups):
        looks = self.history.looks_after(whole)
        if groups.get("U"):
            looks += [answer for answer in self.history.answers if self.history.session_of(answer) == whole.session]
            times = {text for answer in looks for text in clock_texts(answer["t"], self.latest(answer))}
            if groups["U"] not in times:
                return "nobody looked then"
        if groups.get("K") and number(groups["K"]) not in self.ways_new(whole, number(groups["N"])) and (
                whole.session == self.history.session):
            return f"{len(self.new_ids(whole))} keys are new since"
        if self.changed_since(whole):
            return "a known key came back changed, and nothing says so"
        return None

    def claim_looked_changed(self, basis, groups):
        whole, reason = self.find_whole(number(groups["N"]), groups["T"])
        if reason:
            return reason
        if groups.get("K") and number(groups["K"]) not in self.ways_new(whole, number(groups["N"])):
            return f"{len(self.new_ids(whole))} keys are new since"
        return self.claim_changed(basis, groups)

    def ways_new(self, whole, count):
        """How many keys may be new since a read of so many keys: one number for each way to see that read."""
        ways = [other for other in self.variants(whole)
                if other.least - len(self.history.refused(other)) <= count <= len(other.records)]
        return set().union(*map(self.new_counts, ways or [whole]))

    def latest(self, answer):
        later = [act["t"] for act in self.history.acts if act["seq"] > answer["seq"]]
        return max(answer["t"], later[0] if later else self.entry["t"] + 1)

    def changed_since(self, whole):
        """A known key that a look brought back with other fields; of a look that goes on nothing is said yet."""
        act = max((act["seq"] for act in self.history.acts if act["kind"] in ("r", "refresh")), default=0)
        looks = self.history.looks_after(whole)
        goes_on = [answer for answer in looks if answer["ask"] > act][-1:]
        known_came = any(record["id"] in whole.records for answer in goes_on for record in answer["records"])
        for answer in looks:
            if goes_on and goes_on[0].get("more") and answer["ask"] > act and not (
                    known_came and answer["order"] == "desc"):
                continue
            for record in answer["records"]:
                known = whole.records.get(record["id"])
                if known and fields.meaning(record) not in [fields.meaning(one) for one in known]:
                    return record["id"]
        return None

    def claim_changed(self, basis, groups):
        for whole in self.history.wholes:
            if self.changed_since(whole) or any(
                    not self.begins_like(answer, whole) for answer in self.history.looks_after(whole)):
                return None
        # Of a part that is looked at again while the rest is still to come.
        for number_of, answer in enumerate(self.history.answers):
            # A page that begins at the top and says that there is no more lacks what was read before.
            ids = {record["id"] for record in answer["records"]}
            if answer["status"] == 200 and answer["after"] is None and answer["limit"] > 1 and not answer["more"] and any(
                    not {record["id"] for record in earlier["records"]} <= ids
                    for earlier in self.history.answers[:number_of] if earlier["order"] == answer["order"]):
                return None
        seen = {}
        for answer in self.history.answers:
            for record in answer.get("records", []):
                if seen.setdefault(record["id"], record) != record:
                    return None
        pages = [(answer["order"], [record["id"] for record in answer["records"]]) for answer in self.history.answers
                 if answer["status"] == 200 and answer["after"] is None and answer["limit"] > 1]
        for index, (order, ids) in enumerate(pages):
            for other, earlier in pages[:index]:
                length = min(len(ids), len(earlier))
                if other == order and ids[:length] != earlier[:length]:
                    return None
        return "no known key came back changed or was missing"

    @staticmethod
    def begins_like(answer, whole):
        """Whether a look is new keys, then the known ones as they stood: all that a list may be that only grew."""
        known = whole.walks[0].order_of_ids
        ids = [record["id"] for record in answer["records"]]
        while ids and ids[0] not in whole.records:
            ids.pop(0)
        # A last page that ends before the known keys do lacks some.
        return (not ids or ids == known[:len(ids)]) and (answer["more"] or len(ids) == len(known))

    def claim_partial(self, basis, groups):
        if number(groups["N"]) not in basis.counts:
            return f"the server gave {sorted(basis.counts)}"
        walks = [walk for walk in self.history.walks if walk.session == self.history.session and walk.limit > 1]
        # While a part is read again, and where that came to nothing, the part stays what it was.
        restart = next((act["kind"] for act in reversed(self.history.acts) if act["kind"] in RESTARTS), None)
        stays = restart in ("R", "reread") and not any(
            whole.session == self.history.session and not whole.unreadable and not self.history.missing(whole)
            and self.was_checked(whole) for whole in self.history.wholes)
        if not stays and walks and all(walk.ended for walk in walks) and not any(walk.unreadable for walk in walks):
            if not any(answer["status"] != 200 for answer in self.history.answers[-8:]) and not any(
                    walk.lies for walk in walks):
                return "the server said that there is no more"
        totals = {answer.get("total") for answer in self.history.answers}
        if groups.get("P") and number(groups["P"]) not in totals:
            return f"the server said {totals}"
        return None

    def was_checked(self, whole):
        """Whether the other end was asked for after a read, so that it can be taken up."""
        return any(answer["seq"] > whole.end and answer["limit"] == 1 and answer["order"] != whole.walks[-1].order
                   for answer in self.history.answers)

    def claim_loading(self, basis, groups):
        return None if number(groups["N"]) <= len(basis.records) else "more than the server gave"

    def claim_stopped(self, basis, groups):
        count = number(groups.get("N"))
        if count is not None and count not in basis.counts:
            return f"the server gave {sorted(basis.counts)}"
        # The list may be the one before reading again was given up.
        causes = self.history.causes(0)
        if not causes - {"totals"}:
            return "nothing stopped it"
        for name, pattern in sentences.REASONS:
            match = pattern.match(groups.get("X") or "")
            if not match:
                continue
            if name == "status" and int(match["status"]) not in causes:
                return f"no response had the status {match['status']}"
            if name == "status404" and 404 not in causes:
                return "no response had the status 404"
            if name == "status429" and 429 not in causes:
                return "no response had the status 429"
            if name == "contradiction" and not causes & {"empty", "empty-end", "false-more"}:
                return "no page was empty"
            return None
        return None

    def claim_stopped_plain(self, basis, groups):
        return self.claim_stopped(basis, {"N": groups["N"]})

    def claim_stopped_by_you(self, basis, groups):
        if not any(act["kind"] == "ctrl-c" for act in self.history.acts):
            return "nobody did"
        return None if number(groups["N"]) in basis.counts else f"the server gave {sorted(basis.counts)}"

    def claim_looked_place(self, basis, groups):
        # The place is among all, the time that of the keys that were read whole.
        return self.claim_looked(basis, {**groups, "N": str(number(groups["N"]) - number(groups["K"]))})

    def claim_partial_changed(self, basis, groups):
        return self.claim_partial(basis, groups)

    def claim_end_is_empty(self, basis, groups):
        return None if any(answer["status"] == 200 and not answer["records"] and answer["after"] is None
                           for answer in self.history.answers) else "no first page was empty"

    def claim_empty_page(self, basis, groups):
        return None if self.history.causes(0) & {"empty"} else "no page was empty"

    def claim_unstable(self, basis, groups):
        # Looks and what is read after them are one reading, and so are two walks from both ends.
        ids = [record["id"] for answer in self.history.answers if answer["limit"] > 1 for record in answer["records"]]
        again = len(ids) - len(set(ids))
        return None if again >= (number(groups.get("K")) or 1) else f"{again} records came again"

    def claim_second_record(self, basis, groups):
        ids = [groups["X"]] if groups.get("X") else self.history.delivered
        differing = [identifier for identifier in ids if any(
            record != found[0][2] for found in [self.history.delivered.get(identifier, [])] for _, _, record in found)]
        return None if differing else "no two records of it differ"

    def claim_changed_line(self, basis, groups):
        return None if groups["Q"] != groups["after"].rstrip(".") else "both are the same"

    def claim_granted_line(self, basis, groups):
        names = set(groups["X"].rstrip(".").split(", "))
        pairs = [(old, new) for key, records in basis.records.items() for new in records
                 for old in (self.before_restart.records.get(key, []) if self.before_restart else [])]
        if groups["word"] == "removed":
            pairs = [(new, old) for old, new in pairs]
        return None if any(names == set(map(str, fields.listed(new) or [])) - set(map(str, fields.listed(old) or []))
                           for old, new in pairs) else "no key differs so"

    def claim_every_readable(self, basis, groups):
        ended = any(walk.ended and walk.session >= self.history.standing_session() for walk in self.history.walks)
        return self.claim_unreadable(basis, groups) if ended else "the list was not read to its end"

    def claim_given_up(self, basis, groups):
        return None if self.failed_since_restart() else "every response was as it should be, and the other end was held"

    def claim_given_up_by_you(self, basis, groups):
        return None if self.stopped_since_restart() else "nobody did"

    def claim_unchecked(self, basis, groups):
        return None if any(answer["status"] != 200 for answer in self.history.answers) else "no request failed"

    def claim_rereading(self, basis, groups):
        return self.within(number(groups["N"]), (0, len(self.history.delivered)))

    def claim_read_again(self, basis, groups):
        return self.claim_complete(basis, groups)

    def claim_list_stays(self, basis, groups):
        if not self.failed_since_restart() and not self.stopped_since_restart():
            return "the list was read again"
        # It says which list it is, not that it is complete.
        if not groups.get("T"):
            return None
        wholes = self.history.wholes
        stays = [whole for whole in self.history.wholes_at(groups["T"], self.entry["t"] + 1) if not any(
            whole.session < later.session < self.history.session and not later.unreadable
            and not self.history.is_look(later)
            and not self.history.missing(later) and self.was_checked(later) for later in wholes)]
        return None if stays else "the list that was read whole last is another"

    def claim_lost(self, basis, groups):
        return self.claim_status(basis, groups)

    def claim_matching_gone(self, basis, groups):
        self.visible = number(groups["F"])
        return self.claim_gone_keys(basis, groups)

    def claim_gone_keys(self, basis, groups):
        return self.within(number(groups["S"]), self.change_range(basis, "gone"))

    def claim_none_gone(self, basis, groups):
        least, _ = self.change_range(basis, "gone")
        return f"{least} are gone" if least and self.filter == "is:gone" else None

    def claim_not_whole(self, basis, groups):
        for answer in self.history.answers:
            before = [walk for walk in self.history.walks
                      if walk.order != answer["order"] and walk.start < answer["ask"] and walk.limit > 1]
            if answer["status"] == 200 and answer["after"] is None and before and answer["records"]:
                if answer["records"][0]["id"] not in before[-1].records:
                    return None
        return "the other end was a key of the list"

    def claim_unreadable(self, basis, groups):
        given = max([walk.unreadable for walk in self.history.walks] + [
            sum(walk.unreadable for walk in self.history.walks if walk.session == session)
            for session in (self.history.session, self.history.session - 1)])
        return None if 0 < number(groups["K"]) <= given else f"{given} records had no id"

    claim_unreadable_count = claim_unreadable
    claim_unread = claim_unreadable

    def claim_odd(self, basis, groups):
        least, most = basis.range(lambda _, record: fields.is_odd(record))
        if self.filter == "is:gone" and self.before_restart:
            least, most = 0, self.before_restart.range(lambda _, record: fields.is_odd(record))[1]
        # A command says it of the keys that it wrote.
        is_part = self.entry["e"] == "run" and ("--filter" in self.entry["argv"] or "--limit" in self.entry["argv"])
        return self.within(number(groups["K"]), (0 if is_part else least, most))

    def claim_beside(self, basis, groups):
        return self.claim_unreadable(basis, groups) or self.claim_only_arrived(basis, groups)

    def claim_nothing(self, basis, groups):
        return None if self.history.session == 0 or not any(
            walk.session == self.history.session and walk.deliveries for walk in self.history.walks) else "keys are loaded"

    def claim_none(self, basis, groups):
        return None

    # Counts.

    def filter_range(self, basis):
        """How many keys the filter of the screen shows."""
        word = self.filter
        if not word:
            return self.total(basis)
        if word in ("is:new", "is:changed", "is:gone"):
            return self.change_range(basis, word[3:])
        return basis.range(lambda _, record: fields.matches(word, record))

    def total(self, basis):
        if basis.is_whole:
            new = self.new_counts(basis.whole)
            variants = self.variants(basis.whole)
            return (min(whole.least - len(self.history.refused(whole)) for whole in variants),
                    max(len(whole.records) for whole in variants) + max(new))
        return 0, max(len(basis.records), max(basis.counts))

    def change_range(self, basis, word):
        before = self.before_restart
        if before is not None and before.whole is None:
            return 0, len(basis.records.keys() | before.records.keys())
        least, most = self.exact_change_range(basis, word)
        # With a read between that did not end, the last list is one thing, the last whole one another.
        is_next = before is None or not basis.is_whole or basis.whole.session <= before.whole.session + 1
        return (least if is_next else 0), most

    def exact_change_range(self, basis, word):
        if not basis.is_whole:
            return 0, len(basis.records) + (len(self.before_restart.records) if self.before_restart else 0)
        looked = self.new_ids(basis.whole)
        # What a look that goes on has brought is not held yet.
        held_new = looked if len(looked) == min(self.new_counts(basis.whole)) else set()
        before = self.before_restart
        if before is None or before.whole.session >= basis.whole.session:
            found = len(self.history.found_by_looking())
            # What a look brought between known keys is told of as a change, and may be left out of the list.
            placed = self.placed_by_looking(basis.whole)
            # Another order is no second reading: what looks brought before it stays new.
            ever = len(self.history.ever_found_by_looking() & basis.records.keys())
            return {"new": (min(placed, len(looked), found), max(len(looked), found, ever)), "changed": (0, len(self.changed_ids(basis))),
                    "gone": (0, len(basis.records))}[word]
        held = basis.whole.records
        # A key whose place was refused may be taken for deleted at once: it is in the list or not.
        refused, refused_before = self.history.refused(basis.whole), self.history.refused(before.whole)
        # Which walks belong to the read before is not told: what each way to see it holds was there.
        certain = set(before.whole.records).intersection(
            *(other.records for other in self.variants(before.whole))) - refused_before
        match word:
            case "new":
                least = held.keys() - before.records.keys() - refused
                most = held.keys() - certain
                return len(least | held_new), len(most | looked)
            case "gone":
                return (len(certain - held.keys()),
                        len(before.records.keys() - (held.keys() - refused)))
        both = held.keys() & before.records.keys()
        least = [key for key in both - refused if all(
            fields.differs(old, new) for old in self.last_read(key) for new in held[key])]
        most = [key for key in both if any(
            fields.differs(old, new) for old in before.records[key] for new in basis.records[key])]
        return len(least), len(most)

    def last_read(self, key):
        """The records of a key by the whole read before, or by a look where that did not know it."""
        whole = self.before_restart.whole
        read = [record for other in self.variants(whole) for record in other.records.get(key, [])] if whole else []
        return read or self.before_restart.records[key]

    def placed_by_looking(self, whole):
        """How many keys looks brought before all known ones; of a look that goes on none is held yet."""
        known, count = set(whole.records), 0
        looks = self.history.looks_after(whole)
        act = max((act["seq"] for act in self.history.acts if act["kind"] in ("r", "refresh")), default=0)
        if looks and looks[-1]["ask"] > act and looks[-1]["more"] and looks[-1]["order"] == "asc":
            return 0
        for answer in self.history.looks_after(whole):
            for record in answer["records"]:
                if record["id"] in known:
                    break
                known.add(record["id"])
                count += 1
        return count

    def changed_ids(self, basis):
        return {identifier for identifier, records in basis.records.items()
                if any(fields.differs(records[0], record) for record in records)}

    def within(self, value, bounds):
        least, most = bounds
        return None if least <= value <= most else f"it is {least}" if least == most else f"it is {least} to {most}"

    def claim_position(self, basis, groups):
        count = number(groups["N"])
        if not 1 <= number(groups["M"]) <= count:
            return "no such place"
        self.visible = count
        return self.within(count, self.filter_range(basis))

    def claim_place(self, basis, groups):
        return self.claim_position(basis, groups)

    def claim_matching(self, basis, groups):
        self.visible = number(groups["F"])
        return self.within(number(groups["S"]), self.total(basis)) or self.within(
            number(groups["F"]), self.filter_range(basis))

    claim_matching_partial = claim_matching

    def claim_match_filter(self, basis, groups):
        self.visible = number(groups["F"])
        return self.within(number(groups["F"]), self.filter_range(basis))

    def claim_filtered(self, basis, groups):
        return self.within(number(groups["N"]), self.total(basis)) or self.within(
            number(groups["F"]), self.filter_range(basis))

    def claim_none_of(self, basis, groups):
        return self.claim_filtered(basis, {**groups, "F": "0"})

    def claim_counted(self, basis, groups):
        return self.within(number(groups["N"]), self.total(basis))

    def claim_marked(self, basis, groups):
        return None if number(groups["K"]) <= len(self.history.ever) else "more than there ever were"

    def claim_no_match(self, basis, groups):
        if not basis.is_whole:
            return "the list is not whole"
        least, _ = self.filter_range(basis)
        return f"{least} keys match" if least else None

    def claim_no_match_of(self, basis, groups):
        return self.within(number(groups["S"]), self.total(basis))

    def claim_no_match_yet(self, basis, groups):
        return None

    def claim_none_at_all(self, basis, groups):
        whole, reason = self.find_whole(0, None)
        return reason

    def claim_end(self, basis, groups):
        if not basis.is_whole:
            return "the list is not whole"
        return self.within(number(groups["N"]), self.filter_range(basis))

    def claim_end_beside(self, basis, groups):
        return self.claim_unreadable(basis, groups) or self.within(number(groups["N"]), self.filter_range(basis))

    def claim_end_loaded(self, basis, groups):
        return self.within(number(groups["N"]), self.filter_range(basis))

    def claim_more(self, basis, groups):
        return self.within(number(groups["K"]), (0, self.filter_range(basis)[1]))

    def claim_access(self, basis, groups):
        word = self.filter
        counts = [number(groups["K"]), number(groups["M"]), number(groups.get("O")) or 0]
        if word in ("is:new", "is:changed", "is:gone"):
            return self.within(sum(counts), self.filter_range(basis))
        for count, kind in zip(counts, ("full", "limited", "unknown")):
            def fits(_, record):
                shown = fields.matches(word, record) if word else True
                here = fields.access(record)
                if shown is False or (here is not None and here != kind):
                    return False
                return True if shown and here == kind else None
            reason = self.within(count, basis.range(fits))
            if reason:
                return f"{kind}: {reason}"
        return None

    # Messages.

    def claim_new_keys(self, basis, groups):
        session = [answer for answer in self.history.answers if answer["status"] == 200]
        acts = [act["seq"] for act in self.history.acts if act["kind"] in ("r", "refresh")]
        if not acts:
            return "nobody looked"
        # The look is of the last `r` or of one before it, where its sentence still stands.
        for act in reversed(acts):
            after = [other["seq"] for other in self.history.acts if other["seq"] > act and other["kind"] in ASKING]
            end = min(after, default=len(self.log))
            # The sentence stands while the user reads on: it is of the responses before one of the acts since.
            cuts = [other["seq"] for other in self.history.acts if act < other["seq"] < end] if groups.get("T") else []
            reason = self.look_reason(groups, session, act, end)
            if reason and any(not self.look_reason(groups, session, act, cut) for cut in cuts):
                return None
            if not groups.get("T") or not reason:
                return reason
        return "the look of that time brought another number"

    def look_reason(self, groups, session, act, end):
        """Why a number of new keys is not that of a look from an act to an end."""
        looks = [answer for answer in session if act < answer["ask"] < end]
        if groups.get("T") and not any(
                groups["T"] in clock_texts(answer["t"], self.latest(answer)) for answer in looks):
            return "nobody looked then"
        known = self.history.known_before(act)
        new = {record["id"] for answer in looks for record in answer["records"]} - known
        least = len(new)
        if not any(whole.session == self.history.session and whole.end < act and not self.history.is_look(whole)
                   for whole in self.history.wholes):
            # Of a part it is not known which are new; those that were there when it began are not.
            # What stands behind the last known key comes with the next page.
            ids = [record["id"] for answer in looks for record in answer["records"]]
            end = max((place for place, identifier in enumerate(ids) if identifier in known), default=len(ids))
            least = len({identifier for identifier in new & set(ids[:end])
                         if self.history.versions[identifier][0][0] > self.history.list_start()})
        given = {record["id"] for answer in looks for record in answer["records"]}
        # Where reading again was given up, what it brought may be new to the list that stays.
        read = [whole.records for whole in self.history.wholes if whole.end < act][-1:]
        most = max(len(new), len(given - read[0].keys()) if read else 0)
        return self.within(number(groups["K"]), (least, most))

    def claim_differences(self, basis, groups):
        self.said_differences = True
        if self.before_restart is None:
            return self.not_begun_again(basis, groups)
        if not basis.is_whole or self.before_restart.whole is None:
            return None
        names = {"renamed": "renamed", "raised to full access": "raised", "lowered from full access": "lowered",
                 "with other access": "other access", "with permissions added": "added", "with permissions removed": "removed",
                 "with other permissions": "exchanged", "with another date": "redated"}
        for count, words in re.findall(r"([\d,]+) ([a-z ]+?)(?=,| and |\Z)", groups["D"]):
            words = words.strip()
            if words in ("gone", "new"):
                reason = self.within(number(count), self.change_range(basis, words))
            elif words in names:
                reason = self.within(number(count), self.kind_range(basis, names[words]))
            elif words.startswith("changed"):
                reason = self.within(number(count), self.change_range(basis, "changed"))
            else:
                # What no operation of the grammar does, but for records of odd fields.
                reason = self.within(number(count), (0, len(basis.records)))
            if reason:
                return f"{words}: {reason}"
        return None

    def not_begun_again(self, basis, groups):
        """Why the differences are not those of a list that a look found to have keys, after it had none."""
        empty = any(whole.session == self.history.session and not whole.records for whole in self.history.wholes)
        said = re.match(r"([\d,]+) new", groups["D"])
        if not empty or not said:
            return "the list was not read twice"
        return self.within(number(said[1]), self.total(basis))

    def kind_range(self, basis, name):
        both = basis.whole.records.keys() & self.before_restart.records.keys()
        refused = self.history.refused(basis.whole) | self.history.refused(self.before_restart.whole)
        least = most = 0
        for key in both:
            pairs = [(old, new) for old in self.last_read(key) for new in basis.whole.records[key]]
            verdicts = [name in fields.differs(old, new) for old, new in pairs]
            # A list that was empty and is no longer given, or the other way round, differs, though it grants the same.
            most += any(verdicts) or name == "exchanged" and any(
                fields.access(old) == fields.access(new) != "full" and (fields.listed(old) is None) != (fields.listed(new) is None)
                for old, new in pairs)
            # A key whose place was refused may be taken for deleted at once.
            least += all(verdicts) and key not in refused
        return least, most

    def claim_no_differences(self, basis, groups):
        self.said_differences = True
        # Of a list that was not known to be whole, nothing is said of keys that it did not have.
        return self.unsaid(basis, ("gone", "changed") if groups.get("A") else ("gone", "new", "changed"))

    def unsaid(self, basis, words=("gone", "new", "changed")):
        """What differs between two whole reads, where something surely does."""
        if not basis.is_whole or self.before_restart is None or self.before_restart.whole is None or (
                basis.whole.session != self.history.session) or (
                basis.whole.session != self.before_restart.whole.session + 1 or basis.whole.unreadable):
            return None
        for word in words:
            least, _ = self.change_range(basis, word)
            if least:
                return f"{least} {word} since the last read"
        return None

    def claim_twice(self, basis, groups):
        # Of the list at hand, or of the one that it was compared with while the message stands.
        first = self.history.standing_session() - 1
        walks = [walk for walk in self.history.walks if walk.session >= first]
        repeated = [walk.deliveries - len(walk.records) for walk in walks]
        over = [whole.deliveries - len(whole.records) for whole in self.history.wholes if whole.session >= first]
        # A client that goes on from the row before makes the server send rows again itself.
        refused = sum(answer["status"] in (400, 404, 410, 422) for answer in self.history.answers
                      if self.history.session_of(answer) >= first)
        # So does one that had looked at keys before it came to them.
        looked = len(self.history.ever_found_by_looking())
        return None if any(count - 3 * refused <= number(groups["K"]) <= count + looked
                           for count in repeated + over + [sum(repeated)]) else (
            f"{max(repeated, default=0)} keys came twice")

    def claim_all_loaded(self, basis, groups):
        return self.claim_every(basis, groups)

    def claim_every(self, basis, groups):
        count = number(groups.get("N"))
        if not basis.is_whole:
            return "the list is not whole"
        return None if count is None else self.within(count, self.total(basis))

    def claim_still_loading(self, basis, groups):
        return "nothing is loading" if basis.is_whole else self.claim_loading(basis, groups)

    def claim_resuming(self, basis, groups):
        return self.within(number(groups["N"]), (0, len(self.history.ever)))

    def claim_wrote(self, basis, groups):
        return None if any(entry["e"] == "file" and entry["rows"] == number(groups["K"]) for entry in self.log) else (
            "no file with so many keys was written")

    def claim_only_loaded(self, basis, groups):
        # Said of the moment when the export was asked for.
        sizes = set().union(*(walk.sizes for walk in self.history.walks)) | basis.counts | self.exported_from
        refused = sum(answer["status"] in (400, 404, 410, 422) for answer in self.history.answers)
        return None if any(size - refused <= number(groups["N"]) <= size for size in sizes) else (
            "the server gave another number")

    def claim_status(self, basis, groups):
        known = {answer["status"] for answer in self.history.answers}
        return None if int(groups["C"]) in known else "no response had this status"

    def claim_several(self, basis, groups):
        text = groups["X"].rstrip(".")
        return self.within(number(groups["K"]), (0, self.naming(basis, text)[1]))

    def naming(self, basis, text):
        return basis.range(lambda identifier, record: text in (
            record.get("name"), record.get("last_four_digits"), identifier) or (
                len(text) >= 4 and identifier.startswith(text.lower())))

    def claim_no_such(self, basis, groups):
        if groups.get("N"):
            return None if not basis.is_whole else "the list is whole"
        if not basis.is_whole:
            return "the list is not whole, and the rest was not searched"
        least, _ = self.naming(basis, groups["X"].rstrip("."))
        return f"{least} keys have it" if least else None

    def claim_no_such_read(self, basis, groups):
        reason = self.within(number(groups["N"]), self.total(basis))
        if reason:
            return reason
        least, _ = self.naming(basis, groups["Q"])
        return f"{least} keys have it" if least else None

    def claim_last_loaded(self, basis, groups):
        return None

    def claim_last_of_all(self, basis, groups):
        return None if basis.is_whole else "the list is not whole"

    def claim_last_readable(self, basis, groups):
        return None if any(walk.unreadable for walk in self.history.walks) else "every record had an id"

    def claim_kept(self, basis, groups):
        refused = sum(answer["status"] in (400, 404, 410, 422) for answer in self.history.answers)
        # Without the keys whose place the server refused to go on from.
        counts = basis.counts | {len(basis.records) - less for less in range(refused + 1)}
        return None if number(groups["N"]) in counts else "the server gave another number"

    def claim_pivot(self, basis, groups):
        self.judge_sentence(groups["X"].split(". ")[0], "pivot", basis)
        return self.within(number(groups["F"]), self.filter_range(basis)) if groups.get("F") else None

    def claim_pivot_line(self, basis, groups):
        if groups.get("all") and number(groups["all"]) != number(groups["K"]) + number(groups["M"]):
            return "the sum is another"
        permission = groups["X"].replace(" (not in the catalogue)", "").split(",")[0]

        def fits(want_full):
            def inner(_, record):
                shown = fields.matches(self.filter, record) if self.filter else True
                full = fields.access(record) == "full"
                holds = full if want_full else not full and permission in (fields.listed(record) or [])
                return False if shown is False or not holds else shown
            return inner
        if self.filter in ("is:new", "is:changed", "is:gone"):
            return None
        return self.within(number(groups["K"]), basis.range(fits(False))) or self.within(
            number(groups["M"]), basis.range(fits(True)))

    claim_months = claim_pivot

    def claim_month_line(self, basis, groups):
        return self.claim_dated(basis, number(groups["K"]), lambda words: words.endswith(" " + groups["X"]))

    def claim_undated_line(self, basis, groups):
        return self.claim_dated(basis, number(groups["K"]), lambda words: not words)

    def claim_undated(self, basis, groups):
        # Of the keys of a filter, or of all.
        least, most = basis.range(lambda _, record: fields.created(record) is None)
        return self.within(number(groups["K"]), (0 if self.filter else least, most))

    def claim_dated(self, basis, count, fits_date):
        """Whether so many keys that are shown have a date whose words fit; no words stand for no date."""
        if self.filter in ("is:new", "is:changed", "is:gone"):
            return None

        def fits(_, record):
            shown = fields.matches(self.filter, record) if self.filter else True
            moment = fields.created(record)
            return shown if fits_date("" if moment is None else fields.date_words(moment)) else False
        return self.within(count, basis.range(fits))

    def claim_creators(self, basis, groups):
        self.judge_sentence(groups["X"].split(". ")[0], "creators", basis)
        return None

    def claim_creator_line(self, basis, groups):
        if self.filter in ("is:new", "is:changed", "is:gone"):
            return None

        def fits(_, record):
            shown = fields.matches(self.filter, record) if self.filter else True
            creator = record.get("creator_id")
            if groups["X"].startswith("not reported"):
                # A line of its own for what was not understood there is not: the two are named together then.
                is_here = creator is None or not isinstance(creator, str) and "not understood" in groups["X"]
            else:
                is_here = creator == groups["X"].rstrip(".")
            return shown if is_here else False
        return self.within(number(groups["K"]), basis.range(fits))

    # Commands.

    def claim_wrote_all(self, basis, groups):
        return self.claim_complete(basis, groups)

    def claim_nothing_matched(self, basis, groups):
        reason = self.claim_complete(basis, {"N": groups["N"], "T": groups.get("T")})
        least, _ = self.filter_range(basis) if basis.is_whole else (0, 0)
        return reason or (f"{least} match" if least else None)

    def claim_wrote_some(self, basis, groups):
        return self.claim_complete(basis, groups) or self.within(number(groups["F"]), self.filter_range(basis)) or (
            None if number(groups["K"]) == self.written else f"{self.written} were written")

    def claim_wrote_part(self, basis, groups):
        return None if number(groups.get("K") or "1") == self.written else f"{self.written} were written"

    def claim_only_arrived(self, basis, groups):
        walks = [walk for walk in self.history.walks if walk.session == self.history.session and walk.limit > 1]
        counts = {len(set().union(*(walk.records.keys() for walk in walks[index:]))) for index in range(len(walks))}
        refused = sum(1 for answer in self.history.answers if answer["status"] in (400, 404, 410, 422)
                      and answer["seq"] > self.history.session_start)
        return None if any(count - refused <= number(groups["N"]) <= count for count in counts) else (
            f"the server gave {sorted(counts)}")

    def claim_permissions_of(self, basis, groups):
        return self.claim_complete(basis, {"N": groups["F"], "T": groups["T"]}) or self.within(
            number(groups["K"]), basis.range(lambda _, record: fields.access(record) == "full"))

    def claim_searched(self, basis, groups):
        return self.claim_complete(basis, {"N": groups["N"], "T": None})
