"""How odd a text looks: the price, in nats, of its characters and of how they stand side by side.

It is a rough likelihood for text of any language, made for one purpose: telling a word from the same word with
letters that were decoded wrongly. Letters of one script and case, with punctuation where it belongs, are cheap;
signs inside words, capitals behind small letters, mixed scripts and signs that hardly anyone types are dear.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

LETTERS = "LUI"
"""The kinds of letters: small, capital, without case."""

_SIGNS = {
    # Quotation marks by the side of the word they stand on; as no two languages agree on « and », they are both.
    **dict.fromkeys("“‘¿¡", ("o", 2.5)),
    **dict.fromkeys("„‚", ("o", 4.0)),
    "’": ("q", 2.0),
    "”": ("Q", 2.0),
    "…": ("e", 2.0),
    **dict.fromkeys("«»‹›", ("g", 3.0)),
    **dict.fromkeys("–—•·―‑‐", ("-", 2.0)),
    "€": ("$", 3.0),
    **dict.fromkeys("£$", ("$", 3.0)),
    **dict.fromkeys("¢¥", ("$", 5.0)),
    **dict.fromkeys("°²³±", ("m", 4.0)),
    "×": ("m", 3.0),
    **dict.fromkeys("¹÷¼½¾µ", ("m", 5.0)),
    **dict.fromkeys("®™©", ("r", 4.0)),
    **dict.fromkeys("§¶", ("x", 5.0)),
    **dict.fromkeys("ªº†‡‰´", ("x", 5.0)),
    **dict.fromkeys("¨¯¬¦", ("x", 7.0)),
    **dict.fromkeys("¸¤ˆ˜ˇ˘˙˝˛◊⌐", ("x", 8.0)),
    "\xad": ("y", 4.0),
    "\xa0": (" ", 2.0),
    "\ufffd": ("?", 6.0),
    "ƒ": ("L", 7.0),
    "ſ": ("L", 16.0),
    "œ": ("L", 3.0),
    "Œ": ("U", 4.0),
    "ß": ("L", 2.0),
    "Þ": ("U", 5.0),
    "þ": ("L", 4.0),
    "ð": ("L", 3.5),
    "Ð": ("U", 5.0),
    "Ã": ("U", 5.0),
    "Â": ("U", 4.0),
    "\ufeff": ("y", 3.0),
    "π": ("0", 2.0),
    **dict.fromkeys("ﬁﬂ", ("L", 4.0)),
}
_RUSSIAN = re.compile("[А-яЁё]")

_BLOCKS = (
    # From, to, kind, price of a letter of this block.
    (0x0100, 0x017F, "", 3.0),
    (0x0180, 0x024F, "", 8.0),
    (0x0250, 0x02AF, "", 9.0),
    (0x02B0, 0x02FF, "x", 8.0),
    (0x0300, 0x036F, "M", 5.0),
    (0x0370, 0x03FF, "", 2.0),
    (0x0400, 0x045F, "", 2.0),
    (0x0460, 0x052F, "", 12.0),
    (0x0530, 0x058F, "", 6.0),
    (0x0591, 0x05C7, "M", 8.0),
    (0x05D0, 0x05EA, "I", 2.0),
    (0x0600, 0x065F, "", 2.5),
    (0x0660, 0x06FF, "", 3.0),
    (0x0700, 0x08FF, "", 12.0),
    (0x0900, 0x0DFF, "I", 2.5),
    (0x0E00, 0x0E7F, "I", 2.5),
    (0x0E80, 0x0FFF, "I", 4.0),
    (0x1000, 0x10FF, "", 4.0),
    (0x1100, 0x11FF, "", 6.0),
    (0x1200, 0x137F, "I", 5.0),
    (0x1380, 0x177F, "", 12.0),
    (0x1780, 0x17FF, "I", 4.0),
    (0x1800, 0x1DFF, "", 12.0),
    (0x1E00, 0x1EFF, "", 3.0),
    (0x1F00, 0x1FFF, "", 4.0),
    (0x2000, 0x206F, "y", 4.0),
    (0x2070, 0x20CF, "m", 5.0),
    (0x20D0, 0x20FF, "M", 8.0),
    (0x2100, 0x21FF, "*", 4.0),
    (0x2200, 0x22FF, "m", 5.0),
    (0x2300, 0x24FF, "*", 5.0),
    (0x2500, 0x259F, "b", 4.0),
    (0x25A0, 0x27BF, "*", 3.0),
    (0x27C0, 0x2BFF, "*", 10.0),
    (0x2C00, 0x2DFF, "", 12.0),
    (0x2E80, 0x2FFF, "I", 8.0),
    (0x3000, 0x303F, "p", 3.0),
    (0x3040, 0x30FF, "I", 2.0),
    (0x3100, 0x33FF, "I", 5.0),
    (0x3400, 0x4DBF, "I", 8.0),
    (0x4E00, 0x9FFF, "I", 3.0),
    (0xA000, 0xABFF, "", 12.0),
    (0xAC00, 0xD7AF, "I", 2.5),
    (0xD7B0, 0xF8FF, "?", 12.0),
    (0xF900, 0xFAFF, "I", 6.0),
    (0xFB00, 0xFDFF, "I", 6.0),
    (0xFE00, 0xFE0F, "y", 3.0),
    (0xFE10, 0xFEFF, "I", 8.0),
    (0xFF00, 0xFFEF, "p", 3.0),
    (0x1F000, 0x1FAFF, "*", 4.0),
)


class Look(NamedTuple):
    """A character's kind, its price, and its script if it is a letter."""

    kind: str
    price: float
    script: str = ""


@lru_cache(maxsize=4096)
def look(character: str) -> Look:
    """What kind of character it is and how rarely it is typed."""
    code = ord(character)
    if code < 0x80:
        if character.isalpha():
            return Look("L" if character.islower() else "U", 0.0, "LATIN")
        if character.isdigit():
            return Look("0", 0.0)
        if character in " \t":
            return Look(" ", 0.0)
        return Look("p" if code >= 0x20 else "c", 0.0 if code >= 0x20 else 12.0)
    if code < 0xA0:
        return Look("c", 12.0)
    script = _script(character)
    if character in _SIGNS:
        return Look(*_SIGNS[character], script)
    block = next((row for row in _BLOCKS if row[0] <= code <= row[1]), None)
    category = unicodedata.category(character)
    kind = block[2] if block else ""
    price = block[3] if block else (2.0 if code < 0x100 else 10.0)
    if category in ("Cn", "Co", "Cs"):
        return Look("?", 14.0)
    if not kind:
        kind = {"Lu": "U", "Lt": "U", "Ll": "L", "Lo": "I", "Lm": "I", "Mn": "M", "Mc": "I", "Me": "M"}.get(
            category, "x"
        )
    if kind == "U":
        price += 1.0
    if 0x400 <= code <= 0x45F and not _RUSSIAN.match(character):
        price += 1.5
    if kind == "I" and category == "Mn":
        kind = "M"
    return Look(kind, price, script)


def oddness(text: str, start: int, end: int) -> float:
    """The price of ``text`` from ``start`` to ``end``, and of how it joins what stands before and behind."""
    return prices(text[start:end]) + tension(text, start, end)


def prices(text: str) -> float:
    """The price of the characters alone."""
    return sum([look(character).price for character in text])


def tension(text: str, start: int, end: int) -> float:
    """The price of how the characters from ``start`` to ``end`` stand side by side and between their neighbours."""
    total = 0.0
    looks = [look(character) for character in text[max(0, start - 2) : end + 2]]
    first = start - max(0, start - 2)
    padded = [_EDGE] * (2 - first) + looks + [_EDGE] * (2 - (len(looks) - first - (end - start)))
    # padded: two before, the span, two behind.
    for index in range(1, len(padded) - 2):
        total += _junction(padded[index], padded[index + 1])
    for index in range(1, len(padded) - 1):
        total += _amid(padded[index - 1], padded[index], padded[index + 1])
    for one, other in pairwise(text[max(0, start - 1) : end + 1] + " "):
        if one in "ŒœÃÂ" and (other == "\xa0" or (one in "Œœ" and not other.isalpha())):
            total += 4.0
    for index in range(2, len(padded)):
        if padded[index].kind == "L" and padded[index - 1].kind == padded[index - 2].kind == "U":
            total += 2.5
    return total


_EDGE = Look(" ", 0.0)


@lru_cache(maxsize=4096)
def _junction(left: Look, right: Look) -> float:
    """The price of two characters side by side."""
    a, b = left.kind, right.kind
    is_letter, is_letter_behind = a in LETTERS, b in LETTERS
    if is_letter and is_letter_behind:
        if left.script != right.script:
            if {left.script, right.script} == {"GREEK", "LATIN"} and "L" in a + b:
                return 2.5  # γ-GTP, µm
            return 1.0 if {left.script, right.script} <= {"HAN", "KANA", "LATIN", "HANGUL"} else 5.0
        return 3.0 if a == "L" and b == "U" else 0.0
    if b == "M":
        is_foreign = right.script not in ("COMBINING", left.script) and left.script
        return 4.0 if a in " " else 5.0 if is_foreign else 0.0
    if is_letter:
        return _BEHIND_LETTER.get(b, 0.0)
    if is_letter_behind:
        return _BEFORE_LETTER.get(a, 0.0)
    if a in " ":
        return {"q": 2.0, "Q": 2.0, "M": 4.0}.get(b, 0.0)
    if b in " ":
        return {"o": 3.0}.get(a, 0.0)
    if a == "b" and b == "b":
        return -2.0
    if a in "pqQoe-0" and b in "pqQoge-0$":
        return 0.5
    if {a, b} <= set("0m$"):
        return 0.5
    if a in "*pI" and b in "*pyM":
        return 0.0
    return 1.0 if a in "ox" or b in "qQx" else 3.0


_BEHIND_LETTER = {"o": 3.0, "$": 3.0, "m": 3.0, "x": 4.0, "b": 5.0, "*": 1.0, "r": 1.0, "g": 1.0, "c": 2.0, "?": 3.0}
_BEFORE_LETTER = {
    "q": 2.0,
    "Q": 2.0,
    "$": 3.0,
    "m": 3.0,
    "x": 4.0,
    "b": 5.0,
    "*": 2.0,
    "r": 3.0,
    "g": 0.5,
    "c": 2.0,
    "?": 3.0,
}


def _amid(left: Look, middle: Look, right: Look) -> float:
    """The price of a character between two others beyond that of each pair."""
    a, m, b = left.kind, middle.kind, right.kind
    if a in LETTERS and b in LETTERS and m in "oQge$mxrb?":
        return 4.0
    if m == "L" and a == "U" and b == "U":
        return 5.0
    if middle.script in ("HAN", "HANGUL") and "I" not in a + b:
        return 6.0
    if m == "U" and a == "L" and b == " " and middle.price >= 3:
        return 4.0
    return 0.0


@cache
def _script(character: str) -> str:
    if unicodedata.category(character)[0] not in "LM":
        return ""
    word = unicodedata.name(character, "?").split(" ")[0]
    return {"CJK": "HAN", "HIRAGANA": "KANA", "KATAKANA": "KANA"}.get(word, word)
