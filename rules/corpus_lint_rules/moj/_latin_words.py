"""Words of Latin script whose accented letters and marks are UTF-8 that was read in a double-byte set: caf茅, p贸艂ka.

Each such letter has become one character, mostly a Han one, in the middle of a word. One character proves little: no
likelihood tells `vim路` from a damaged word. What tells is the place: a Han character alone in a Latin word of a
Latin text is nobody's spelling, and its bytes are a letter that such words have.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.languages import LATIN
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Trigger, expression, literals

from ._blocks import UNKNOWN
from ._codepages import DOUBLE, decode, encode
from ._on_purpose import is_shown, word
from ._pairs import Misreading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Line

LETTERS = "".join(sorted({c for letters in LATIN.values() for c in letters if c.isalpha() and c.islower()} - {*"ªº"}))
"""The letters beyond ASCII of the languages that are written in Latin script, small."""
LITERALS = (" 脿 ", " 脌 ", "掳C", "掳F", "漏 20", "漏20", "漏 19", "鈥", "窶", "\ufffd\ufffd셲", "\ufffd\ufffd셳")
"""Words and signs that need no letter beside them: À and à, °C, © with a year, what “ ’ – begin with; ’s and ’t."""
QUOTES = "‘’“”–—…"
"""Marks that prove by themselves that bytes were misread: no Han character is put in their place by accident."""
MARKS = "’‘“”„–—…•€™«»‹›·°©®£§¿¡ªº²³½×¼\xa0‐‑\u200b\ufeff†"
"""Marks and signs that text of Latin script has beside its letters."""
LATIN_SHARE = 2
"""Letters of ASCII that a line must have for each character of East Asia, and its document for each that it has."""
SEVERAL = 3
"""Damaged words of a document from which on the others are beyond doubt."""
A_FEW = 2
"""Damaged words of a line that are a finding, if none of them is proof alone."""
STRANGERS = 20
"""Characters of East Asia from which on a document writes them itself: one behind a Latin word may be a word."""
SHOWN = 40
"""Characters of a text that a message shows."""

_EAST = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\ufe50-\ufe6b\uff01-\uffdc"
_ORDINARY = "\x00-\x7f\xa0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2122\ufffd\ue000-\uf8ef"
"""What a text of Latin script has that was read rightly, and what stands for a lost byte."""


class Piece(NamedTuple):
    """Characters from ``start`` to ``end`` whose bytes are ``content``."""

    start: int
    end: int
    content: str


class Words(NamedTuple):
    """What of a line was UTF-8 in Latin script: the pieces, and how much they prove.

    ``words`` counts letters that stand in a word as letters do, ``sure`` those of them that prove it alone; ``foreign``
    counts characters of East Asia that are something else.
    """

    wrong: str
    pieces: tuple[Piece, ...]
    words: int
    sure: int
    foreign: int


def triggers() -> tuple[Trigger, ...]:
    """A damaged letter beside a letter of ASCII."""
    before = sorted({sign[0] for sign in _signs()})
    return (
        *literals(LITERALS),
        *(expression(f"[a-z](?:{_bytes(sign)})") for sign in before),
        *(expression(f"(?:{_bytes(sign)})[a-z]") for sign in sorted(_signs())),
    )


def _bytes(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign.encode())


@cache
def _signs() -> frozenset[str]:
    """What the letters become, one character or two half-width ones; kana are too common to be signs."""
    found: set[str] = set()
    for wrong in DOUBLE:
        letters = LETTERS + (LETTERS.upper() if wrong == "gbk" else "")
        found |= {decode(letter.encode(), wrong) or "" for letter in letters if not letter.isascii()}
    return frozenset(sign for sign in found if sign and not "\u3040" <= sign[0] < "\u3100")


@cache
def _sign() -> re.Pattern[str]:
    """What `triggers` look for."""
    before = "".join(sorted({sign[0] for sign in _signs()}))
    return re.compile(f"[a-z][{before}]|(?:{'|'.join(sorted(_signs()))})[a-z]|" + "|".join(LITERALS))


@cache
def _run() -> re.Pattern[str]:
    """A mark that has lost a byte, or characters that no text of Latin script has."""
    return re.compile(f"(?P<lost>[鈥窶][?\ufffd]|\ufffd\ufffd[가-힣])|[^{_ORDINARY}]+")


@cache
def _east() -> re.Pattern[str]:
    return re.compile(f"[{_EAST}]")


def findings(line: Line) -> Iterator[Finding]:
    """The damaged words of a line of Latin text, neighbours together."""
    text = line.text
    census = line.document.census
    others = census.all_han + census.kana + census.hangul + census.compatibility
    if census.letter < LATIN_SHARE * others or not _sign().search(text) or not _is_latin(text):
        return
    best = max((_words(text, wrong) for wrong in DOUBLE), key=lambda words: (words.words, -words.foreign))
    if not best.words or best.foreign > best.words:
        return
    several = best.words >= SEVERAL or _number(line.document.text, best.wrong) >= SEVERAL
    if not (several or best.sure or best.words >= A_FEW):
        return
    if others > STRANGERS and not several and not any(piece.content[0] in QUOTES for piece in best.pieces):
        return
    yield from _findings(text, best, is_sure=several and not best.foreign)


def _is_latin(text: str) -> bool:
    east = len(_east().findall(text))
    return bool(east) and sum(c.isascii() and c.isalpha() for c in text) >= LATIN_SHARE * east


@lru_cache(maxsize=2)
def _number(text: str, wrong: str) -> int:
    """How many damaged words a document has; beyond `SEVERAL` they are not counted."""
    found = 0
    for match in _sign().finditer(text):
        start, end = max(0, match.start() - 12), match.end() + 12
        found += bool(_words(text[start:end].replace("\n", " "), wrong).words)
        if found == SEVERAL:
            break
    return found


def _words(text: str, wrong: str) -> Words:
    """What of a text was read in a double-byte set."""
    pieces: list[Piece] = []
    foreign = 0
    for match in _run().finditer(text):
        content = _lost_mark(text, match, wrong) if match["lost"] else _restored(match[0], wrong)
        if content is None:
            foreign += len(_east().findall(match[0]))
        else:
            pieces.append(Piece(match.start(), match.end(), content))
    parts = []
    place = 0
    for piece in pieces:
        parts += [text[place : piece.start], piece.content]
        place = piece.end
    repaired = "".join((*parts, text[place:]))
    words = sure = shift = 0
    for piece in pieces:
        start = piece.start + shift
        end = start + len(piece.content)
        is_word, is_sure = _judge(piece, repaired, start, end)
        words += is_word
        sure += is_sure
        shift += len(piece.content) - (piece.end - piece.start)
    return Words(wrong, tuple(pieces), words, sure, foreign)


def _restored(damaged: str, wrong: str) -> str | None:
    """Letters and marks of Latin script whose bytes the characters are; None when they are none."""
    data = encode(damaged, wrong)
    if data is None or data.isascii():
        return None
    try:
        content = data.decode()
    except UnicodeDecodeError:
        return None
    known = all(c.isascii() or c in MARKS or c.lower() in LETTERS or "\u1ea0" <= c < "\u1efa" for c in content)
    return content if known and content.isprintable() | ("\xa0" in content) else None


def _lost_mark(text: str, match: re.Match[str], wrong: str) -> str | None:
    """What a mark was that has lost a byte: U+FFFD if it cannot be known, None if it was none."""
    sign = match[0][0]
    if sign == UNKNOWN:
        data = encode(match[0][-1], wrong) if wrong == "cp949" else None
        mark = (b"\xe2\x80" + data[:1]).decode("utf-8", "ignore") if data else ""
        return mark + data[1:].decode() if data and mark and mark in QUOTES and data[1:].isascii() else None
    if wrong != ("gbk" if sign == "鈥" else "cp932"):
        return None
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return "’" if len(around) == 2 and around.isalpha() else UNKNOWN


@cache
def _word() -> re.Pattern[str]:
    """A word, perhaps with an apostrophe: in small letters, with a capital, or in capitals."""
    return re.compile(r"(?:[^\W\d_]+[’'‑-])*[^\W\d_]+")


@cache
def _plain() -> re.Pattern[str]:
    """Marks beside which stands what they belong to."""
    return re.compile(r"(?<=\d)°(?=[CF]\b)|(?<=\d )°(?=[CF]\b)|©(?= ?(?:19|20)\d\d\b)|(?<=[A-Za-z])[®™]")


def _judge(piece: Piece, repaired: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a piece stands where a letter or a mark belongs, and whether that alone proves it."""
    if piece.content[0] in QUOTES + UNKNOWN or _plain().match(repaired, start):
        return True, True
    before, behind = repaired[start - 1 : start] if start else " ", repaired[end : end + 1] or " "
    if not any(c.isalpha() for c in piece.content):
        return piece.content[0] in "«»" and not (before + behind).isalnum(), False
    if piece.content in "àÀ":
        return not (before + behind).isalnum(), False
    match = next((m for m in _word().finditer(repaired, max(0, start - 30), end + 30) if m.end() >= end), None)
    if match is None or match.start() > start or len(match[0]) < 2:
        return False, False
    word = match[0]
    if not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower()) or "’" in word):
        return False, False
    return True, len(word) >= 3 and sum(c.isascii() and c.islower() for c in word) >= 2


def _findings(text: str, words: Words, *, is_sure: bool) -> Iterator[Finding]:
    """One finding for neighbours without other characters of East Asia between them."""
    group: list[Piece] = []
    for piece in words.pieces:
        is_lost = _has_lost(text, piece)
        if group and (is_lost or _has_lost(text, group[-1]) or _east().search(text, group[-1].end, piece.start)):
            yield _finding(text, group, words.wrong, is_sure=is_sure)
            group = []
        group.append(piece)
    if group:
        yield _finding(text, group, words.wrong, is_sure=is_sure)


def _has_lost(text: str, piece: Piece) -> bool:
    """Whether a byte is lost in a piece or right beside it."""
    around = text[max(0, piece.start - 1) : piece.end + 1]
    return UNKNOWN in around or "?" in around


def _finding(text: str, group: list[Piece], wrong: str, *, is_sure: bool) -> Finding:
    misreading = Misreading("utf-8", wrong)
    start, end = group[0].start, group[-1].end
    restored = ""
    place = start
    for piece in group:
        restored += text[place : piece.start] + piece.content
        place = piece.end
    proven = all(misreading.proves(piece.content, text[piece.start : piece.end]) for piece in group)
    if restored == UNKNOWN:
        return Finding(start, end, f"a mark such as ’ or ”: {misreading}; a byte was lost, so look what it was")
    before = (re.split(r"\s", text[max(0, start - 12) : start]) or [""])[-1]
    behind = re.split(r"\s", text[end : end + 12])[0]
    message = (
        f"{misreading}: `{_short(before + text[start:end] + behind)}` {'is' if is_sure and proven else 'may be'} "
        f"{_short(before + restored + behind)}"
    )
    is_example = is_shown(text, start, end, word(text, start, end, restored))
    is_safe = is_sure and proven and not is_example and not _has_lost(text, group[0])
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    edits = tuple(Edit(*piece) for piece in group)
    fix = Fix(f"read the bytes rightly: {_short(restored)}", edits, applicability)
    return Finding(start, end, message, fix, confidence=Confidence.MEDIUM if is_example else None)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
