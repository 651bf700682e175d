"""Characters that look alike, from Unicode's data (UTS 39): ``lookalikes.txt``, made by ``make_lookalikes.py``."""

from __future__ import annotations

from functools import cache

COMPONENTS = frozenset("丬乚乛亻兀刂尢尣巳幺彑忄扌攵旡歺氵氺灬爫犭礻糹罒罓耂肀艹衤覀讠辶钅镸阝飠饣")
"""Parts of characters, which stand alone only where a text is about characters."""


@cache
def _rows(kind: str) -> dict[str, str]:
    """From each lookalike of a kind to the character that it looks like."""
    from pathlib import Path

    table: dict[str, str] = {}
    for row in Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines():
        if row.startswith(f"{kind} "):
            _, target, members = row.split(" ")
            table.update(dict.fromkeys(members, target))
    return table


@cache
def radicals() -> dict[str, str]:
    """Radicals that are whole characters, with these characters: those of Kangxi by NFKC, the others as UTS 39 has."""
    from unicodedata import normalize

    table = {member: target for member, target in _rows("han").items() if target not in COMPONENTS}
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)):
        content = normalize("NFKC", chr(code))
        if content != chr(code) and content not in COMPONENTS:
            table[chr(code)] = content
    return table


@cache
def latin() -> dict[str, str]:
    """Letters of other scripts, with the ASCII letters that they look like."""
    return _rows("latin")


@cache
def katakana() -> dict[str, str]:
    """Katakana, with the Han that they look like."""
    return _rows("kana")
