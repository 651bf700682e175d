"""How well the model of text tells text from misread text: ``python benchmarks/text_model.py``.

Stretches of 8, 20 and 40 characters of the texts in ``mojibake_texts.txt``, which the model was not made from, are
written in each encoding that has them and read in each other one. Text is what costs fewer bits a character; what a
reading loses is left out, and so are stretches of which it leaves next to nothing. The table gives for each language
and misreading these bits as the text stands and misread, and how many of a hundred stretches cost less than what they
become, by length. ``--write FILE`` puts the tables into a page.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

from corpus_lint_rules.moj._model import model
from mojibake import TEXTS, read_wrongly, texts

LANGUAGES = {
    "zh": "simplified Chinese",
    "hant": "traditional Chinese",
    "lzh": "classical Chinese",
    "sa": "Buddhist transliteration",
    "yue": "Cantonese",
    "names": "rare names and places",
    "ja": "Japanese",
    "ko": "Korean",
}
ENCODINGS = {
    "utf-8": tuple(LANGUAGES),
    "gb18030": ("zh", "hant", "lzh", "sa", "yue", "names"),
    "big5": ("hant", "lzh", "sa"),
    "shift_jis": ("ja",),
    "euc_jp": ("ja",),
    "cp949": ("ko",),
}
READ_AS = ("gb18030", "cp950", "cp932", "euc_jp", "cp949", "cp1252", "cp1251")
SAME = {"big5": "cp950", "shift_jis": "cp932"}
LENGTHS = (8, 20, 40)
STRETCHES = 60
LEAST = 4
START, END = "<!-- model -->\n", "<!-- /model -->\n"


def bits(text: str) -> float | None:
    """Bits a character beyond ASCII, of those that were not lost; None where fewer than `LEAST` are left."""
    left = text.replace("\ufffd", "")
    number = sum(not character.isascii() for character in left)
    prices = (model().bits(left[at - 1] if at else " ", c) for at, c in enumerate(left) if not c.isascii())
    return sum(prices) / number if number >= LEAST else None


def judge(clean: str, right: str, wrong: str, chance: random.Random) -> tuple[list[float], list[float], list[str]]:
    """Bits a character as it stands and misread, and for each length how many of a hundred are told apart."""
    standing: list[float] = []
    misread: list[float] = []
    told: list[str] = []
    for length in LENGTHS:
        verdicts: list[bool] = []
        for _ in range(STRETCHES):
            start = chance.randrange(len(clean) - length)
            piece = clean[start : start + length].encode(right, "ignore").decode(right)
            one, other = bits(piece), bits(read_wrongly(piece.encode(right), wrong))
            if one is None or other is None:
                continue
            standing.append(one)
            misread.append(other)
            verdicts.append(one < other)
        told.append(f"{sum(verdicts) / len(verdicts) * 100:.0f}" if len(verdicts) * 2 > STRETCHES else "")
    return standing, misread, told


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", type=Path, help="the page whose table is written anew")
    arguments = parser.parse_args()
    clean = texts(TEXTS)
    chance = random.Random(3)
    head = ("text", "bytes of", "read as", "bits", "misread", *(f"told, {length} characters" for length in LENGTHS))
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    every: dict[str, list[int]] = defaultdict(list)
    for name, title in LANGUAGES.items():
        for right, languages in ENCODINGS.items():
            for wrong in READ_AS if name in languages else ():
                if SAME.get(right, right) == wrong:
                    continue
                standing, misread, told = judge(clean[name], right, wrong, chance)
                if not standing:
                    continue
                means = f"{mean(standing):.1f} | {mean(misread):.1f}"
                lines.append(f"| {title} | {right} | {wrong} | {means} | {' | '.join(told)} |")
                every[title] += (int(share) for share in told if share)
    rows = [f"| {title} | {mean(told):.1f} | {min(told)} |" for title, told in every.items()]
    summary = "\n".join(("| text | told on average | told least |", "| --- | --- | --- |", *rows))
    answer = summary + "\n\n" + "\n".join(lines)
    print(answer)
    if arguments.write:
        page = arguments.write.read_text("utf-8")
        before, _, rest = page.partition(START)
        arguments.write.write_text(f"{before}{START}\n{answer}\n\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
