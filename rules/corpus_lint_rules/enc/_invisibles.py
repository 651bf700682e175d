"""Characters that show nothing: what they are called, and where text needs them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ZWSP, ZWNJ, ZWJ = "\u200b", "\u200c", "\u200d"
SOFT_HYPHEN = "\u00ad"
OVERRIDES = "\u202d\u202e"
POP = "\u202c"
"""Ends what was opened last: an embedding or an override."""
MARKS = "\u061c\u200e\u200f"
CONTROLS = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
BLANKS = "\u115f\u1160\u2800\u3164\uffa0\ufffc"
"""What stands where something else was, or in place of a space."""
RUBY = "\ufff9\ufffa\ufffb"

NAMES = {
    SOFT_HYPHEN: "soft hyphen",
    ZWSP: "zero-width space",
    ZWNJ: "zero-width non-joiner",
    ZWJ: "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u061c": "Arabic letter mark",
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2060": "word joiner",
    "\u2061": "function application",
    "\u2062": "invisible times",
    "\u2063": "invisible separator",
    "\u2064": "invisible plus",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate",
    "\u2069": "pop directional isolate",
    "\u034f": "combining grapheme joiner",
    "\u180e": "Mongolian vowel separator",
    "\u2800": "braille blank",
    "\u3164": "Hangul filler",
    "\ufeff": "byte-order mark inside the text",
    "\uffa0": "half-width Hangul filler",
    "\ufffc": "place of a picture or an object",
}

_RTL = "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ARABIC = "\u0600-\u061b\u061d-\u08ff\ufb50-\ufdff\ufe70-\ufefc\U0001e900-\U0001e95f"
_WITHOUT_SPACES = (
    "\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1bff\ua980-\ua9ff\uaa60-\uaadf\U00011000-\U000117ff"
)
_INDIC = (
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u180a\u1810-\u18af\u1a20-\u1c4f\ua800-\ua9ff\uaa00-\uaadf\uabc0-\uabff"
    "\U00010a00-\U00011fff"
)
"""Scripts, from Devanagari to Mongolian, in which joiners choose between forms of letters."""
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_EMOJI_WITHOUT_SYMBOL = "0123456789#*\u203c\u2049\u2139\u3030"
"""What has an emoji form and is no symbol by its category."""

_QUOTED = frozenset(("''", '""', "``", "()", "[]", "“”", "‘’", "（）", "「」", "<>", "||", "«»"))


class Scripts(NamedTuple):
    """One expression for each set of characters that decides."""

    right_to_left: re.Pattern[str]
    arabic: re.Pattern[str]
    without_spaces: re.Pattern[str]
    indic: re.Pattern[str]
    han: re.Pattern[str]


@cache
def scripts() -> Scripts:
    """The expressions; each matches one character."""
    return Scripts(*(re.compile(f"[{members}]") for members in (_RTL, _ARABIC, _WITHOUT_SPACES, _INDIC, _HAN)))


@cache
def invisible() -> re.Pattern[str]:
    """A character that shows nothing; the same as the census class and a few above the first plane."""
    return re.compile(
        "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
        "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
    )


def is_tag(character: str) -> bool:
    """Whether a character is an invisible copy of one of ASCII."""
    return "\U000e0001" <= character <= "\U000e007f"


def is_selector(character: str) -> bool:
    """Whether a character is one of the 256 variation selectors."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_needed(text: str, at: int, line: str, is_right_to_left: Callable[[], bool]) -> bool:
    """Whether the invisible character at ``at`` does in its place what it is there for.

    Args:
        text: the document.
        at: offset of the character.
        line: the line that it stands in.
        is_right_to_left: tells whether the document has text in Arabic, Hebrew or the like.
    """
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before and before + after in _QUOTED:
        return True  # text about the character
    if character in (ZWJ, ZWNJ):
        if before in (ZWJ, ZWNJ):
            return False  # the first one has done it
        return _joins(text, at)
    if is_selector(character):
        return _selects(character, before)
    if is_tag(character):
        return _is_flag(text, at)
    known = scripts()
    if character == ZWSP:
        return any(known.without_spaces.match(c) for c in (before, after))
    if character == SOFT_HYPHEN:
        if before == "¬" and after == "®":
            return True  # the table of Latin-1
        # A byte of UTF-8 that was misread: ä¸\xadæ–‡.
        return before != SOFT_HYPHEN and "\xa1" <= before <= "\xbf" and "\x80" <= after <= "\u2122"
    if character in MARKS and character == before:
        return False  # the first one has done it
    if character in MARKS or character in CONTROLS:
        return known.right_to_left.search(line) is not None or is_right_to_left()
    if character in OVERRIDES:
        return known.right_to_left.search(line) is not None
    if character == "\u034f":
        return category(after or " ")[0] == "M" or category(before or " ")[0] == "M"
    if character == "\u2800":
        return any("\u2801" <= c <= "\u28ff" for c in line)
    return _is_of_its_script(character, before, after)


def _joins(text: str, at: int) -> bool:
    character, before, after = text[at], _seen(text, at, -1), _seen(text, at, 1)
    known = scripts()
    if known.indic.match(before):
        return True
    if character == ZWJ:
        base = _base(text, at)
        is_emoji = min(base, after) >= "\u2190" and category(base)[0] == category(after)[0] == "S"
        return is_emoji or any(known.arabic.match(c) or known.indic.match(c) for c in (before, after))
    # At the edge of a word a non-joiner keeps nothing apart.
    if any(not c or c.isspace() for c in (before, after)):
        return False
    return any(known.arabic.match(c) or known.indic.match(c) for c in (before, after))


def _seen(text: str, at: int, step: int) -> str:
    """The nearest character before or behind ``at`` that shows something; nothing at an end of the text."""
    at += step
    while 0 <= at < len(text) and invisible().match(text[at]):
        at += step
    return text[at : at + 1] if at >= 0 else ""


def _base(text: str, at: int) -> str:
    """What an emoji sequence goes on from at ``at``: the character before, without selectors and tags."""
    at -= 1
    while at > 0 and (is_selector(text[at]) or is_tag(text[at])):
        at -= 1
    return text[at] if at >= 0 else " "


def _selects(selector: str, before: str) -> bool:
    if not before or before.isspace() or invisible().match(before):
        return False
    if selector in "\ufe0e\ufe0f":
        # Many write the selector of a keycap behind the cap: 1, U+20E3, U+FE0F.
        return before in _EMOJI_WITHOUT_SYMBOL or before == "\u20e3" or (before > "\x7f" and category(before)[0] == "S")
    if selector >= "\U000e0100":
        return scripts().han.match(before) is not None
    return before == "0" or before > "\x7f"


def _is_flag(text: str, at: int) -> bool:
    """Whether a tag character belongs to the flag of a region: a black flag, tags, and the tag that ends them."""
    start, end = at, at
    while start >= 0 and is_tag(text[start]):
        start -= 1
    while end < len(text) and is_tag(text[end]):
        end += 1
    return start >= 0 and text[start] == "\U0001f3f4" and text[end - 1] == "\U000e007f" and end - start <= 8


def _is_of_its_script(character: str, before: str, after: str) -> bool:
    """Fillers and vowels that belong to one script, among letters of it."""
    first, last = {
        "\u115f": ("\u1100", "\u11ff"),
        "\u1160": ("\u1100", "\u11ff"),
        "\u3164": ("\u3131", "\u318e"),
        "\uffa0": ("\uffa1", "\uffdc"),
        "\u17b4": ("\u1780", "\u17ff"),
        "\u17b5": ("\u1780", "\u17ff"),
    }.get(character, ("\u1800", "\u18af") if "\u180b" <= character <= "\u180f" else ("", ""))
    return any(first <= c <= last and c != character for c in (before, after) if c and first)
