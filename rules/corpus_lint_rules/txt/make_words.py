"""Make ``words.txt`` anew: ``python rules/corpus_lint_rules/txt/make_words.py``.

Needs jieba (MIT: how often words are used) as an installed package. Names of people are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
BANDS = (1000, 100, 20)
"""How often a word of each band is used at least, in jieba's counts."""
FINAL, ALONE = 0.15, 0.03
"""A character that ends words, and one that is a word by itself, in less than such a share of its uses opens words."""
KNOWN = 300
"""How often a character must be used before its share says anything."""


def is_han(word: str) -> bool:
    """Whether all of it is Han characters."""
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def main() -> None:
    """Write the file."""
    bands: list[defaultdict[str, list[str]]] = [defaultdict(list) for _ in BANDS]
    used: Counter[str] = Counter()
    final: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines():
        word, frequency, kind = row.split(" ")
        if not is_han(word):
            continue
        for length, character in enumerate(word, 1):
            used[character] += int(frequency)
            final[character] += int(frequency) * (1 < length == len(word))
        if len(word) == 1:
            alone[word] += int(frequency)
        if len(word) == 2 and not kind.startswith("nr"):
            place = next((number for number, least in enumerate(BANDS) if int(frequency) >= least), None)
            if place is not None:
                bands[place][word[0]].append(word[1])
    opening = "".join(
        character
        for character, times in sorted(used.items())
        if times >= KNOWN and final[character] < FINAL * times and alone[character] < ALONE * times
    )
    lines = [
        "# Chinese words of two characters (simplified), by how often they are used: a first one, then all",
        "# second ones. Before them the characters that open words and hardly ever end one.",
        f"# made by make_words.py; data of jieba {version('jieba')} (MIT licence, https://github.com/fxsjy/jieba).",
        f"opening\t{opening}",
    ]
    for number, band in enumerate(bands):
        lines += [f"{number}\t{first}{''.join(sorted(seconds))}" for first, seconds in sorted(band.items())]
    (HERE / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
