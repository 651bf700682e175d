"""Which script the letters of a text are in, and which lines are in another."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def foreign_lines(text: str) -> Iterator[Run]:
    """The lines in the one script that is rare in a text, unless they cite something."""
    letters = Counter(text)
    scripts: Counter[str] = Counter()
    for character, times in letters.items():
        scripts[script_of(character)] += times
    del scripts[""]
    own, most = scripts.most_common(1)[0]
    few = {script for script, times in scripts.items() if times * RARE < most} - {"Latin"} - KINDRED.get(own, set())
    if len(few) != 1:
        return  # a list of languages, or nothing
    (script,) = few
    members = "".join(sorted(c for c in letters if script_of(c) == script))
    before = ""
    for start, line in _lines(text):
        if re.search(f"[{members}]", line) and not re.search(CITED, line) and not before.endswith((":", "：")):
            count = len(re.findall(f"[{members}]", line))
            if count >= LINE and count >= SHARE * sum(map(str.isalpha, line)):
                yield _run(start, line, members, script, own)
        before = line.strip() or before


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
