"""Dates made from a grammar, and their moments by Python's datetime: dates.py SEED COUNT

Prints a line for each: the text in hexadecimal, a tab, and microseconds since the epoch or `refused`. Half of the texts come
from LISTED, changed at one place or not at all; the others from the grammar of DateReader. It is written from what that
promises, not from its code.
"""
import datetime, email.utils, random, re, sys

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
SECOND = datetime.timedelta(seconds=1)
LISTED = [
    "2023-11-07T05:31:56Z", "2016-12-31T23:59:60Z", "2020-05-01", "20200501T100000Z", "2020-05-01T10:00Z",
    "2020-05-01T10:00:00,5Z", "2020-05-01 10:00:00", "2020-05-01t10:00:00z", "2020-05-01T10:00:00+0100",
    "2020-05-01T10:00:00+01", "2020-05-01T10:00:00+01:00", "2020-05-01T10:00:00-00:30", "2020-05-01T24:00:00Z",
    "2020-W18-5", "2020W185T10", "2020-122", "2020122", "2020-05-01T10:00:00.123456789012345678901234567890Z",
    "2020-05-01 10:00:00 UTC", "2020-05-01 10:00:00 +0000", "2020-05-01 10:00:00.5 +0000 UTC",
    "2020-05-01 10:00:00.123+00", "Fri, 01 May 2020 10:00:00 +0000", "Fri, 01 May 2020 10:00:00 GMT",
    "1 May 2020 10:00 +0200", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59Z",
    "2024-02-29", "2023-02-29", "2020-W53-7", "2021-W53-1", "2023-366", "2024-366", "1588327200", "1588327200000",
    "2020-05", "2020", "May 2020", "yesterday", "", "0000-01-01", "2020-05-01T10:00:00+24:00", "2020-5-1", "~never",
]


class Grammar:
    def __init__(self, seed): self.random = random.Random(seed)
    def pick(self, *choices): return self.random.choice(choices)

    def date(self, day):
        year, week, weekday = day.isocalendar()
        forms = [f"{day.year:04}-{day.month:02}-{day.day:02}", f"{day.year:04}{day.month:02}{day.day:02}",
                 f"{day.year:04}-{day.timetuple().tm_yday:03}", f"{day.year:04}{day.timetuple().tm_yday:03}",
                 f"{year:04}-W{week:02}-{weekday}", f"{year:04}W{week:02}{weekday}"]
        return self.pick(forms[0], *forms)

    def clock(self):
        hour, minute, second = self.random.randrange(24), self.random.randrange(60), self.random.randrange(60)
        if self.random.randrange(12) == 0: second = 60
        if self.random.randrange(15) == 0: hour, minute, second = 24, self.pick(0, 0, 1), self.pick(0, 0, 1)
        colon = self.pick(":", ":", "")
        parts = [f"{hour:02}", f"{minute:02}", f"{second:02}"][:self.pick(1, 2, 3, 3, 3, 3)]
        fraction = self.pick("", "", "." , ",")
        digits = "".join(str(self.random.randrange(10)) for _ in range(self.pick(1, 3, 6, 7, 9, 30)))
        return colon.join(parts) + (fraction + digits if fraction and len(parts) == 3 else "")

    def zone(self):
        sign, hours, minutes = self.pick("+", "-"), f"{self.random.randrange(24):02}", f"{self.random.randrange(60):02}"
        if self.random.randrange(4) == 0: hours = minutes = "00"
        offset = sign + hours + self.pick("", minutes, ":" + minutes)
        return self.pick("Z", "Z", "z", "", offset, offset, " " + offset, " UTC", "UTC", " GMT", offset + " UTC")

    def text(self):
        day = datetime.date.fromordinal(self.random.randrange(1, datetime.date.max.toordinal() + 1))
        if self.random.randrange(8): day = day.replace(year=self.pick(1969, 1970, 1999, 2000, 2020, 2023, 2024), day=min(day.day, 28))
        kind = self.random.randrange(10)
        if kind == 0: return self.date(day)
        if kind == 1:
            name = self.pick("", day.strftime("%a, "), day.strftime("%a, "), "Mon, ")
            clock = f"{self.random.randrange(24):02}:{self.random.randrange(60):02}" + self.pick("", ":09", ":59", ":60")
            return f"{name}{self.pick(f'{day.day:02}', str(day.day))} {day.strftime('%b')} {day.year:04} {clock} " + self.zone().strip()
        return self.date(day) + self.pick("T", "T", "t", " ") + self.clock() + self.zone()

    def next(self):
        text = self.pick(*LISTED) if self.random.randrange(2) else self.text()
        if text and self.random.randrange(3) == 0:
            place = self.random.randrange(len(text))
            kind, letter = self.random.randrange(4), self.pick(*"0123456789TZtz:-+., WUé")
            if kind == 0: return text[:place] + text[place + 1:]
            if kind == 1: return text[:place] + letter + text[place:]
            if kind == 2: return text[:place] + letter + text[place + 1:]
            return text + letter
        return text


def day_of(text):
    """A datetime.date, or ValueError."""
    if re.fullmatch(r"\d{4}-?\d{3}", text):
        year, number = int(text[:4]), int(text[-3:])
        first = datetime.date(year, 1, 1)
        if not 1 <= number <= (366 if (year % 4 == 0 and year % 100 != 0 or year % 400 == 0) else 365): raise ValueError(text)
        return datetime.date.fromordinal(first.toordinal() + number - 1)
    if not re.fullmatch(r"\d{4}(-\d\d-\d\d|\d{4}|-W\d\d-\d|W\d\d\d)", text): raise ValueError(text)
    if "W" in text:
        digits = re.sub(r"\D", "", text)
        return datetime.date.fromisocalendar(int(digits[:4]), int(digits[4:6]), int(digits[6]))
    return datetime.date.fromisoformat(text)


TIME = r"(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?"
ZONE = r"(|Z| ?(?:z|Z|UTC|GMT)| ?([+-])(\d\d)(?::?(\d\d))?(?: UTC)?)"


def clock_of(match):
    """Since midnight; the groups of TIME come first."""
    hour = int(match[1])
    minute, second, digits = int(match[2] or match[5] or 0), int(match[3] or match[6] or 0), match[4] or match[7] or ""
    micro = int((digits + "000000")[:6])
    if minute > 59 or second > 60 or hour > 24 or hour == 24 and (minute or second or micro): raise ValueError(match[0])
    return datetime.timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def offset_of(sign, hours, minutes):
    if not sign: return datetime.timedelta()
    if int(hours) > 23 or int(minutes or 0) > 59: raise ValueError(hours)
    offset = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -offset if sign == "-" else offset


def moment(text):
    mail = re.fullmatch(r"(?:([A-Z][a-z][a-z]), )?(\d\d?) ([A-Z][a-z][a-z]) (\d{4}) (\d\d):?(\d\d)(?::?(\d\d))? (?:Z|z|UTC|GMT|([+-])(\d\d):?(\d\d)?(?: UTC)?)", text)
    if mail:
        day = datetime.datetime.strptime(f"{mail[2]} {mail[3]} {mail[4]}", "%d %b %Y").date()
        if mail[1] and day.strftime("%a") != mail[1]: raise ValueError(text)
        clock = re.fullmatch(TIME, text.split(mail[4] + " ", 1)[1].split(" ")[0])
        if not clock: raise ValueError(text)
        if re.search(r"[+-]\d\d:( |$)", text): raise ValueError(text)
        since, offset = clock_of(clock), offset_of(mail[8], mail[9], mail[10])
    else:
        parts = re.fullmatch(r"(\d[\dW-]*)(?:[Tt ](.*))?", text)
        if not parts: raise ValueError(text)
        day = day_of(parts[1])
        since = offset = datetime.timedelta()
        if parts[2] is not None:
            match = re.fullmatch(TIME + ZONE, parts[2])
            if not match: raise ValueError(text)
            since, offset = clock_of(match), offset_of(match[9], match[10], match[11])
    result = datetime.datetime.combine(day, datetime.time(), UTC) + since - offset
    return (result - EPOCH) // datetime.timedelta(microseconds=1)


def expected(text):
    if len(text.encode()) > 100 or not text.isascii(): return "refused"
    try: return str(moment(text))
    except (ValueError, OverflowError): return "refused"


if __name__ == "__main__":
    grammar = Grammar(int(sys.argv[1]))
    for text in LISTED + [grammar.next() for _ in range(int(sys.argv[2]))]:
        print(text.encode().hex() + "\t" + expected(text))
