"""The sentences of the program: one table of what each says, and one of those that say nothing about the list.

This is the only file that knows the program's wording. Each entry is the name of a claim, which `oracle.py` judges as
`claim_NAME`, and the form of the sentence; places are `N`, `K`, ... for numbers, `T`, `U` for times of day. A sentence in
no table fails the test.
"""

import re

PLACES = {
    "N": r"(?P<N>[\d,]+|no)", "K": r"(?P<K>[\d,]+|no|none)", "M": r"(?P<M>[\d,]+)", "F": r"(?P<F>[\d,]+|no|none)",
    "S": r"(?P<S>[\d,]+)", "T": r"(?P<T>[0-9TZ:.-]+Z|\d\d:\d\d UTC)", "U": r"(?P<U>[0-9TZ:.-]+Z|\d\d:\d\d UTC)", "X": r"(?P<X>(?:(?!\. [A-Z]).)+)",
    "Q": r"(?P<Q>.+?)",
}


def form(text):
    """A form as a regular expression: `{N}` is a place, `key(s)` both numbers, the rest as it stands but for `|`, `?`."""
    parts = re.split(r"(\{[A-Z]\}|\(s\)|\[\[.*?\]\])", text)
    pattern = ""
    for part in parts:
        if re.fullmatch(r"\{[A-Z]\}", part):
            pattern += PLACES[part[1]]
        elif part == "(s)":
            pattern += "s?"
        elif part.startswith("[["):
            pattern += part[2:-2]
        else:
            pattern += re.escape(part)
    return re.compile(pattern + r"\.?\Z", re.IGNORECASE)


def table(*entries):
    return [(name, form(text)) for name, text in entries]


# What is claimed about the list. The first form that fits is judged.
CLAIMS = table(
    # Completeness, decisions 1.
    ("complete", "{N} key(s), complete at {T}"),
    ("complete", "No keys, complete[[(?: at (?P<T>[0-9TZ:.-]+Z))?]]"),
    ("complete_now", "{N} key(s), complete"),
    ("complete_place", "{M} of {N}, complete at {T}"),
    ("looked", "{N} key(s) read whole at {T}, {K} new at {U}"),
    ("looked_place", "{M} of {N}, read whole at {T}, {K} new at {U}"),
    ("looked_changed", "{N} key(s) read whole at {T}[[(?:, (?P<K>[\\d,]+|none) new at (?P<U>[0-9TZ:.-]+Z))?]], changed on the server[[(?:[:,] (?:press|type) .*)?]]"),
    ("changed", "changed on the server: press R to read it again"),
    ("changed", "The list changed on the server: [[.*]] to read it again"),
    ("partial_changed", "{N}[[(?: keys?)?]] loaded, more on the server[[(?: \\((?P<P>[\\d,]+) pages? in all\\))?]], changed on the server[[[:,] .*]]"),
    ("not_whole", "[[(?:(?P<N>[\\d,]+) keys?, )?]]not complete: the other end of the list is another key[[.*]]"),
    ("not_whole", "The list is not complete: the other end of the list is another key"),
    ("second_record", "[[(?:(?P<N>[\\d,]+) keys?, |The list is )?]]not complete: a second record has the id [[(?P<X>[0-9a-f-]+).*]]"),
    ("second_record", "[[(?:(?P<N>[\\d,]+) keys?, |The list is )?]]not complete: [[(?P<K>[\\d,]+)]] records have ids of other keys and other fields, the first of them [[(?P<X>[0-9a-f-]+).*]]"),
    ("second_record", "[[(?:(?P<N>[\\d,]+) keys?, )?]]not complete: records with the same id differ"),
    ("end_is_empty", "[[(?:(?P<N>[\\d,]+) keys?, |The list is )?]]not complete: the other end of the list is empty[[.*]]"),
    ("empty_page", "[[(?:(?P<N>[\\d,]+) keys?, |The list is )?]]not complete: the server announced more keys and sent an empty page[[.*]]"),
    ("unstable", "[[(?:(?P<N>[\\d,]+) keys?, |The list is )?]]not complete: [[(?:a record|(?P<K>[\\d,]+) records)]] came again among others, so the server's order is not stable and keys may be missing[[.*]]"),
    ("unstable", "[[(?:(?P<N>[\\d,]+) keys?, )?]]not complete: the server's order is not stable"),
    ("unchecked", "[[(?:(?P<N>[\\d,]+) keys?, )?]]not complete: the check from the other end failed[[.*]]"),
    ("rereading", "reading again: {N} so far"),
    ("read_again", "Read again: {N} key(s) at {T}"),
    ("given_up", "Reading again failed: {X}"),
    ("given_up_by_you", "Stopped reading again"),
    ("changed_line", "Changed, {X}: {Q} -> [[(?P<after>.*)]]"),
    ("granted_line", "Changed, [[(?P<word>added|removed)]]: {X}"),
    ("list_stays", "The list is still that of {T}"),
    ("list_stays", "The list is still the one before"),
    ("lost", "The place in the list was lost ([[(?P<C>\\d+)[^)]*]])[[.*]]"),
    ("partial", "{N}[[(?: keys?)?]] loaded, more on the server[[(?: \\((?P<P>[\\d,]+) pages? in all\\))?]]"),
    ("partial", "{N} key(s) loaded, stopped by you, more on the server"),
    ("stopped_plain", "{N} key(s) loaded, stopped by an error, more may exist"),
    ("loading", "{N} loaded, loading... ({K} request(s))"),
    ("loading", "{N} key(s) loaded, still loading"),
    ("stopped_by_you", "stopped after {N} by you, press r to resume"),
    ("stopped_by_you", "Stopped after {N} key(s); [[r|Ctrl-C|.*]] resumes"),
    ("unreadable", "{N} key(s), not complete: {K} [[(?:unreadable|records? could not be read)(?:,? (?:read )?at (?P<T>[0-9TZ:.-]+Z))?.*]]"),
    ("stopped", "stopped after {N}: {X}, press r to resume"),
    ("stopped", "stopped after {N}, press r to resume"),
    ("stopped", "stopped after {N}: {X}, trying again [[(?:at|in) .*]]"),
    ("stopped", "stopped after {N}, trying again [[(?:at|in) .*]]"),
    ("stopped", "stopped after {N}: {X}"),
    ("stopped", "stopped after {N}"),
    ("nothing", "nothing loaded yet"),
    ("none", "loading..."),
    # Places and counts.
    ("position", "{M} of {N}"),
    ("position", "Key {M} of {N}"),
    ("matching", "{F} match of {S} searched, still loading"),
    ("matching_partial", "{F} match of {S} searched, more on the server"),
    ("matching", "{F} match of {S} searched"),
    ("matching", "{F} match of {S}, complete"),
    ("matching_gone", "{F} match of {S} gone key(s)[[(?: since (?P<T>[0-9:]+Z))?]]"),
    ("matching_gone", "{F} matching key(s) of {S} gone key(s)[[(?: since (?P<T>[0-9:]+Z))?]]"),
    ("gone_keys", "{S} gone key(s)[[(?: since (?P<T>[0-9:]+Z))?]]"),
    ("none_gone", "No key is known to be gone"),
    ("none_gone", "None of the keys that are gone matches the filter"),
    ("marked", "{K} marked"),
    ("marked", "{K} key(s) marked"),
    ("marked", "{K} key(s) of what is loaded so far marked"),
    ("marked", "{K} key(s) of the {S} key(s) loaded so far marked"),
    ("unreadable_count", "{K} unreadable"),
    ("odd", "{K} odd"),
    ("odd", "{K} key(s) [[(?:has|have)]] a field that was not understood"),
    # Messages.
    ("new_keys", "{K} new key(s) at {T}"),
    ("new_keys", "{K} new key(s)"),
    ("differences", "[[(?P<D>(?:[\\d,]+ (?:gone|renamed|raised to full access|lowered from full access|lowered|redated|with [a-z ]+?|changed keys? in all|changed|new)(?:, | and )?)+)(?: since (?P<T>[0-9TZ:.-]+Z)| from the list before)?(?P<A> among the [\\d,]+ keys? loaded before)?]]"),
    ("no_differences", "[[(?:Nothing (?:has )?changed|No key differs)(?: since [0-9:]+Z| from the list before)?(?P<A> among the [\\d,]+ keys? loaded before)?]]"),
    ("twice", "The server sent {K} key(s) twice; each is shown once"),
    ("unread", "{K} record(s) could not be read, and a part is never exported as the whole"),
    ("unread", "{K} record(s) could not be read, and may have it"),
    ("unread", "{K} record(s) could not be read[[(?: \\(.*\\))?]]"),
    ("every_readable", "Every key that can be read is loaded; {K} record(s) could not be read"),
    ("all_loaded", "All {N} key(s) loaded; this is the last"),
    ("every", "Every key is loaded"),
    ("every", "Every key is loaded, {N} key(s)"),
    ("unread", "Every key that can be read is loaded; {K} record(s) could not be read"),
    ("still_loading", "Still loading; {N} key(s) so far"),
    ("resuming", "Resuming after {N} key(s)"),
    ("wrote", "Wrote {K} key(s) to {Q}, [[.*]]"),
    ("wrote", "Wrote {K} key(s) to {Q}"),
    ("only_loaded", "Only {N} key(s) [[(?:was|were)]] loaded, and a part is never exported as the whole"),
    ("no_such", "No key has [[(?:the|this)]] id, name or last four:? {X} among the {N} key(s) loaded"),
    ("no_such_read", "No key has the id, name or last four {Q} among the {N} key(s) read"),
    ("no_such", "No key has this id, name or last four: {X}"),
    ("no_such", "No key has the id, name or last four {X}"),
    ("no_match", "No key matches the filter"),
    ("no_match_of", "No match among the {S} key(s) searched so far"),
    ("no_match_of", "No match among the {S} key(s) read"),
    ("none_at_all", "There are no keys"),
    ("none_at_all", "No keys"),
    ("filtered", "{F} of {N} key(s) match[[(?:es)?]] {X}"),
    ("filtered", "{F} of {N} key(s) loaded match[[(?:es)?]] {X}"),
    ("none_of", "None of {N} key(s) matches {X}"),
    ("none_of", "None of {N} key(s) loaded matches {X}"),
    ("counted", "{N} key(s), sorted by {X}"),
    ("last_loaded", "This is the last key loaded"),
    ("last_of_all", "This is the last key"),
    ("last_readable", "This is the last key that could be read"),
    # Plain mode.
    ("access", "{K} full access, {M} limited[[(?:, (?P<O>[\\d,]+) not reported)?]]"),
    ("match_filter", "{F} key(s) match[[(?:es)?]] the filter {X}"),
    ("no_match", "No keys match the filter"),
    ("several", "{K} key(s) among the {S} key(s) searched match[[(?:es)?]] {X}"),
    ("several", "{K} key(s) match[[(?:es)?]] {X}"),
    ("no_match_yet", "No match so far"),
    ("end", "End of list, {N} key(s)"),
    ("end_beside", "End of list, {N} key(s); {K} record(s) could not be read"),
    ("end_loaded", "End of the loaded keys, {N} key(s)"),
    ("more", "{K} more key(s)"),
    ("place", "Key {M} of {N}[[(?P<L> loaded)?]]: {X}"),
    ("pivot", "Permissions of {F} matching key(s) of {X}"),
    ("pivot", "Permissions of {X}"),
    ("pivot_line", "{X}: [[(?P<all>[\\d,]+) keys?]], {K} list[[s?]] it, {M} through full access"),
    ("pivot_line", "{X}: {K} key(s) list[[s?]] it, {M} through full access"),
    ("months", "Keys created in each month, of {F} matching key(s) of {X}"),
    ("months", "Keys created in each month, of {X}"),
    ("month_line", "[[(?P<X>[A-Z][a-z]+ \\d{4})]]: {K} key(s)"),
    ("undated_line", "Without a date: {K} key(s)"),
    ("undated", "{K} key(s) [[(?:has|have)]] no date that can be judged"),
    ("creators", "{K} creator(s) of {F} matching key(s) of {X}"),
    ("creators", "{K} creator(s) of {X}"),
    ("creator_line", "Creator {M} of {N}: {K} key(s), {F} full access[[(?:, .*|\\.)]] Id: {X}"),
    ("kept", "{N} key(s) stay loaded"),
    # Commands.
    ("wrote_all", "{N} key(s), complete at {T}"),
    ("nothing_matched", "Nothing matched: 0 of {N} key(s), complete[[(?: at (?P<T>[0-9TZ:.-]+Z))?]]"),
    ("wrote_some", "[[(?P<first>the first )?]]{K} of {F} that match, of {N} key(s), complete at {T}"),
    ("wrote_part", "the first[[(?: (?P<K>[\\d,]+))?]] key(s) of more, as of {T}"),
    ("only_arrived", "Only {N} key(s) arrived, so nothing was written"),
    ("permissions_of", "{F} key(s), {K} with full access; complete at {T}"),
    ("searched", "All {N} key(s) were searched"),
    ("beside", "{K} record(s) could not be read beside {N} key(s)[[.*]]"),
    # What the server answered.
    ("status", "[[(?:(?!\\. [A-Z]).)*\\((?P<C>[1-5]\\d\\d)\\)(?:(?!\\. [A-Z]).)*]]"),
)

# Sentences that claim nothing about the list.
NEUTRAL = [re.compile(text, re.IGNORECASE) for text in [
    r"",
    r"(Enter|Tab|Esc|Space|Up|Down|Left|Right|[a-zA-Z/?=:*]|Ctrl-\w) [a-z ]+",
    r"Plain mode, on because .*", r"Type .*", r"Goodbye\.", r"Loading .*stops it\.?", r"Reading the list again\.",
    r"Trying again\.", r"Searching every key.*", r"The server answers again\.", r"Loading the rest; export again.*",
    r"Nothing was (written|changed|sent)\..*", r"Nothing was written\. The rest was asked for; .*",
    r"Press \S+ to .*", r"Press \S+, then .*", r"(No filter|Filter: .*)\.?", r"(Newest|Oldest) first\.?",
    r"Sorted by .*", r"Use the number or the id\.", r"Give the id of one .*", r"(Un)?marked: .*", r"Not marked: .*",
    r"No keys marked\.", r"Months without keys are left out\.", r"No key is (marked|selected)\..*", r"This is the (first key|start of the list)\.",
    r"Reading the list again from the top\.",
    r"Waiting until [0-9:]+Z as the server asks; .*", r"[\d,]+ marks? went with them\.",
    r"is:(gone|changed|new)(, is:(gone|changed|new))* shows? them\.", r"These keys are gone; .*",
    r"Not found: .*", r"There (is|are) [\d,]+ rows?.*", r"The filter hides .*", r".* takes one key, and this names .*",
    r"Type the number of one\.", r"name the one by its id\.", r"(The load stopped|Stopped) after [\d,]+ keys? searched.*",
    r"Nothing matches\.", r".* is shown as U\+FFFD.*", r"Damaged text\.", r"Mark keys to export just those\.", r"\S+ does nothing here\.", r"Press \S+ for help\.", r"The filter is:odd finds (it|them)\.", r"A key that is gone had it: .*", r"The check from the other end failed.*",
    r"Created shows .*", r"The server ignored .*", r"The server (sent|gave|repeated) .*", r"The server answered .*",
    r"Choose another name\.", r".*already exists\..*", r".* exists\..*", r"Already looking for new keys\.",
    r"Nothing to (cancel|go back from)\..*", r"Ctrl-C again leaves.*", r"Cancelled\.", r"Stopped looking for new keys\.",
    r"The load (is )?stopped\..*", r".* is hidden by the filter\..*", r"\d+ notices?\.", r"Try again( later.*)?\.?",
    r"Wait, .*", r"The server's pages go round in a circle\.", r"The server sends empty pages without end\.",
    r"Nothing was written\.", r"Read the list again.*", r"Keys were deleted while .*",
    r"The list was read to its end, but the check from the other end failed: .*", r"(Wait|Check|Give|Tell|Save|Try|Read|Ask) .*", r"What was loaded is kept; .*", r"More may exist on the server\.",
    r"Error: .*", r".* is not a key number\..*", r"There is no filter\.", r"readable by you alone\.?",
    r"Still loading the first keys\.", r"No keys are loaded\.", r"Column \d+: .*", r".*is not a predicate.*",
    r"The list would be incomplete, so nothing was written\.", r"This search takes long\..*", r"Did you mean .*",
    r"Every column is shown\.", r"Loading keys\..*", r"[\d,]+ keys? loaded so far, [\d,]+ requests? answered\.",
    r"Loading ended, [\d,]+ keys? loaded\.", r"[\d,]+ more (permissions?|creators?|months?)\.", r"or another command\.",
    r"The counts have changed, so the table starts again\.", r"End, [\d,]+ (permissions?|creators?|months?|keys?)\.", r"There is nothing to .*", r"Keys? \d+ of \d+.*:",
]]

# Why a load stopped: each needs its reason in what the server sent.
REASONS = [(name, re.compile(text, re.IGNORECASE)) for name, text in [
    ("status", r".*\((?P<status>\d{3})\).*"),
    ("status404", r".*no (key )?list at.*|.*not found.*"),
    ("status", r".*(?:status|failed|refused|rejected|lost).*?(?P<status>\d{3}).*"),
    ("status429", r".*too many requests.*|.*rate.*limit.*|.*asks? to wait.*"),
    ("contradiction", r".*(empty page|contradict|has_more).*"),
    ("ignored", r".*(ignored|no new key|same page|repeated|again and again|cursor).*"),
    ("other_end", r".*other end.*"),
    ("unreadable", r".*(could not be read|not understood|no id).*"),
]]

PROMPTS = ("Filter:", "Find:", "Export to:", ":")
COLUMNS = ("Name", "Access", "Perms", "Created", "Creator", "Last four")
# The first cell of a row of the list: what it says of the key.
SIGNS = {" ": None, "*": "marked", "+": "new", "~": "changed", "!": "raised", "-": "gone"}
# A word that stands in a row beside the name, and what it claims.
ROW_WORDS = {"new": "new", "gone": "gone", "renamed": "renamed", "raised": "raised", "lowered": "lowered",
             "perms": "permissions", "changed": "changed"}
EMPTY_NAMES = {"none": "(no name)", "empty": "(empty name)"}
ORDERS = {"newest first": ("created", True), "oldest first": ("created", False)}

# One of several keys that a name can mean.
ENTRY = re.compile(r"(?P<place>[\d,]+)\. (?P<name>.+?)\. (?P<rest>.+) Id: (?P<id>\S+)\Z")

RECORD = re.compile(
    r"Key (?P<place>[\d,]+) of (?P<count>[\d,]+)(?P<loaded> loaded)?: (?P<name>.+?)\. "
    r"(?P<access>Full access|Limited, .+?|Access not (?:reported|understood.*?))\. "
    r"(?:Created (?P<created>\d+ \w+ \d{4}), (?P<age>.+?)\.|Creation date .+?\.) "
    r"(?:Ends in (?P<last>.+?)\.|Last four .+?\.)(?P<words>(?: \w+.*?\.)*)\Z")


def claim(text):
    """(name, match) of a sentence; ("neutral", None), or (None, None) for one that is not known."""
    for name, pattern in CLAIMS:
        match = pattern.match(text)
        if match:
            return name, match
    if any(pattern.fullmatch(text) for pattern in NEUTRAL):
        return "neutral", None
    return None, None


# What may stand before a sentence about the list without a claim of its own.
PREFIXES = re.compile(r"\A(?:Searched: |Source: (?=127)|Filter .+?: (?=[\d,]+ match))")


def sentences(text):
    """The sentences of a message."""
    parts = re.split(r"(?<=[.?!])\s+(?=[A-Z0-9]|is:)", text.strip())
    return [PREFIXES.sub("", part) for part in parts if part]


def number(text):
    if text is None:
        return None
    return 0 if text.lower() in ("no", "none") else int(text.replace(",", ""))
