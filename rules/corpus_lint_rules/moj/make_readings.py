"""Make ``readings.txt`` and ``everyday.txt`` anew: ``python rules/corpus_lint_rules/moj/make_readings.py``.

Needs pypinyin (MIT: which characters have which readings, and the readings of 47,000 phrases), jieba (MIT: how
often words are used) and OpenCC's dictionaries (Apache-2.0: traditional to simplified), as installed packages.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import opencc
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

HERE = Path(__file__).parent
COMMON = 600
"""How many characters count as the most frequent ones: together about four fifths of running text."""
SECOND_READING = 0.1
"""From what share of a character's phrases its second reading is an everyday one."""


def ordinary_characters() -> list[str]:
    """The Han characters of GBK (GB2312 among them) and Big5."""
    han = (chr(code) for code in range(0x4E00, 0xA000))
    return [c for c in han if c.encode("gbk", "ignore") or c.encode("big5", "ignore")]


def readings(character: str) -> list[str]:
    """The toned readings of a character, the usual one first."""
    return list(PINYIN_DICT[ord(character)].split(",")) if ord(character) in PINYIN_DICT else []


def simplified() -> dict[str, str]:
    """Traditional characters with the preferred simplified form of each."""
    dictionary = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    rows = (row.split("\t") for row in dictionary.read_text("utf-8").splitlines() if row)
    return {key: targets.split(" ")[0] for key, targets in rows}


def most_frequent(to_simplified: dict[str, str]) -> str:
    """The `COMMON` most frequent simplified characters, by the frequencies of jieba's words."""
    counts: Counter[str] = Counter()
    for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = row.split(" ")
        for character in word:
            counts[to_simplified.get(character, character)] += int(frequency)
    han = (character for character, _ in counts.most_common() if "\u4e00" <= character <= "\u9fff")
    return "".join(next(han) for _ in range(COMMON))


def with_two_readings(characters: list[str], to_simplified: dict[str, str]) -> str:
    """Characters of which a writer may well tell which of two everyday readings is meant.

    The phrases are simplified; of a traditional character only its own readings count (發 is not 髮).
    """
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        if len(phrase) == len(syllables):
            for character, choices in zip(phrase, syllables, strict=True):
                used[character][choices[0]] += 1
    found = []
    for character in characters:
        own = readings(character)
        counts = sorted((n for r, n in used[to_simplified.get(character, character)].items() if r in own), reverse=True)
        if len(counts) > 1 and counts[1] >= max(2, SECOND_READING * sum(counts)):
            found.append(character)
    return "".join(found)


def main() -> int:
    """Write both files beside this one."""
    to_simplified = simplified()
    characters = ordinary_characters()
    by_reading: defaultdict[str, list[str]] = defaultdict(list)
    for character in characters:
        for reading in readings(character):
            by_reading[reading].append(character)
    origin = f"made by {Path(__file__).name}; "
    pypinyin = f"pypinyin {version('pypinyin')} (MIT licence, https://github.com/mozillazg/python-pinyin)"
    lines = [
        "# Which characters of GBK and Big5 have which reading: the reading, a tab, the characters.",
        f"# {origin}data of {pypinyin}.",
        *(f"{reading}\t{''.join(by_reading[reading])}" for reading in sorted(by_reading)),
    ]
    (HERE / "readings.txt").write_text("\n".join(lines) + "\n", "utf-8")
    jieba = f"jieba {version('jieba')} (MIT licence, https://github.com/fxsjy/jieba)"
    lines = [
        f"# The {COMMON} most frequent characters (simplified), and the characters with two everyday readings.",
        f"# {origin}data of {jieba} and {pypinyin}.",
        f"common\t{most_frequent(to_simplified)}",
        f"two-readings\t{with_two_readings(characters, to_simplified)}",
    ]
    (HERE / "everyday.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(by_reading)} readings, {len(characters)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
