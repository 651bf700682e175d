"""What a place between two Chinese characters looks like: the end of a sentence, or the middle of one."""

from __future__ import annotations

import os
from functools import cache, lru_cache

from corpus_lint.folding import fold

from ._words import band, is_split

STEP = 0.5
"""Natural logarithms of one step of the table."""
CUT_WORD, WORD = 3.0, 1.0
"""What it says that a word runs across the place and its halves are no words, or that it may."""


@cache
def _rows() -> dict[str, list[tuple[float, str]]]:
    found: dict[str, list[tuple[float, str]]] = {}
    with open(os.path.join(os.path.dirname(__file__), "seams.txt"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                kind, steps, keys = line.rstrip("\n").split("\t")
                found.setdefault(kind, []).append((int(steps) * STEP, keys))
    return found


@lru_cache(1024)
def _share(kind: str, key: str) -> float | None:
    wanted = f" {key} "
    return next((share for share, keys in _rows()[kind] if wanted in keys), None)


def at_end(text: str) -> float:
    """How much likelier a sentence ends with what the text ends with than goes on behind it (a logarithm)."""
    tail = fold(text[-3:]).text[-2:]
    share = _share("end2", tail) if len(tail) == 2 else None
    return (_share("end1", tail[-1:]) or 0.0) if share is None else share


def at_start(text: str) -> float:
    """How much likelier a sentence begins with what the text begins with than has it inside (a logarithm)."""
    head = fold(text[:3]).text[:2]
    share = _share("start2", head) if len(head) == 2 else None
    return (_share("start1", head[:1]) or 0.0) if share is None else share


def joined(before: str, after: str) -> float:
    """How much likelier a sentence runs from one text into the other than ends between them (a logarithm)."""
    tail, head = before[-3:], after[:3]
    score = -(at_end(before) + at_start(after))
    if is_split(tail, head):
        return score + CUT_WORD
    return score + (WORD if band(tail[-1:] + head[:1]) is not None else 0)
