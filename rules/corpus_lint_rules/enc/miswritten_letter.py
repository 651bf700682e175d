"""ENC012: letters put together in another way than everybody's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from corpus_lint import expressions as re
from corpus_lint.finding import Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, LineRule, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

SHOWN = 3
"""Different letters that a message names."""
MARKS = "\u0300-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331\u0342\u0344\u0345"
"""Combining marks of which Latin, Greek and Cyrillic letters with them are made."""
DECOMPOSED = (
    rf"[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff][{MARKS}]+"
    r"|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]"
    r"|[\u3046-\u30fd][\u3099\u309a]|[\u0627\u0648\u064a][\u0653-\u0655]"
)
"""Letters in pieces that a character of their own has; what has none (ɔ̃, Hebrew, Devanagari) is left by NFC."""
CONSONANT, TONE, ABOVE, BELOW = "\u0e01-\u0e2e", "\u0e48-\u0e4b", "\u0e31\u0e34-\u0e37\u0e47", "\u0e38\u0e39"
DOUBLED = f"{TONE}{ABOVE}{BELOW}\u0e4c\u0e4d"
THAI = (
    rf"(?P<doubled>(?P<mark>[{DOUBLED}])(?P=mark)+)|(?P<ae>\u0e40\u0e40)"
    rf"|(?P<am>\u0e4d[{TONE}]?\u0e32|(?<=[{CONSONANT}])\u0e33[{TONE}])"
    rf"|(?P<swapped>(?<=[{CONSONANT}])[{TONE}][{ABOVE}](?![{DOUBLED}]))"
)
"""A mark twice, two เ for แ, ำ in pieces or before its tone, a tone mark before the vowel above the same letter."""
ABOUT = r"(?i)U\+[0-9A-F]{4}|\bNF[CD]\b|normali[sz]|combining|diacritic|\\u0?3\d\d"
"""What a line about such characters has."""


QUOTED = r"[\"“‘'«„「(][^\s\"”’'»“」)]{1,16}[\"”’'»“」)]"
"""A word between quotation marks."""


class Piece(NamedTuple):
    """A letter as it is written, from ``start`` to ``end`` in its line, and as it is written everywhere else."""

    start: int
    end: int
    content: str


class MiswrittenLetter(LineRule):
    """A letter is put together in another way than everybody's: in pieces, with a mark twice, in the wrong order.

    `é` as e and U+0301, `한` as three jamo, `が` as か and U+3099, `й` as и and U+0306: file names of macOS and
    text out of PDF files are written so. Thai typed on telephones has two เ for แ, ํ and า for ำ, tone marks twice
    or in front of the vowel. It looks right or nearly so, but no search finds the word, and a tokenizer cuts it into
    bytes.

    Found is what Unicode composes to one character, and what no word of Thai has. Left alone are letters that have no
    character of their own (ɔ̃, m̃), the marks of Hebrew, Arabic and the scripts of India, code, and lines about
    such characters.

    The fix writes the letter as everybody does: in the composed form (NFC), a mark once, vowel before tone. It is safe:
    nothing that is seen changes, or a mark that cannot be read.

    Source: The Unicode Standard, chapter 3.11 (normalization forms) and chapter 16.1 (Thai).
    """

    code = "ENC012"
    name = "miswritten-letter"
    examples = (
        Bad("Le caf⟦e\u0301⟧ e\u0301tait ferme\u0301.", "Le café était fermé."),
        Bad("Kh⟦a\u0301⟧ch ha\u0300ng nhìn con ê\u0301ch.", "Khách hàng nhìn con ếch."),
        Bad("제품 ⟦\u1109\u1165\u11af⟧\u1106\u1167\u11bc 참고", "제품 설명 참고"),
        Bad("⟦か\u3099⟧んは\u309aる", "がんぱる"),
        Bad("Трамва⟦и\u0306⟧ идёт", "Трамвай идёт"),
        Bad("ใน⟦เเ⟧ต่ละห้าง ท\u0e4d\u0e32งาน", "ในแต่ละห้าง ทำงาน"),
        Bad("ร⟦้้⟧านกาแฟเปิดเมื่่อเดือนก่อน", "ร้านกาแฟเปิดเมื่อเดือนก่อน"),
        Bad("สถานการณ์น⟦\u0e4d้า⟧ท่วม ท\u0e48\u0e35บ้าน", "สถานการณ์น้ำท่วม ที่บ้าน"),
        Good("Le café était fermé. Khách hàng. 제품 설명. がんばる. трамвай. ในแต่ละห้าง ทำงานที่บ้าน"),
        Good("[ɔ̃] und m̃, śatám, क्‍ष, שָׁלוֹם, مُحَمَّد, ŵ"),
        Good("The letter e\u0301 is U+0065 and U+0301; NFC makes one of them."),
        Good("Compare `e\u0301` with `é`, and 'e\u0301' with 'é'."),
        Good('คำว่า "เเปลก" เป็นคำผิด'),
        Good("ᄀ ᅡ 한글 자모, ㄱㅏ, か゛"),
        Good("เด็กๆ ช้าๆ จ้าาา น้ำ ก่ำ"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """A letter and a mark behind it that have a character of their own; the sequences of Thai."""
        thai = [mark * 2 for mark in _members(DOUBLED)]
        thai += ["\u0e40\u0e40", "\u0e4d\u0e32"]
        thai += [f"{tone}{vowel}" for tone in _members(TONE) for vowel in _members(ABOVE)]
        thai += [f"\u0e4d{tone}\u0e32" for tone in _members(TONE)] + [f"\u0e33{tone}" for tone in _members(TONE)]
        return (
            expression(r"[A-Za-z]\xcc[\x80-\xb1]|[A-Za-z]\xcd[\x82-\x85]"),
            expression(r"[\xc3-\xc9\xcd-\xd4][\x80-\xbf]\xcc[\x80-\xb1]|\xe1[\xb8-\xbf][\x80-\xbf]\xcc[\x80-\xb1]"),
            expression(r"[\xcd-\xcf][\x80-\xbf]\xcd[\x82-\x85]|\xe1[\xbc-\xbf][\x80-\xbf]\xcd[\x82-\x85]"),
            expression(r"\xe1\x84[\x80-\x92]\xe1\x85[\xa1-\xb5]|[\xea-\xed][\x80-\xbf][\x80-\xbf]\xe1\x86[\xa8-\xbf]"),
            expression(r"[\xea-\xed][\x80-\xbf][\x80-\xbf]\xe1\x87[\x80-\x82]"),
            expression(r"\xe3[\x81-\x83][\x80-\xbf]\xe3\x82[\x99\x9a]"),
            *literals(base + mark for base in "\u0627\u0648\u064a" for mark in "\u0653\u0654\u0655"),
            *literals(thai),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """One finding for the letters of a line."""
        pieces = [*_pieces(line.text)]
        if not pieces or _expression(ABOUT).search(line.text) or line.document.markup.in_code(line.start):
            return
        pieces = [piece for piece in pieces if not _is_quoted(line.text, piece)]
        if not pieces:
            return
        shown = dict.fromkeys((line.text[piece.start : piece.end], piece.content) for piece in pieces)
        named = ", ".join(f"{_codes(written)} for {content}" for written, content in list(shown)[:SHOWN])
        others = len(pieces) - 1
        more = f", here and in {others} more place{'s' if others > 1 else ''} of the line" if others else ""
        fix = Fix("write it as everybody does", tuple(Edit(*piece) for piece in pieces))
        yield Finding(
            pieces[0].start,
            pieces[0].end,
            f"letters are not written as everybody writes them{more}: {named}; no search finds the word",
            fix,
            occurrences=len(pieces),
        )


def _pieces(text: str) -> Iterator[Piece]:
    """The miswritten letters of a line, in order."""
    for match in _expression(f"(?P<decomposed>{DECOMPOSED})|{THAI}").finditer(text):
        written, kind = match[0], match.lastgroup
        if match["decomposed"]:
            content = normalize("NFC", written)
            # Marks that stay behind are those that the composed letter has no place for.
            if len(content) == len(written) or (combining(text[match.end() : match.end() + 1] or " ")):
                continue
        elif match["doubled"]:
            content = written[0]
        elif kind == "ae":
            content = "\u0e41"
        elif kind == "am":
            content = "".join(c for c in written if "\u0e48" <= c <= "\u0e4b") + "\u0e33"
        else:
            content = written[::-1]
        yield Piece(match.start(), match.end(), content)


def _is_quoted(text: str, piece: Piece) -> bool:
    """Whether a letter is spoken of: in inline code, or in a word that stands alone between quotation marks."""
    if text[: piece.start].count("`") % 2 and "`" in text[piece.end :]:
        return True
    return any(match.start() < piece.start and piece.end < match.end() for match in _expression(QUOTED).finditer(text))


def _codes(written: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in written)


def _members(characters: str) -> Iterator[str]:
    """The characters of a class that is written with ranges."""
    for first, last in re.findall(r"(.)(?:-(.))?", characters):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
