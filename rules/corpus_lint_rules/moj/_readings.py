"""Readings in brackets behind Han characters: what they are, and what is known of readings and characters."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match, Pattern

LETTERS = "a-zɑɡüāáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿê"
BLANK = "[ \t\u00a0\u3000]"
TONE = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê", "aaaaeeeeiiiioooouuuuvvvvvnnnme")
SPELLING = str.maketrans("ɑɡăĕĭŏŭ", "agǎěǐǒǔ")
"""Letters of other fonts and habits, made those of pypinyin."""


class Reading(NamedTuple):
    """A syllable behind a Han character, which stands at ``offset``; with its brackets, if any, from start to end."""

    offset: int
    start: int
    end: int
    character: str
    syllable: str
    is_right: bool
    is_listed: bool
    is_common: bool
    """The character belongs to the 3,755 of GB2312's first level."""
    is_one_sided: bool
    """The character is written so in only one of the two scripts."""
    is_toned: bool

    @property
    def has_two_readings(self) -> bool:
        """Whether an author may have reason to say which reading is meant, which takes tone marks."""
        return self.is_toned and self.character in everyday()["two-readings"]

    @property
    def is_evidence(self) -> bool:
        """Whether an author would hardly have written this reading; see also `is_plain`."""
        return self.is_right and self.is_common and not self.has_two_readings and (self.is_listed or self.is_one_sided)

    @property
    def is_explanation(self) -> bool:
        """Whether this is a right reading such as authors write."""
        if self.has_two_readings:
            return self.is_right and self.character in annotated() and not self.is_listed
        return self.is_right and not self.is_evidence

    @property
    def is_plain(self) -> bool:
        """Whether this is the right reading of a common character of both scripts."""
        return self.is_right and self.is_common and not self.has_two_readings and not self.is_evidence


def find_readings(text: str) -> Iterator[Reading]:
    """Every syllable in brackets directly behind a Han character, and without brackets if it is right and toned."""
    by_syllable, by_plain_syllable = readings_table()
    listed = annotated()
    for match in one_syllable().finditer(text):
        syllable = (match[1] or match["bare"]).translate(SPELLING)
        plain = syllable.translate(TONE)
        if plain not in by_plain_syllable:
            continue
        offset = match.start() - 1
        character = text[offset]
        simple = simplified(character)
        is_toned = plain != syllable.replace("ü", "v")
        table = by_syllable if is_toned else by_plain_syllable
        owners = table.get(syllable if is_toned else plain, "")
        if match["bare"] and not (is_toned and (character in owners or simple in owners)):
            continue
        forms = listed.get(character, ()) or listed.get(simple, ())
        yield Reading(
            offset,
            match.start(),
            match.end(),
            character,
            syllable,
            is_right=character in owners or simple in owners,
            is_listed=(syllable if is_toned else plain) in (forms if is_toned else [f.translate(TONE) for f in forms]),
            is_common=b"\xb0" <= simple.encode("gb2312", "ignore")[:1] <= b"\xd7",
            is_one_sided=is_one_sided(character),
            is_toned=is_toned,
        )


def spells(text: str, match: Match[str]) -> bool:
    """Whether the letters in brackets are the readings of the two or more Han characters before them: 漢語(Hànyǔ)."""
    letters = "".join(c for c in match[1].lower().translate(SPELLING).translate(TONE) if c.isalpha())
    return _spells(text, match.start(), letters) > 1


def _spells(text: str, end: int, letters: str) -> int:
    """How many characters before ``end`` have the letters as their readings; 0 when the letters do not fit."""
    table = readings_table()[1]
    for length in range(1, min(6, len(letters)) + 1):
        if end and text[end - 1] in table.get(letters[-length:], ""):
            if length == len(letters):
                return 1
            before = _spells(text, end - 1, letters[:-length])
            if before:
                return before + 1
    return 0


def count_han(text: str) -> int:
    """How many Han characters a text has."""
    return len(han().findall(text))


def is_han(character: str) -> bool:
    """Whether the string is one Han character of the Basic Multilingual Plane."""
    return bool(han().fullmatch(character))


def simplified(character: str) -> str:
    """The simplified form of a character."""
    from corpus_lint.tables import FOLDED_MASK, characters

    return chr(characters()[ord(character)] & FOLDED_MASK) if ord(character) < 0x10000 else character


def is_one_sided(character: str) -> bool:
    """Whether only simplified or only traditional text has the character."""
    from corpus_lint.tables import CLASS_MASK, CLASS_SHIFT, CharacterClass, characters

    kind = characters()[ord(character)] >> CLASS_SHIFT & CLASS_MASK
    return kind in (CharacterClass.SIMPLIFIED, CharacterClass.TRADITIONAL)


@cache
def han() -> Pattern[str]:
    """A Han character of the Basic Multilingual Plane."""
    return re.compile("[\u3400-\u9fff]")


@cache
def clause_end() -> Pattern[str]:
    """What ends a clause, or a word of a list."""
    return re.compile(r"[\s、，。；：！？,.;:!?|/·•]")


@cache
def one_syllable() -> Pattern[str]:
    """Letters behind a Han character, as many as one syllable may have: in brackets, or with the text going on."""
    return re.compile(
        rf"(?<=[\u4e00-\u9fff])(?:[(（]{BLANK}?([{LETTERS}]{{1,6}}){BLANK}?[)）]"
        rf"|(?P<bare>[{LETTERS}]{{1,6}})(?=[\u4e00-\u9fff，。、；：！？”》]))"
    )


@cache
def reading_before() -> Pattern[str]:
    """A Han character with a reading, at the end."""
    return re.compile(rf"[\u4e00-\u9fff](?:[(（]{BLANK}?[{LETTERS}]{{1,6}}{BLANK}?[)）]|[{LETTERS}]{{1,6}})$")


@cache
def word_in_brackets() -> Pattern[str]:
    """Letters in brackets behind two or more Han characters."""
    return re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})[(（]([{LETTERS}{LETTERS.upper()} '’·-]{{3,40}})[)）]")


@cache
def cut_short() -> Pattern[str]:
    """A Han character at the end, or one with a reading that breaks off."""
    return re.compile(rf"([\u4e00-\u9fff])(?:[(（][{LETTERS}]{{0,6}})?$")


@cache
def readings_table() -> tuple[dict[str, str], dict[str, str]]:
    """Which characters have a reading, by the reading with and without its tone."""
    toned = read_table("readings.txt")
    plain: defaultdict[str, str] = defaultdict(str)
    for reading, characters in toned.items():
        plain[reading.translate(TONE)] += characters
    return toned, dict(plain)


@cache
def annotated() -> dict[str, tuple[str, ...]]:
    """The readings that converters are known to write behind a character; simplified forms have them too."""
    found: dict[str, tuple[str, ...]] = {}
    for reading, characters in read_table("annotated.txt").items():
        for character in characters:
            for form in {character, simplified(character)}:
                found[form] = (*found.get(form, ()), reading)
    return found


@cache
def everyday() -> dict[str, str]:
    """The most frequent characters (simplified), and those with two everyday readings."""
    return read_table("everyday.txt")


def read_table(name: str) -> dict[str, str]:
    """A data file beside this module: a key, a tab, characters."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        rows = file.read().splitlines()
    return {key: value for key, _, value in (row.partition("\t") for row in rows if not row.startswith("#"))}
