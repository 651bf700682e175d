"""Which script the letters of a text are in, and which lines are in another."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.census import class_of
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.census import Census

LINE = 6
"""Letters of another script that a line must have."""

SHARE = 0.8
"""The share of a line's letters that must be of the other script."""

RARE = 20
"""A script is foreign to a text that has so many times as many letters of its own."""

KINDRED = {"Han": {"Bopomofo"}, "Kana": {"Han"}, "Hangul": {"Han"}}
"""Scripts that are part of how another is written."""

NAMES = {"CJK": "Han", "IDEOGRAPHIC": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana", "KATAKANA-HIRAGANA": "Kana"}
NO_SCRIPT = {"FULLWIDTH", "HALFWIDTH", "MODIFIER", "MATHEMATICAL", "SCRIPT", "DOUBLE-STRUCK", "BLACK-LETTER"} | {
    "MICRO",
    "FEMININE",
    "MASCULINE",
    "KELVIN",
    "ANGSTROM",
    "OHM",
    "ALEF",
    "PLANCK",
    "INFORMATION",
}
"""Beginnings of the names of letters that are of any script."""

BLOCKS = {
    "Han": ("\u3400-\u4dbf\u4e00-\u9fff", ("han", "simplified", "traditional")),
    "Kana": ("\u3041-\u3096\u30a1-\u30fa", ("kana",)),
    "Hangul": ("\uac00-\ud7a3", ("hangul",)),
    "Latin": ("A-Za-z", ("letter",)),
    "Cyrillic": ("\u0400-\u0481\u048a-\u052f", ("other_script",)),
}
"""The frequent letters of some scripts, each in one of some classes of the census, which has counted them."""

NO_LETTERS = "\x00-@\\[-`{-\x7f\u2000-\u206f\u3000-\u3004\u3007-\u3020\uff00-\uff0f\uff1a-\uff20"
"""Frequent characters that are no letters."""

CITED = "[“”「」『』《》\"'|/·()（）\\[\\]:：=<>`]"
"""What lines have that cite, list or name, and code."""


class Run(NamedTuple):
    """A stretch of another script: where it is, its script, and the text's own."""

    start: int
    end: int
    script: str
    own: str


@lru_cache(8192)
def script_of(character: str) -> str:
    """The script of a letter by its Unicode name (Hiragana and katakana are Kana); empty for all else."""
    from unicodedata import name

    if not character.isalpha():
        return ""
    word = name(character, "").split(" ")[0]
    return "" if word in NO_SCRIPT else NAMES.get(word, word.capitalize())


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(f"[^{NO_LETTERS}{''.join(members for members, _ in BLOCKS.values())}]+")


def _scripts(text: str, census: Census) -> tuple[Counter[str], dict[str, str]]:
    """How many letters of each script a text has, and what letters: characters for a class of an expression."""
    rest = Counter("".join(_rest().findall(text)))
    scripts: Counter[str] = Counter()
    members: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for character, times in rest.items():
        script = script_of(character)
        if script:
            scripts[script] += times
            members[script] = members.get(script, "") + character
        seen[census._fields[class_of(ord(character))]] += times
    for script, (block, classes) in BLOCKS.items():
        times = sum(getattr(census, name) - seen[name] for name in classes)
        if times:
            scripts[script] += times
            members[script] = members.get(script, "") + block
    return scripts, members


def foreign_lines(text: str, census: Census) -> Iterator[Run]:
    """The lines in the one script that is rare in a text, unless they cite something."""
    scripts, members_of = _scripts(text, census)
    own, most = max(scripts.items(), key=lambda pair: pair[1])
    few = {script for script, times in scripts.items() if times * RARE < most} - {"Latin"} - KINDRED.get(own, set())
    if len(few) != 1:
        return  # a list of languages, or nothing
    (script,) = few
    if scripts[script] < LINE:
        return
    members = members_of[script]
    member = re.compile(f"[{members}]")
    position = 0
    while match := member.search(text, position):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        position = end if end >= 0 else len(text)
        line = text[start:position]
        count = len(member.findall(line))
        if count < LINE or re.search(CITED, line) or _line_before(text, start).endswith((":", "：")):
            continue
        if count >= SHARE * sum(map(str.isalpha, line)):
            yield _run(start, line, members, script, own)


def _line_before(text: str, start: int) -> str:
    """The last line before an offset that has anything in it, without the white space about it."""
    while start > 0:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if line:
            return line
    return ""


def unexpected(text: str, expected: frozenset[str]) -> Iterator[Run]:
    """For each line, the stretch from its first to its last letter in none of the scripts."""
    accepted = {"Kana" if script in ("Hiragana", "Katakana") else script.capitalize() for script in expected} | {""}
    members = "".join(sorted(c for c in set(text) if script_of(c) not in accepted))
    if not members:
        return
    for start, line in _lines(text):
        match = re.search(f"[{members}]", line)
        if match:
            yield _run(start, line, members, script_of(match[0]), "")


def _run(start: int, line: str, members: str, script: str, own: str) -> Run:
    from unicodedata import category

    places = [match.start() for match in re.finditer(f"[{members}]", line)]
    end = places[-1] + 1
    while end < len(line) and category(line[end]).startswith("M"):
        end += 1
    return Run(start + places[0], start + end, script, own)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
