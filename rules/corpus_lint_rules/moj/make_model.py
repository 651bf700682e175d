"""Make ``text.model`` anew: ``python rules/corpus_lint_rules/moj/make_model.py FOLDER``.

FOLDER holds clones of the repositories below, each in a folder ``owner+name`` at any depth. Of their texts only how
often a character follows another one is kept. jieba (MIT) adds how often words are used, and `corpus_lint.languages`
the letters of languages without a text here. All sources are free to use so:

* Chinese: HowToCook (public domain), TranslateProject, JavaGuide, Paddle docs, d2l-zh (Apache-2.0),
  Classical-Modern, chinese-poetry (MIT); Laws (texts of laws: no copyright by article 5 of China's copyright act);
* traditional Chinese: huli-blog, book-tw (Apache-2.0), chinese-poetry (MIT);
* Japanese: python-docs-ja (CC0), docs-ja of Vite (MIT), book-ja (MIT or Apache-2.0);
* Korean: python-docs-ko (CC0), tutorials-kr (BSD-3-Clause), doc.rust-kr.org (MIT or Apache-2.0);
* French, Spanish, Polish, Turkish: python-docs-fr, -es, -pl, -tr (CC0); German: gesetze (public domain);
* English: book (MIT or Apache-2.0).

Layout of the file: lines of text up to an empty one; then, deflated, numbers of characters, pairs and bytes of the
alphabet (4 bytes each, little-endian), the alphabet, and in steps of a tenth of a bit: scripts behind scripts, each
character's share in its script, what it costs to leave the table of pairs behind a character; then 2 bytes a
character for how many pairs begin with it, 2 bytes a pair for its second character, and the bits of the pairs.
The prices are those of interpolated absolute discounting (Ney, Essen and Kneser 1994).
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus_lint.languages import ALPHABETS, LATIN
from corpus_lint_rules.moj._model import SCRIPTS, UNIT, script, symbol

SOURCES = (
    ("Anduin2017+HowToCook", 1, 5),
    ("LCTT+TranslateProject", 1, 12),
    ("LawRefBook+Laws", 1, 6),
    ("NiuTrans+Classical-Modern", 1, 14),
    ("PaddlePaddle+docs", 1, 2),
    ("Snailclimb+JavaGuide", 1, 4),
    ("chinese-poetry+chinese-poetry", 1, 4),
    ("d2l-ai+d2l-zh", 1, 1),
    ("aszx87410+huli-blog", 3, 3),
    ("rust-tw+book-tw", 1, 1),
    ("python+python-docs-ja", 2, 20),
    ("vitejs+docs-ja", 2, 5),
    ("rust-lang-ja+book-ja", 2, 20),
    ("python+python-docs-ko", 2, 20),
    ("PyTorchKorea+tutorials-kr", 2, 5),
    ("rust-kr+doc.rust-kr.org", 2, 20),
    ("python+python-docs-fr", 1, 2),
    ("python+python-docs-es", 1, 2),
    ("python+python-docs-pl", 1, 2),
    ("python+python-docs-tr", 1, 2),
    ("bundestag+gesetze", 1, 2),
    ("rust-lang+book", 1, 2),
)
"""Repositories: their folders, how often they count, how many MB of them are read."""
WORDS = 0.15
"""How often a use of a word in jieba's dictionary counts."""
DISCOUNT = 0.75
LEAST = 4
"""Occurrences of a character that gets a number of its own."""
SUFFIXES = {".md", ".txt", ".rst", ".po", ".mdx", ".markdown"}


def texts(folder: Path, megabytes: float) -> list[str]:
    """The texts of a repository, evenly chosen, as many as asked for."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    size = sum(path.stat().st_size for path in paths)
    step = max(1, round(size / (megabytes * 1e6)))
    found = []
    for path in paths[::step]:
        text = path.read_text("utf-8", "ignore")
        found.append(translations(text) if path.suffix == ".po" else text)
    return found


def translations(text: str) -> str:
    """The translated strings of a gettext file."""
    blocks = re.findall(r'^msgstr ((?:".*"\n)+)', text, re.MULTILINE)
    return "\n".join("".join(re.findall(r'"(.*)"', block)).replace('\\"', '"').replace("\\n", "\n") for block in blocks)


class Counts:
    """How often characters and pairs of characters stand in text."""

    def __init__(self) -> None:
        self.symbols = np.array([ord(symbol(chr(c))) if not 0xD800 <= c < 0xE000 else 32 for c in range(0x10000)])
        self.pairs: dict[int, float] = {}

    def add(self, text: str, weight: float) -> None:
        """Count the pairs of a text."""
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        codes = self.symbols[np.where(codes < 0x10000, codes, 0x20)]
        values, numbers = np.unique(codes[:-1] << 16 | codes[1:], return_counts=True)
        for value, number in zip(values.tolist(), numbers.tolist(), strict=True):
            self.pairs[value] = self.pairs.get(value, 0) + number * weight

    def add_pair(self, first: str, second: str, weight: float) -> None:
        """Count one pair."""
        value = ord(symbol(first)) << 16 | ord(symbol(second))
        self.pairs[value] = self.pairs.get(value, 0) + weight


def count(folder: Path) -> tuple[Counts, list[str]]:
    """The pairs of all sources, and the sources that were there."""
    counts = Counts()
    used = []
    for name, weight, megabytes in SOURCES:
        for place in sorted(folder.rglob(name)):
            joined = "\n".join(texts(place, megabytes))
            counts.add(joined, weight)
            used.append(name.replace("+", "/", 1))
            print(f"{name}: {len(joined):,} characters")
    for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = row.split(" ")
        for first, second in pairwise(word):
            counts.add_pair(first, second, int(frequency) * WORDS)
    for letters, uses in [(letters, 20_000) for letters in ALPHABETS.values()] + [(v, 2_000) for v in LATIN.values()]:
        share = {letter: 0.93**rank for rank, letter in enumerate(letters)}
        total = sum(share.values())
        alone = letters in LATIN.values()
        for letter, part in share.items():
            number = part / total * uses
            for one, other in (("a", letter), (letter, "a")) if alone else ((" ", letter), (letter, " ")):
                counts.add_pair(one, other, number)
            for other in share if not alone else ():
                counts.add_pair(letter, other, number * 6 * share[other] / total)
    return counts, used


def steps(bits: NDArray[np.float64]) -> bytes:
    """Bits as bytes."""
    content: bytes = np.clip(np.round(bits / UNIT), 0, 255).astype(np.uint8).tobytes()
    return content


def build(pairs: dict[int, float], most: int) -> bytes:
    """The model as bytes, with the ``most`` pairs that matter most."""
    codes, numbers = np.array(list(pairs), np.int64), np.array(list(pairs.values()))
    first, second = codes >> 16, codes & 0xFFFF
    uses = np.bincount(second, numbers, 0x10000)
    alphabet = np.flatnonzero((uses >= LEAST) & (np.arange(0x10000) >= 32))
    ids = np.full(0x10000, -1)
    ids[alphabet] = np.arange(len(alphabet))
    scripts = np.array([script(chr(code)) for code in alphabet])
    known = (ids[first] >= 0) & (ids[second] >= 0)
    first, second, numbers = ids[first[known]], ids[second[known]], numbers[known]
    width = len(SCRIPTS)
    moves = np.bincount(scripts[first] * width + scripts[second], numbers, width * width).reshape(width, width) + 0.02
    moves /= moves.sum(axis=1, keepdims=True)
    known_uses = np.bincount(second, numbers, len(alphabet)) + 0.5
    share = known_uses / np.bincount(scripts, known_uses, width)[scripts]
    totals = np.bincount(first, numbers, len(alphabet)) + 1e-9
    kinds = np.bincount(first, numbers >= 1, len(alphabet))
    back = moves[scripts[first], scripts[second]] * share[second]
    price = np.maximum(numbers - DISCOUNT, 0) / totals[first] + DISCOUNT * kinds[first] / totals[first] * back
    worth = np.where(numbers < 2, -1, numbers * (np.log2(np.maximum(price, 1e-30)) - np.log2(back)))
    chosen = np.argsort(-worth)[:most]
    chosen = chosen[worth[chosen] > 0]
    chosen = chosen[np.lexsort((second[chosen], first[chosen]))]
    given = 1 - np.bincount(first[chosen], price[chosen], len(alphabet))
    left = 1 - np.bincount(first[chosen], back[chosen], len(alphabet))
    leave = -np.log2(np.clip(given, 1e-4, 1) / np.clip(left, 1e-4, 1))
    letters = "".join(map(chr, alphabet)).encode()
    head = np.array([len(alphabet), len(chosen), len(letters)], "<u4").tobytes()
    lengths = np.bincount(first[chosen], minlength=len(alphabet)).astype("<u2").tobytes()
    seconds = second[chosen].astype("<u2").tobytes()
    body = steps(-np.log2(moves)) + steps(-np.log2(share)) + steps(np.maximum(leave, 0))
    return b"".join((head, letters, body, lengths, seconds, steps(-np.log2(price[chosen]))))


def main() -> int:
    """Write the model beside this file."""
    parser = argparse.ArgumentParser(description="Make text.model.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=330_000)
    arguments = parser.parse_args()
    counts, used = count(arguments.folder)
    header = (
        f"What text looks like: counts of character pairs, made by {Path(__file__).name}, which has the layout.\n"
        f"Sources, all public domain, CC0, MIT, BSD or Apache-2.0 (the script has each): {', '.join(used)};"
        f" jieba {version('jieba')}.\n\n"
    )
    content = header.encode() + zlib.compress(build(counts.pairs, arguments.pairs), 9)
    Path(__file__).with_name("text.model").write_bytes(content)
    print(f"{len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
