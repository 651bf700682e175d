"""Lines of one single-byte code page that were read in another, in languages other than Russian: dŽchargent, pi¹tej.

A line is priced as text of every language (`corpus_lint.languages`), as it stands and with its bytes read in the code
pages of those languages. What no language writes, and what becomes ordinary text of one when its bytes are read
otherwise, was misread. Text that some language writes so is never looked at further.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.languages import ALPHABETS, LATIN, Shape, language
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import expression, literals

from ._flaws import sign_in_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.rule import Trigger

_WEST = ("French", "German", "Spanish", "Portuguese", "Italian", "Swedish", "Danish", "Icelandic", "Dutch", "Catalan")
_CENTRE = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian")
_CYRILLIC = ("Russian", "Ukrainian", "Bulgarian", "Serbian")
RIGHTS = {
    "cp1252": ("Windows-1252", 0.0, _WEST),
    "mac_roman": ("Mac OS Roman", 2.0, _WEST),
    "cp850": ("code page 850 (DOS)", 3.0, _WEST),
    "cp1250": ("Windows-1250 (Central European)", 1.0, _CENTRE),
    "iso8859-2": ("ISO-8859-2 (Central European)", 2.0, _CENTRE),
    "cp852": ("code page 852 (DOS)", 4.0, _CENTRE),
    "cp1254": ("Windows-1254 (Turkish)", 2.0, ("Turkish",)),
    "cp1257": ("Windows-1257 (Baltic)", 3.0, ("Lithuanian", "Latvian", "Estonian")),
    "cp1253": ("Windows-1253 (Greek)", 2.0, ("Greek",)),
    "iso8859-7": ("ISO-8859-7 (Greek)", 3.0, ("Greek",)),
    "cp1255": ("Windows-1255 (Hebrew)", 2.0, ("Hebrew",)),
    "cp1256": ("Windows-1256 (Arabic)", 2.0, ("Arabic", "Persian")),
    "cp874": ("Windows-874 (Thai)", 2.0, ("Thai",)),
    "cp1251": ("Windows-1251 (Cyrillic)", 2.0, _CYRILLIC),
    "koi8-r": ("KOI8-R", 4.0, ("Russian",)),
    "cp866": ("code page 866 (DOS)", 4.0, _CYRILLIC),
}
"""The code pages that were meant: their name, how much rarer they are as a cause, in bits, and the languages."""
RARER = {
    "iso8859-5": ("ISO-8859-5 (Cyrillic)", 5.0, _CYRILLIC),
    "iso8859-6": ("ISO-8859-6 (Arabic)", 3.0, ("Arabic",)),
    "iso8859-13": ("ISO-8859-13 (Baltic)", 4.0, ("Lithuanian", "Latvian", "Estonian")),
    "koi8-u": ("KOI8-U", 5.0, ("Ukrainian",)),
    "mac_cyrillic": ("Mac OS Cyrillic", 5.0, _CYRILLIC),
    "mac_greek": ("Mac OS Greek", 5.0, ("Greek",)),
    "mac_iceland": ("Mac OS Icelandic", 3.0, ("Icelandic",)),
    "mac_latin2": ("Mac OS Central European", 4.0, _CENTRE),
    "mac_turkish": ("Mac OS Turkish", 4.0, ("Turkish",)),
    "cp720": ("code page 720 (DOS, Arabic)", 5.0, ("Arabic",)),
    "cp737": ("code page 737 (DOS, Greek)", 5.0, ("Greek",)),
    "cp857": ("code page 857 (DOS, Turkish)", 5.0, ("Turkish",)),
    "cp862": ("code page 862 (DOS, Hebrew)", 5.0, ("Hebrew",)),
}
"""Code pages that are seldom the ones that were meant, and of which no sign is looked for: what is damaged may be
text in one of them as well, and its letters are others then."""
DOUBLE_BYTE = (
    ("gb18030", "Chinese"),
    ("cp950", "traditional Chinese"),
    ("cp932", "Japanese"),
    ("euc_jp", "Japanese"),
    ("cp949", "Korean"),
)
"""What the bytes may be instead, and the language that they are in then."""
FORMULA = frozenset("αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²")
"""What code page 437 has for formulas: beside an equals sign, and nothing else, they are one."""
CLOSE = 30.0
"""Bits by which text of East Asia may be dearer and yet be what is meant."""
WRONGS = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac OS Roman",
    "cp1250": "Windows-1250",
    "cp437": "code page 437 (DOS)",
    "cp850": "code page 850 (DOS)",
}
"""The code pages in which they were read."""
GAIN = 20.0
"""Bits by which a line must be likelier text when it is read rightly,"""
GAIN_EACH = 1.0
"""and those for each of its characters beyond ASCII."""
FEWEST_PLACES, FEWEST_LETTERS = 4, 2
"""Characters that become other letters, and how many different ones, without which a line proves nothing."""
SHORTEST = 12
"""Letters of a line, at least."""
RARE = "ýþðìø"
"""Small letters of few languages that those of others become: ı, ş, ğ of Turkish, ě, ř of Czech."""
COMMON = "‘’“”…—–·"
"""Marks that stand beside letters in most text."""
BESIDE_LETTERS = COMMON + "«»‹›„‚¿¡\xa0"
"""Marks that touch words."""
MIXED = 0.2
"""Share of the letters of another script that may stand beside Latin ones."""
BROKEN = 0.02
"""Share of capitals behind small letters, of all letters, up to which they are names; and of signs in words."""
FURTHER_ALPHABETS = ("áðíóúýæø", "àáäëìíïóöø")
"""What languages are written with that no text is priced as: Faroese, Shilluk."""
STRIPPED = 0.95
"""Share of such bytes; Thai and Arabic have many of C0 to DF, Hebrew and Greek none of A0 to BF."""
APART = 0.5
"""Share of the characters beyond ASCII that are accents before a letter, from which on they are just that."""
LIST = 5
"""Characters beyond ASCII in the order of their code points that are a list of letters, or a table of the code page."""


class Misread(NamedTuple):
    """A whole line that was read wrongly, and was ``restored``, which has as many characters.

    ``gain`` is by how many bits that is likelier than what stands there, ``lead`` than any other way to read the bytes.
    """

    right: str
    wrong: str
    restored: str
    gain: float
    lead: float


HALF = ("ŕ", "õk", "õl", "õr", "õs", "õt", "õz")
"""What à of French, and ő of Hungarian, become in the code page of the other half of Europe."""


def triggers() -> tuple[Trigger, ...]:
    """A character within a Latin word that no language has there, or three letters of Latin-1 in a row."""
    signs = "|".join(re.escape(sign) for sign in sorted(_signs()))
    return (
        expression(r"(?:\xc3[\x80-\xbf]){3}", apart=True),
        expression(f"[A-Za-z](?:{signs})[a-z]", apart=True),
        *literals(HALF),
    )


@cache
def _seen() -> re.Pattern[str]:
    """The same in a line."""
    signs = "".join(re.escape(sign) for sign in sorted(_signs()))
    return re.compile(rf"[\xc0-\xff]{{3}}|[A-Za-z][{signs}][a-z]|{'|'.join(HALF)}")


@cache
def _signs() -> frozenset[str]:
    """What small letters of the languages become that is no small letter of any, and a few that are."""
    written: set[str] = set()
    found: set[str] = set()
    for right, (_, _, languages) in RIGHTS.items():
        letters = {letter for name in languages if name in LATIN for letter in LATIN[name] if letter.isalpha()}
        written |= letters
        for wrong in WRONGS:
            table = _undone(right, wrong)
            found |= {standing for standing, letter in table.items() if letter in letters and standing != letter}
    controls = set(map(chr, range(0x80, 0xA1)))
    return frozenset(found - written - set(COMMON) - controls) | set(RARE) | {"\x8e", "\x8f", "\x90"}


@lru_cache(maxsize=64)
def find(text: str, known: tuple[str, str] | None = None) -> Misread | None:
    """How a line was misread; None when it was not, or nothing says how.

    ``known`` are the right and the wrong page of another line of the document: no others are tried, and less is asked.
    """
    outside = frozenset(character for character in set(text) if character > "\x7f")
    if not outside or not (known or _seen().search(text)) or sum(map(str.isalpha, text)) < SHORTEST:
        return None
    if _is_written(text, outside) or _is_utf8(text, outside):
        return None
    if _lists_letters(text) or _has_accents_apart(text, outside) or ("=" in text and outside <= FORMULA):
        return None
    ways = sorted(_ways(text, outside), key=_cost)
    if known:
        ways = [way for way in ways if way[1:3] == known]
    if not ways:
        return None
    cost, right, wrong, restored = ways[0]
    pairs = [(one, other) for one, other in zip(text, restored, strict=True) if one != other and other.isalpha()]
    if not known and (len(pairs) < FEWEST_PLACES or len({other.lower() for _, other in pairs}) < FEWEST_LETTERS):
        return None
    shape = _shape(text)
    gain = min(shape.bits(language(name)) for name in (*ALPHABETS, *LATIN)) - cost
    if gain < (GAIN_EACH if known else GAIN) + GAIN_EACH * len(pairs):
        return None
    if not known and _is_double_byte(text, wrong, cost):
        return None
    lead = min((way[0] for way in ways if way[3] != restored), default=cost + 1000.0) - cost
    return Misread(right, wrong, restored, gain, lead)


def _cost(way: tuple[float, str, str, str]) -> float:
    return way[0]


def _ways(text: str, outside: frozenset[str]) -> Iterator[tuple[float, str, str, str]]:
    """What a line costs when it is undone, from which code page to which, and what it is then."""
    for wrong in WRONGS:
        for right, (_, prior, languages) in (RIGHTS | RARER).items():
            if right == wrong:
                continue
            table = _undone(right, wrong)
            if not all(character in table for character in outside):
                continue
            restored = text.translate({ord(character): table[character] for character in outside})
            if (
                "\ufffd" in restored
                or _loses_letters(text, restored)
                or (languages[0] in LATIN and not _is_written(restored, frozenset(restored)))
            ):
                continue
            if languages[0] not in LATIN and (
                _mixes_scripts(text, restored) or _breaks_case(restored) or _breaks_words(restored)
            ):
                continue
            shape = _shape(restored)
            yield min(shape.bits(language(name)) for name in languages) + prior, right, wrong, restored


def _shape(text: str) -> Shape:
    """The shape of a line; of one in capitals, that of its letters as small ones."""
    return Shape(text.lower() if text.isupper() else text)


def _mixes_scripts(text: str, restored: str) -> bool:
    """Whether letters of another script would stand beside Latin ones: ›nsan of Turkish is no έnsan."""
    letters = [
        at for at, (one, other) in enumerate(zip(text, restored, strict=True)) if one != other and other.isalpha()
    ]
    beside = sum(any(_is_latin_letter(c) for c in restored[max(0, at - 1) : at + 2]) for at in letters)
    return beside > MIXED * len(letters)


def _breaks_case(restored: str) -> bool:
    """Whether capitals stand behind small letters, as those have it that bytes of Thai or Arabic become."""
    breaks = len(re.findall("[а-яё][А-ЯЁ]|[α-ωά-ώ][Α-Ω]", restored))
    return breaks > BROKEN * len(re.findall("[А-яЁёΑ-Ωα-ωά-ώ]", restored))


def _breaks_words(restored: str) -> bool:
    """Whether signs stand in the middle of words, as they do in bytes of another code page: кћ°м¬нм."""
    letters = sum(character.isalpha() and character > "\u024f" for character in restored)
    return len(sign_in_word().findall(restored)) > BROKEN * letters


def _is_latin_letter(character: str) -> bool:
    return character.isalpha() and character < "\u0250"


def _loses_letters(text: str, restored: str) -> bool:
    """Whether a letter beside another one would become a sign that no word has."""
    return any(
        one.isalpha()
        and not (other.isalpha() or other in BESIDE_LETTERS)
        and (text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha())
        for at, (one, other) in enumerate(zip(text, restored, strict=True))
    )


def _is_written(text: str, outside: frozenset[str]) -> bool:
    """Whether some language writes so: it has all the letters, capitals begin words, and no sign stands in one."""
    letters = {character.lower() for character in outside if character > "\x7f" and character.isalpha()}
    if letters and not any(letters <= alphabet for alphabet in _alphabets()):
        return False
    return _out_of_place().search(text) is None


def _is_double_byte(text: str, wrong: str, cost: float) -> bool:
    """Whether the bytes are likelier text of East Asia, which is another rule's."""
    data = b"".join(_bytes(wrong).get(character) or character.encode() for character in text)
    for encoding, name in DOUBLE_BYTE:
        try:
            shape = Shape(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if shape.bits(language(name)) < cost + CLOSE:
            return True
    return False


def _lists_letters(text: str) -> bool:
    """Whether characters stand in the order of their code points."""
    steps = "".join("+" if one > "\x7f" and ord(other) - ord(one) == 1 else " " for one, other in pairwise(text))
    return "+" * (LIST - 1) in steps


def _has_accents_apart(text: str, outside: frozenset[str]) -> bool:
    """Whether much of what is beyond ASCII are accents in front of their letters, as PDF files have them: dost¸ca."""
    if re.search("[¨ˇ][A-Za-z]|˜[anoANO]", text) is None:
        return False
    accents = len(re.findall("[¨ˇ˘¸˛˝˜ˆ´`][A-Za-zı]", text))
    return accents > APART * sum(map(text.count, outside))


def _is_utf8(text: str, outside: frozenset[str]) -> bool:
    """Whether most of the bytes beyond ASCII are those of UTF-8, which is another rule's."""
    if _is_stripped_utf8(text):
        return True
    for wrong in WRONGS:
        table = _bytes(wrong)
        if all(character in table for character in outside):
            data = b"".join(table.get(character, b" ") for character in text)
            kept = data.decode("utf-8", "ignore")
            if 2 * len(re.findall(r"[^\x00-\x7f]", kept)) >= sum(byte > 0x7F for byte in data) * 0.6:
                return True
    return False


def _is_stripped_utf8(text: str) -> bool:
    """Whether it is UTF-8 without the bytes that are controls: first bytes of East Asia or Armenian, and A0 to BF."""
    codes = [ord(character) for character in text if character > "\x7f"]
    first = sum(0xE2 <= code <= 0xEF or 0xD4 <= code <= 0xD6 for code in codes)
    later = sum(0xA0 <= code <= 0xBF for code in codes)
    return first + later >= STRIPPED * len(codes) and 5 * min(first, later) >= len(codes)


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(letters) for letters in (*LATIN.values(), *FURTHER_ALPHABETS))


@cache
def _out_of_place() -> re.Pattern[str]:
    """A capital behind a small letter and before one, a sign between small letters, a control."""
    return re.compile(
        r"[a-zß-öø-ÿ][\u00c0-\u00d6\u00d8-\u00de\u0160\u017d\u0178\u0152][a-zß-öø-ÿ]"
        r"|[a-z][^\x00-\x7f\w’‘'·\xad\u2010-\u2015\u200b-\u200d\xa0…/-][a-z]|[a-z][¹²³ªº][a-z]|[\x80-\x9f]"
    )


@cache
def _undone(right: str, wrong: str) -> dict[str, str]:
    """What each character beyond ASCII was before it was misread; U+FFFD where the right page has none."""
    return {character: data.decode(right, "replace") for character, data in _bytes(wrong).items()}


@cache
def _bytes(wrong: str) -> dict[str, bytes]:
    """The byte of each character beyond ASCII of a code page."""
    found: dict[str, bytes] = {}
    for byte in range(0x80, 0x100):
        data = bytes((byte,))
        if wrong == "cp1252":
            found[chr(byte)] = data  # as Latin-1, and as browsers read what Windows has no character for
        if character := data.decode(wrong, "ignore"):
            found[character] = data
    return found
