"""What a record says of a key, as it is to be shown; and which keys a filter means. From the documents alone."""

import re
from datetime import datetime, timezone

import sentences

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]


def access(record):
    """full, limited, unknown; None where what was sent is neither yes nor no."""
    value = record.get("restricted")
    return {False: "full", True: "limited"}.get(value, "unknown" if value is None else None) \
        if value is None or isinstance(value, bool) else None


def created(record):
    """Seconds since the epoch; None where there is no date."""
    value = record.get("created_date")
    if not isinstance(value, str):
        return None
    try:
        return int(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    except ValueError:
        return None


def listed(record):
    """Permissions; None where there is no list."""
    value = record.get("permissions")
    return value if isinstance(value, list) else None


def is_odd(record):
    """Whether a field that is read has another type or form than it should."""
    texts = [record.get(key) for key in ("name", "last_four_digits", "creator_id", "created_date")]
    lists = listed(record) or []
    return (any(text is not None and not isinstance(text, str) for text in texts)
            or record.get("created_date") is not None and created(record) is None
            or record.get("restricted") is not None and access(record) is None
            or record.get("permissions") is not None and listed(record) is None
            or any(not isinstance(name, str) for name in lists))


def name_fits(text, record):
    name = record.get("name")
    if name is None:
        return text == sentences.EMPTY_NAMES["none"]
    if name == "":
        return text == sentences.EMPTY_NAMES["empty"]
    if not isinstance(name, str):
        return True
    return text == name or (text.endswith("…") and name.startswith(text[:-1]))


def age_fits(text, moment, now):
    match = re.fullmatch(r"([\d,]+) (second|minute|hour|day)s? ago", text)
    if not match:
        return False
    unit = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}[match[2]]
    return abs((now - moment) - sentences.number(match[1]) * unit) <= unit + 30


def date_words(moment):
    date = datetime.fromtimestamp(moment, timezone.utc)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def cell_fits(column, text, record, now):
    """Whether a cell of the list says what a record says; what was not understood may be shown in any way."""
    match column:
        case "Name": return name_fits(text, record)
        case "Access":
            word = access(record)
            return word is None or text == word
        case "Perms":
            value = record.get("permissions")
            if value is not None and not isinstance(value, list):
                return True
            if access(record) == "full":
                return text == "all"
            return text == ("-" if value is None else f"{len(value):,}") or access(record) is None
        case "Created":
            value = record.get("created_date")
            if value is None:
                return text in ("unknown", "-", "not reported")
            moment = created(record)
            if moment is None:
                return True
            short = datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d %H:%M")
            return text == short or age_fits(text, moment, now)
        case "Creator":
            value = record.get("creator_id")
            return text in ("unknown", "-", "not reported") if value is None else (
                not isinstance(value, str) or text == value[:8] or value.startswith(text))
        case "Last four":
            value = record.get("last_four_digits")
            return text in ("-", "not reported") if value is None else not isinstance(value, str) or text == value
    return True


def same(shown, record):
    """Whether an exported record is the one that was sent: field by field after parsing, absent and null alike."""
    for key in ("id", "name", "created_date", "last_four_digits", "creator_id", "restricted", "permissions"):
        sent = record.get(key)
        usual = sent is None or {"restricted": isinstance(sent, bool), "permissions": isinstance(sent, list)}.get(
            key, isinstance(sent, str))
        if key == "created_date" and isinstance(sent, str) and created(record) is None:
            usual = False
        if shown.get(key) != sent and usual:
            return False
    return True


def meaning(record):
    """A record as far as it says something: through full access, no list and an empty one are the same permissions."""
    if record.get("restricted") is False and record.get("permissions") in (None, []):
        return {name: value for name, value in record.items() if name != "permissions"}
    return record


def differs(old, new):
    """The kinds of difference between two records of a key."""
    kinds = set()
    if old.get("name") != new.get("name"):
        kinds.add("renamed")
    if access(old) != access(new):
        kinds.add({("limited", "full"): "raised", ("full", "limited"): "lowered"}.get((access(old), access(new)), "other access"))
    elif access(new) != "full":
        before, after = set(map(str, listed(old) or [])), set(map(str, listed(new) or []))
        if before != after:
            kinds |= {"permissions", "added" if before < after else "removed" if after < before else "exchanged"}
    if old.get("created_date") != new.get("created_date"):
        kinds.add("redated")
    return kinds


def matches(word, record):
    """Whether a record matches a filter of the grammar; None where it cannot be told."""
    if word in ("is:full", "is:limited"):
        kind = access(record)
        return None if kind is None else kind == word[3:]
    name = record.get("name")
    if word.startswith("name:"):
        return None if name is not None and not isinstance(name, str) else bool(name) and word[5:] in name
    texts = [name, record["id"], record.get("creator_id"), record.get("last_four_digits"), *(listed(record) or [])]
    if any(isinstance(text, str) and word in text for text in texts):
        return True
    return None if any(text is not None and not isinstance(text, str) for text in texts) else False


def sort_key(column, record):
    match column:
        case "name": return record.get("name") if isinstance(record.get("name"), str) and record["name"] else None
        case "created": return created(record)
        case "last-four":
            value = record.get("last_four_digits")
            return value if isinstance(value, str) else None
    return None
