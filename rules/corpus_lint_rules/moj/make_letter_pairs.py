"""Make ``letter_pairs.txt`` anew: ``python rules/corpus_lint_rules/moj/make_letter_pairs.py FOLDER``.

FOLDER holds clones of the Russian translations rust-lang-ru/book and rust-lang-ru/rust-by-example-ru (both MIT or
Apache-2.0), each in a folder ``owner+name`` at any depth. Only how often a letter follows another in a word of small
letters is kept. The file has a line for each letter, and for the space before a word: the letter, and in tenths of a
bit what each letter, and the end of the word, costs behind it, in the order of the lines.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from itertools import pairwise
from math import log2
from pathlib import Path

from corpus_lint_rules.moj._letter_pairs import DATA_FILE, LETTERS
from corpus_lint_rules.moj.make_model import texts

SOURCES = ("rust-lang-ru+book", "rust-lang-ru+rust-by-example-ru")
MEGABYTES = 20
SEEN = 0.3
"""Occurrences that every pair is taken to have besides those that were counted."""


def main() -> int:
    """Write the pairs beside this file."""
    parser = argparse.ArgumentParser(description="Make letter_pairs.txt.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    counts: Counter[tuple[str, str]] = Counter()
    for name in SOURCES:
        for place in sorted(folder.rglob(name)):
            for text in texts(place, MEGABYTES):
                for word in re.findall(f"[{LETTERS[1:]}]+", text.lower()):
                    counts.update(pairwise(f" {word} "))
    lines = []
    for first in LETTERS:
        numbers = [counts[first, second] + SEEN for second in LETTERS]
        bits = [-log2(number / sum(numbers)) for number in numbers]
        lines.append(f"{first}{' '.join(str(round(10 * b)) for b in bits)}\n")
    Path(__file__).with_name(DATA_FILE).write_text("".join(lines), "utf-8")
    print(f"{counts.total():,} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
