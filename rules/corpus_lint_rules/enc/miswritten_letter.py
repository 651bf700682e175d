"""ENC012: letters put together in another way than everybody's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
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
ORPHAN = f"(?<![{CONSONANT}{DOUBLED}\u0e33])[{DOUBLED}]"
"""A mark of Thai on no consonant: the text is no Thai, but was read as if it were."""
THAI = (
    rf"(?P<doubled>(?P<mark>[{DOUBLED}])(?P=mark)+)|(?P<ae>\u0e40\u0e40)"
    rf"|(?P<am>\u0e4d[{TONE}]?\u0e32|(?<=[{CONSONANT}])\u0e33[{TONE}])"
    rf"|(?P<swapped>(?<=[{CONSONANT}])[{TONE}][{ABOVE}](?![{DOUBLED}]))"
)
"""A mark twice, two เ for แ, ำ in pieces or before its tone, a tone mark before the vowel above the same letter."""
SPACING = dict(zip("¨ˇ˘¸˛˝˜ˆ", "\u0308\u030c\u0306\u0327\u0328\u030b\u0303\u0302", strict=True))
"""Accents that stand by themselves, and the same ones as marks of the letter before them."""
APART = (
    r"(?P<apart>(?:(?<![^\s(A-Za-z])(?:¨[aeiouyAEIOUY]|ˇ[cdelnrstzCDELNRSTZ]|˘[agAG]|¸[cstCST]|˛[aeiuAEIU]|˝[ouOU])"
    r"|(?<=[A-Za-z])(?:˜[anoANO]|ˆ[aeiouAEIOU])))(?![^\x00-\x7f])"
)
"""An accent in front of its letter: the fonts of TeX have it so, and PDF files that are made with them."""
CERTAIN = "¨ˇ"
"""Of these accents the ones of which a line must have one: the others are what Mac OS Roman has for ü, ö and ý."""
QUOTING = r"[^\s¨]¨(?![A-Za-z])"
"""¨ behind a word: it was typed for a quotation mark."""
DOT = rf"(?P<dot>[iı]\u0307)(?![{MARKS}])"
"""The dot that programs leave when they make İ small."""
SIGNS = "\u093e\u0940-\u094d\u09be\u09c0-\u09c4\u09cd\u0abe\u0ac0-\u0acd\u0bbe-\u0bc2\u0bcd\u0c3e-\u0c44\u0c4d"
"""Vowel signs of Devanagari, Bengali, Gujarati, Tamil and Telugu that stand behind or about their consonant."""
CONSONANTS = "\u0915-\u0939\u0995-\u09b9\u0a95-\u0ab9\u0b95-\u0bb9\u0c15-\u0c39"
TORN = rf"(?<=[{CONSONANTS}]) [{SIGNS}]"
"""A vowel sign with a space before it: the consonant was lost, or the space cuts a word."""
ABOUT = r"(?i)U\+[0-9A-F]{4}|\bNF[CD]\b|normali[sz]|combining|diacritic|\\u0?3\d\d"
"""What a line about such characters has."""


QUOTED = r"[\"“‘'«„「(][^\s\"”’'»“」)]{1,16}[\"”’'»“」)]"
"""A word between quotation marks."""


class Piece(NamedTuple):
    """A letter as it is written, from ``start`` to ``end`` in its line, and as it is written everywhere else.

    ``is_same`` is whether both look the same; else it is inferred what was meant.
    """

    start: int
    end: int
    content: str
    is_same: bool = True


class MiswrittenLetter(LineRule):
    """A letter is put together in another way than everybody's: in pieces, with a mark twice, in the wrong order.

    `é` as e and U+0301, `한` as three jamo, `が` as か and U+3099, `й` as и and U+0306: file names of macOS and
    text out of PDF files are written so. Thai typed on telephones has two เ for แ, ํ and า for ำ, tone marks twice
    or in front of the vowel. It looks right or nearly so, but no search finds the word, and a tokenizer cuts it into
    bytes.

    Text out of PDF files has `¨u` for ü; İ becomes i with one more dot where a program makes it small. Where a font of
    India had a glyph for two letters that a converter does not know, a vowel sign is left behind a space (प ाी for
    पत्ती).

    Found is what Unicode composes to one character, and what no word of Thai has. Left alone are letters that have no
    character of their own (ɔ̃, m̃), the marks of Hebrew, Arabic and the scripts of India, code, and lines about
    such characters, and ¨ where it is typed for a quotation mark.

    The fix writes the letter as everybody does: in the composed form (NFC), a mark once, vowel before tone. It is safe:
    nothing that is seen changes, or a mark that cannot be read. Where an accent stands before its letter it
    is unsafe, and so it is in a line with marks of Thai on no letter, which was misread; for a lost letter there is
    none.

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
        Bad("Die M⟦¨u⟧ller aus K¨oln, vˇetˇsina und fran¸cais.", "Die Müller aus Köln, většina und français."),
        Bad("⟦i\u0307⟧stanbul ve i\u0307zmir", "istanbul ve izmir"),
        Bad("पेड़ की प⟦ ा⟧ी और पर्णद ा के भ ों ने कहा"),
        Good("Dijo ¨amor¨ y se fue; x¨, 3¨a, ˜100, a ˆ b, it´s, l´eau."),
        Good("Der W¸rde und der gef¸hrten M‰nner Unterdr¸ckung, das hˆchste Streben"),
        Good("मात्राएँ: ा ी ु, और क की बारहखड़ी"),
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
            expression(r"\xc2[\xa8\xb8][A-Za-z]|\xcb[\x86\x87\x98\x9b-\x9d][A-Za-z]"),
            expression(r"\xc4\xb1\xcc\x87"),
            *literals(f" {sign}" for sign in _members(SIGNS)),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """One finding for the letters of a line, and one for its signs without a letter."""
        found = [*_misspelt(line.text), *_torn(line.text)]
        if found and not _expression(ABOUT).search(line.text) and not line.document.markup.in_code(line.start):
            yield from found


def _misspelt(text: str) -> Iterator[Finding]:
    pieces = [piece for piece in _pieces(text) if not _is_quoted(text, piece.start, piece.end)]
    if _expression(QUOTING).search(text) or not any(text[piece.start] in CERTAIN for piece in pieces):
        pieces = [piece for piece in pieces if text[piece.start] not in SPACING]
    if not pieces:
        return
    shown = dict.fromkeys((text[piece.start : piece.end], piece.content) for piece in pieces)
    named = ", ".join(f"{_codes(written)} for {content}" for written, content in list(shown)[:SHOWN])
    others = len(pieces) - 1
    more = f", here and in {others} more place{'s' if others > 1 else ''} of the line" if others else ""
    edits = tuple(Edit(piece.start, piece.end, piece.content) for piece in pieces)
    is_safe = all(piece.is_same for piece in pieces) and not _expression(ORPHAN).search(text)
    yield Finding(
        pieces[0].start,
        pieces[0].end,
        f"letters are not written as everybody writes them{more}: {named}; no search finds the word",
        Fix("write it as everybody does", edits, Applicability.SAFE if is_safe else Applicability.UNSAFE),
        occurrences=len(pieces),
    )


def _torn(text: str) -> Iterator[Finding]:
    matches = [match for match in _expression(TORN).finditer(text) if not _is_quoted(text, *match.span())]
    if not matches:
        return
    others = len(matches) - 1
    more = f", here and in {others} more place{'s' if others > 1 else ''} of the line" if others else ""
    yield Finding(
        matches[0].start(),
        matches[0].end(),
        f"a vowel sign ({_codes(matches[0][0][1])}) stands behind a space{more}: a letter is lost before it, or the "
        f"space cuts a word; extract the text from its source again",
        occurrences=len(matches),
    )


def _pieces(text: str) -> Iterator[Piece]:
    """The miswritten letters of a line, in order."""
    for match in _expression(f"{DOT}|(?P<decomposed>{DECOMPOSED})|{THAI}|{APART}").finditer(text):
        written, kind = match[0], match.lastgroup
        if kind == "dot":
            content = "i"
        elif kind == "apart":
            content = normalize("NFC", written[1] + SPACING[written[0]])
        elif match["decomposed"]:
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
        yield Piece(match.start(), match.end(), content, kind != "apart")


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a letter is spoken of: in inline code, or in a word that stands alone between quotation marks."""
    if text[:start].count("`") % 2 and "`" in text[end:]:
        return True
    return any(match.start() < start and end < match.end() for match in _expression(QUOTED).finditer(text))


def _codes(written: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in written)


def _members(characters: str) -> Iterator[str]:
    """The characters of a class that is written with ranges."""
    for first, last in re.findall(r"(.)(?:-(.))?", characters):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
