"""Regular expressions as docs/filter-language.md says, read by Python's `re`, which is written in another language by others.

Standard input: {"pairs": [[source, ignores case, text], ...], "classes": [[name, [code points]], ...]}
Standard output: {"pairs": [[start, end] or null, ...] in UTF-8 bytes, "classes": [["1" or "0" for each code point], ...]}
"""
import json
import re
import sys
import unicodedata

# What each class stands for, from the general categories of Unicode.
CATEGORIES = {
    "alnum": ("L", "Nd"), "alpha": ("L",), "cntrl": ("Cc",), "digit": ("Nd",), "lower": ("Ll",), "upper": ("Lu",),
    "punct": ("P", "S"), "graph": ("L", "M", "N", "P", "S", "Cf", "Co"),
    "print": ("L", "M", "N", "P", "S", "Cf", "Co", "Zs"), "word": ("L", "M", "N", "Pc"),
}


def is_in(name, code):
    character = chr(code)
    if name in CATEGORIES:
        return unicodedata.category(character).startswith(CATEGORIES[name])
    if name == "space":
        return code in range(9, 14) or code == 0x85 or unicodedata.category(character).startswith("Z")
    if name == "blank":
        return code == 9 or unicodedata.category(character) == "Zs"
    if name == "xdigit":
        return character in "0123456789abcdefABCDEF"
    assert name == "ascii"
    return code < 128


# Only what the texts can hold: the pairs below compare the engine, the classes are compared by themselves.
ALPHABET = [chr(c) for c in range(0x500)] + ["ß", "𝔘", "🔑", "中", "٣", "‿", "\u0301", "\u2003", "０"]


def members(name):
    return "".join(re.escape(c) for c in ALPHABET if is_in(name, ord(c)))


SETS = {name: members(name) for name in (*CATEGORIES, "space", "blank", "xdigit", "ascii")}
ASCII_WORD = "[0-9A-Za-z_]"
BOUNDARY = f"(?:(?<!{ASCII_WORD})(?={ASCII_WORD})|(?<={ASCII_WORD})(?!{ASCII_WORD}))"


def translate(source):
    """Into Python's language: its classes are other sets, and `$` also matches before a last line break."""
    result, at, in_brackets = "", 0, False
    while at < len(source):
        named = re.compile(r"\[:(\w+):\]").match(source, at)
        if in_brackets and named:
            result, at = result + SETS[named[1]], named.end()
        elif source[at] == "\\":
            letter, at = source[at + 1], at + 2
            word = {"w": "word", "d": "digit", "s": "space"}.get(letter.lower())
            if word and in_brackets:
                assert letter.islower()
                result += SETS[word]
            elif word:
                result += f"[{'^' if letter.isupper() else ''}{SETS[word]}]"
            else:
                result += {"b": BOUNDARY, "z": r"\Z"}.get(letter, "\\" + letter)
        else:
            if not in_brackets and source[at] == "[":
                in_brackets = True
                if source.startswith("[^]", at) or source.startswith("[]", at):
                    taken = source.index("]", at)
                    result, at = result + source[at:taken] + r"\]", taken + 1
                    continue
            elif in_brackets and source[at] == "]":
                in_brackets = False
            result += r"\Z" if source[at] == "$" and not in_brackets else source[at]
            at += 1
    return result


def span(source, ignores_case, text):
    found = re.search(translate(source), text, re.S | (re.I if ignores_case else 0))
    return found and [len(text[:found.start()].encode()), len(text[:found.end()].encode())]


request = json.load(sys.stdin)
json.dump({
    "pairs": [span(*pair) for pair in request["pairs"]],
    "classes": ["".join("01"[is_in(name, code)] for code in codes) for name, codes in request["classes"]],
}, sys.stdout)
