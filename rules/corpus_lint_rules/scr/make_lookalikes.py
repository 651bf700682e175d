"""Make ``lookalikes.txt`` anew: ``python rules/corpus_lint_rules/scr/make_lookalikes.py``.

Sources: Unicode's ``confusables.txt`` (UTS 39, Unicode licence v3) as shipped in confusable_homoglyphs (MIT), and six
entries of its ``EquivalentUnifiedIdeograph.txt``.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

import confusable_homoglyphs

HEADER = """\
# Letters that look alike, from Unicode's confusables.txt (UTS 39; https://www.unicode.org/license.txt) as shipped in
# confusable_homoglyphs {version}; made by make_lookalikes.py. Each row: a kind, a character, what looks like it.
# latin: letters of other scripts; han: radicals, which NFKC leaves (six are from
# EquivalentUnifiedIdeograph.txt); kana: katakana.
"""

SAME_SCRIPT = ("LATIN", "FULLWIDTH", "SCRIPT", "DOUBLE-STRUCK", "BLACK-LETTER", "KELVIN", "PLANCK", "INFORMATION")
"""Beginnings of the names of letters that are Latin themselves."""

EQUIVALENT = {"⺝": "月", "⻆": "角", "⻣": "骨", "⻦": "鸟", "⻧": "卤", "⻪": "黾"}
"""Radicals that confusables.txt leaves out, by Unicode's ``EquivalentUnifiedIdeograph.txt``."""

SKELETONS = {"l": "I"}
"""The table has one skeleton for l, I, 1 and |; a capital means I."""


def rows() -> list[tuple[str, str, str]]:
    """Kind, character and the characters that look like it."""
    path = Path(confusable_homoglyphs.__file__).with_name("confusables.json")
    table: dict[str, list[dict[str, str]]] = json.loads(path.read_text("utf-8"))
    found: dict[tuple[str, str], set[str]] = {("han", han): {radical} for radical, han in EQUIVALENT.items()}
    for character, others in table.items():
        if len(character) != 1 or ord(character) > 0xFFFF:
            continue
        for other in (entry["c"] for entry in others):
            pair = _kind(character, other)
            if pair:
                found.setdefault(pair, set()).add(character)
    return [(kind, target, "".join(sorted(members))) for (kind, target), members in sorted(found.items())]


def _kind(character: str, other: str) -> tuple[str, str] | None:
    """In which row, if any, a character stands that looks like another."""
    name = unicodedata.name(character, "")
    if other.isascii() and len(other) == 1 and other.isalpha():
        if unicodedata.category(character) not in ("Lu", "Ll") or name.startswith(SAME_SCRIPT):
            return None
        capital = character.isupper()
        target = SKELETONS.get(other, other) if capital else other
        return ("latin", target) if target.isupper() == capital else None
    if len(other) == 1 and "\u4e00" <= other <= "\u9fff":
        if name.startswith("CJK RADICAL"):
            return "han", other
        if name.startswith("KATAKANA"):
            return "kana", other
    return None


def main() -> int:
    """Write the table beside this file."""
    lines = [f"{kind} {target} {members}\n" for kind, target, members in rows()]
    text = HEADER.format(version=version("confusable_homoglyphs")) + "".join(lines)
    Path(__file__).with_name("lookalikes.txt").write_text(text, "utf-8")
    print(f"{len(lines)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
