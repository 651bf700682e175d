"""What bytes that are no text look like once they were decoded: fill bytes of memory, file formats, lost characters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from .binary_debris import LIGATURES, PACKED, SWAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Pattern


class Debris(NamedTuple):
    """One kind of debris in a document: where it is seen first, how often it occurs, and what it is.

    ``edits`` are places and the text that stood there, where that is known; ``is_known`` is whether it is known for
    certain. ``is_sure`` is whether nothing else looks so.
    """

    start: int
    end: int
    number: int
    what: str
    edits: tuple[tuple[int, int, str], ...] = ()
    is_sure: bool = True
    is_known: bool = True


SURE_RUN = 16
"""Fill characters in a row that nobody types; fewer may be a joke about them."""
LEAST_RUN = 5
SOLID = 16
"""Replacement characters in a document that are worth a finding of their own, if they are one in `SHARE` characters."""
SHARE = 10
CLEAR_ORDER = 4
"""How many times as many small words a text must have in one order of its bytes as in the other."""
RARE_WORD = 80
"""Letters of English, at most, for each small word; what has fewer of them is another language."""
QUESTIONS = 24
"""Question marks in a line of little else that were characters once."""

FILL = {
    "烫": "CC, which Windows fills the stack of a program under test with, read as GBK",
    "屯": "CD, which Windows fills fresh memory of a program under test with, read as GBK",
    "葺": "DD, which Windows fills freed memory with, read as GBK",
    "铪": "EE FE, which Windows fills freed memory with, read as GBK",
    "Ì": "CC, which Windows fills the stack of a program under test with, read as Latin",
    "Í": "CD, which Windows fills fresh memory of a program under test with, read as Latin",
    "ý": "FD, which Windows fences memory with, read as Latin",
    "þ": "FE, a fill byte read as Latin",
    "ﾍ": "CD, a fill byte of Windows, read as Shift-JIS",
    "ﾌ": "CC, a fill byte of Windows, read as Shift-JIS",
}
"""What fill bytes become, and which byte each is."""

FORMATS = (
    # What every sign has one of; the sign; what must stand in the document as well; the format.
    (("ࡱ", "ÐÏ", "邢"), r"ࡱ|ÐÏ\x11?à¡±|邢\x11?唷[?\ufffd\x1a]?", "", "an old Office file (.doc, .xls, .ppt)"),
    (
        ("bjbj",),
        r"bjbj[A-Za-z=\\]{0,4}",
        r"Root Entry|WordDocument|Normal\.dot|Word\.?Doc|\ufffd{3}",
        "a file of Word",
    ),
    (("%PDF-",), r"(?m)^%PDF-[12]\.\d", r"\bendobj\b|\bendstream\b", "a PDF file"),
    (
        ("PK\x03\x04", "[Content_Types].xml"),
        r"PK\x03\x04|PK[^\x20-\x7e\n]{1,40}\[Content_Types\]\.xml",
        "",
        "a zip archive (.docx, .xlsx, .epub, …)",
    ),
    (("IHDR",), r"PNG\s{0,4}\x1a?\s{0,2}[\0\ufffd]{0,3}.{0,2}IHDR", "", "a PNG image"),
    (("JFIF", "Exif"), r"(?:ÿØÿ|\ufffd{2,4}).{0,6}(?:JFIF|Exif)|JFIF\0", "", "a JPEG image"),
    (("{\\rtf1",), r"\A\s{0,9}\{\\rtf1", r"\\par\b|\\fonttbl|\\'[0-9a-f]{2}", "a rich-text file (.rtf)"),
    (("\x7fELF",), r"\x7fELF", "", "a program of Linux"),
    (
        ("be run in DOS mode",),
        r"MZ[^\x20-\x7e\n].{0,300}This program cannot be run in DOS mode",
        "",
        "a program of Windows",
    ),
)


def debris(text: str) -> Iterator[Debris]:
    """The kinds of debris in a text, each once."""
    for find in (_fill, _format, _mark, _swapped, _packed, _solid, _questions):
        found = find(text)
        if found is not None:
            yield found


def _fill(text: str) -> Debris | None:
    present = "".join(character for character in FILL if character * LEAST_RUN in text)
    if not present:
        return None
    runs = [m for m in _fill_run(present).finditer(text) if not _is_talk(text, m.start(), m.end())]
    if not runs:
        return None
    longest = max(runs, key=lambda match: match.end() - match.start())
    character = longest[0][0]
    number = len(longest[0])
    is_sure = number >= SURE_RUN and not (character in "Ìýþ" and number < 3 * SURE_RUN)
    what = f"{number} times {character}: the byte {FILL[character]}"
    return Debris(longest.start(), longest.end(), len(runs), what, is_sure=is_sure)


@cache
def _fill_run(present: str) -> Pattern[str]:
    return re.compile("|".join(f"{character}{{{LEAST_RUN},}}" for character in present))


def _is_talk(text: str, start: int, end: int) -> bool:
    """Whether a run is spoken of, cried or joked with, rather than left behind."""
    if end - start >= SURE_RUN:
        return False
    before, behind = text[max(0, start - 40) : start], text[end : end + 40]
    return bool(re.search("乱码|亂碼|锟斤拷|锟|烫烫烫|屯屯屯|编译|調試|调试|[“\"'`「『]$", before)) or bool(
        re.match("[”\"'`」』！!～~]|.{0,12}(?:锟斤拷|烫烫烫|屯屯屯|乱码)", behind)
    )


def _format(text: str) -> Debris | None:
    for some, sign, also, name in FORMATS:
        match = re.search(sign, text) if any(map(text.__contains__, some)) else None
        if match and (not also or re.search(also, text)):
            return Debris(match.start(), match.end(), 1, f"the beginning of {name}, kept as text")
    return None


def _mark(text: str) -> Debris | None:
    """A byte-order mark of UTF-8 that was read as GBK: 锘, and a byte of the next character in its second half."""
    edits = []
    for match in re.finditer("锘(.)", text):
        data = match[1].encode("gb18030", "ignore")  # a byte that is no UTF-8 may follow
        if len(data) == 2 and data[0] == 0xBF and 0x40 <= data[1] < 0x7F:
            edits.append((match.start(), match.end(), chr(data[1])))
    if not edits:
        return None
    what = f"{text[edits[0][0] : edits[0][1]]}: a byte-order mark of UTF-8, read as GBK together with “{edits[0][2]}”"
    return Debris(edits[0][0], edits[0][1], len(edits), what, tuple(edits))


def _swapped(text: str) -> Debris | None:
    """Characters of ASCII in UTF-16 whose two bytes changed places: 䠀攀氀氀漀 is Hello, 昀椀nal is final."""
    if not any(map(text.__contains__, (*SWAPPED, *LIGATURES))):
        return None
    edits = [(m.start(), m.end(), _unswapped(m[0])) for m in _swapped_ligature().finditer(text)]
    for match in _swapped_run().finditer(text):
        content = _unswapped(match[0])
        rare = sum(1 for c in match[0] if not b"\xb0" <= c.encode("gb2312", "ignore")[:1] <= b"\xd7")
        is_text = len(set(content)) > 2 and sum(map(str.isalpha, content)) * 2 > len(content)
        if is_text and rare * 2 > len(content):
            edits.append((match.start(), match.end(), content))
    if not edits:
        return None
    edits.sort()
    start, end, content = edits[0]
    what = f"“{content[:20]}” in UTF-16 with the bytes of each character swapped"
    return Debris(start, end, len(edits), what, tuple(edits))


def _unswapped(text: str) -> str:
    return text.encode("utf-16-be").decode("utf-16-le")


@cache
def _swapped_ligature() -> Pattern[str]:
    """The letters of a ligature in a word of the Latin alphabet."""
    letters, latin = "|".join(LIGATURES), "a-zA-ZÀ-ÖØ-öø-ɏ"
    return re.compile(f"(?<=[{latin}])(?:{letters})|(?:{letters})(?=[{latin}])")


@cache
def _swapped_run() -> Pattern[str]:
    ascii_swapped = "".join(chr(code << 8) for code in (0x0A, 0x0D, *range(0x20, 0x7F)))
    return re.compile(f"[{re.escape(ascii_swapped)}]{{5,}}")


def _packed(text: str) -> Debris | None:
    """English of one byte a character that was read as UTF-16, two letters in each character: 瑁映癩⁥ is "At five ".

    Letters are letters in both orders of the two bytes; small words tell in which one they are a text.
    """
    if not any(map(text.__contains__, PACKED)):
        return None
    places = list(_packed_run().finditer(text))
    orders = [[match[0].encode(codec).decode("ascii") for match in places] for codec in ("utf-16-le", "utf-16-be")]
    orders.sort(key=_small_words, reverse=True)
    edits = tuple(
        (match.start(), match.end(), content)
        for match, content in zip(places, orders[0], strict=True)
        if 10 * len(re.findall("[a-z ]", content)) >= 9 * len(content) and content.count(" ") * 12 >= len(content)
    )
    if not edits:
        return None
    start, end, content = edits[0]
    what = f"“{content[:20]}” in one byte a character, read as UTF-16"
    number, other = map(_small_words, orders)
    is_known = number > CLEAR_ORDER * other and number * RARE_WORD >= sum(map(len, orders[0]))
    return Debris(start, end, len(edits), what, edits, is_known=is_known)


def _small_words(contents: list[str]) -> int:
    """How many small words of English some stretches of text have."""
    return sum(len(_small_word().findall(content)) for content in contents)


@cache
def _small_word() -> Pattern[str]:
    return re.compile(
        r"\b(?:the|and|that|with|this|have|from|they|were|there|their|which|will|been|would|when|into|your|you|was)\b"
    )


@cache
def _packed_run() -> Pattern[str]:
    pairs = "".join(f"\\u{high:02x}20-\\u{high:02x}7e" for high in range(0x20, 0x7F))
    return re.compile(f"[{pairs}]{{8,}}")


def _solid(text: str) -> Debris | None:
    number = text.count("\ufffd")
    if number < SOLID or number * SHARE < len(text):
        return None
    start = text.index("\ufffd")
    end = start + 1
    while text[end : end + 1] == "\ufffd":
        end += 1
    return Debris(start, end, number, f"{number:,} of {len(text):,} characters are U+FFFD: their bytes are lost")


def _questions(text: str) -> Debris | None:
    """Lines of question marks: text that was written in an encoding without its characters."""
    lines = []
    end = -1
    while (at := text.find("???", end + 1)) >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[start:end]
        number = line.count("?")
        if number < QUESTIONS or not line.isascii():
            continue
        others = sum(1 for c in line if c not in "? \t" and c.isalnum())
        groups = re.findall(r"\?{2,}", line)
        if number > 3 * others and len(groups) >= 3 and len(set(groups)) >= 3 and "*" not in line and "|" not in line:
            lines.append((start, end))
    if not lines:
        return None
    start, end = lines[0]
    what = "question marks instead of text: it was saved in an encoding that has no such characters"
    return Debris(start, end, len(lines), what, is_sure=len(lines) > 1)
