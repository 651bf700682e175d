"""Make ``seams.txt`` anew: ``python rules/corpus_lint_rules/txt/make_seams.py FOLDER...``.

Counts, in text whose sentences are whole, what sentences begin and end with and what stands inside them. The table in
the package was counted in simplified text of LCTT/TranslateProject, Snailclimb/JavaGuide, d2l-ai/d2l-zh and
PaddlePaddle/docs (Apache-2.0), NiuTrans/Classical-Modern (MIT; the modern translations, ``target.txt``) and
Anduin2017/HowToCook (Unlicense), at most 12 MB of each: 260,000 sentences. It holds how often, nothing else.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpus_lint import expressions as re

HERE = Path(__file__).parent
MOST = 12_000_000
"""Bytes that are taken of each folder."""
HAN = "\u4e00-\u9fff"
LEAST, LEAST_PAIR = 8, 20
"""How often a character, or a pair of them, must stand or be expected at a border before its share says anything."""
APART = 0.7
"""A pair is in the table when it differs so much from its character at the border."""
STEP = 0.5


def texts(folder: Path) -> list[str]:
    """The texts of a folder without code, in an order by chance."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt", ".rst"))
    if any(path.name == "target.txt" for path in paths):
        paths = [path for path in paths if path.name == "target.txt"]
    random.Random(1).shuffle(paths)
    found, size = [], 0
    for path in paths:
        text = re.sub(r"(?s)```.*?```", "", path.read_text("utf-8", "replace"))[:300_000]
        size += len(text.encode())
        if size > MOST:
            break
        found.append(text)
    return found


def shares(border: Counter[str], inside: Counter[str], least: int) -> dict[str, float]:
    """For each string the logarithm of how much more often it stands at the border than inside."""
    at, within = border.total(), inside.total()
    expected = {key: inside[key] * at / within for key in {*border, *inside}}
    return {
        key: math.log((border[key] + 1) / (expected[key] + 1))
        for key in expected
        if border[key] + expected[key] >= least
    }


def main() -> None:
    """Write the file."""
    counts: defaultdict[tuple[str, int, bool], Counter[str]] = defaultdict(Counter)
    for folder in sys.argv[1:]:
        for text in texts(Path(folder)):
            ends = [match[1] for match in re.finditer(rf"([{HAN}]{{2}})[。！？]", text)]
            starts = [match[1] for match in re.finditer(rf"(?<=[。！？])[”」』]?\s*([{HAN}]{{2}})", text)]
            counts["end", 2, True].update(ends)
            counts["end", 1, True].update(pair[1] for pair in ends)
            counts["start", 2, True].update(starts)
            counts["start", 1, True].update(pair[0] for pair in starts)
            for run in re.findall(f"[{HAN}]{{4,}}", text):
                counts["end", 2, False].update(run[at - 1 : at + 1] for at in range(1, len(run) - 2))
                counts["end", 1, False].update(run[1:-2])
                counts["start", 2, False].update(run[at : at + 2] for at in range(2, len(run) - 1))
                counts["start", 1, False].update(run[2:-1])
    rows: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for side in ("end", "start"):
        alone = shares(counts[side, 1, True], counts[side, 1, False], LEAST)
        pairs = shares(counts[side, 2, True], counts[side, 2, False], LEAST_PAIR)
        for pair in list(pairs):
            if abs(pairs[pair] - alone.get(pair[1 if side == "end" else 0], 0)) < APART:
                del pairs[pair]
        for key, share in {**alone, **pairs}.items():
            rows[f"{side}{len(key)}", round(share / STEP)].append(key)
    head = [
        "# How much more often a character, or two, stand at the end or at the start of a sentence than inside one:",
        f"# the logarithm in steps of {STEP}. Made by make_seams.py, which names the texts in which it was counted.",
    ]
    lines = [f"{kind}\t{step}\t {' '.join(sorted(keys))} " for (kind, step), keys in sorted(rows.items()) if step]
    (HERE / "seams.txt").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
