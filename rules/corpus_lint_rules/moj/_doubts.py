"""What casts doubt on a double-byte run that was read one byte at a time, although its text is likely as a whole.

A byte that was lost puts the characters behind it out of step, until a second byte in ASCII puts them in step again;
and a character may be another byte in a code page that was not thought of.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from ._codepages import SINGLE, encode

if TYPE_CHECKING:
    from ._pairs import Run

MARKS = "‘’“”…—–·"
"""Marks that stand rightly beside misread text."""
LATIN_PAGES = ("cp1254", "cp1257", "cp1258", "iso8859-2", "iso8859-4", "iso8859-9", "iso8859-10", "iso8859-16")
"""Further code pages of Latin letters, of which a few are not those of Windows-1252."""
EURO = str.maketrans("ŠšŽžŒœŸ€", "\0" * 8)
EURO_LACKS = str.maketrans("¦¨´¸¼½¾¤", "\0" * 8)
"""What ISO-8859-15 has instead of what Latin-1 has; Windows-1252 has both, in other places."""


def is_doubtful(text: str, run: Run) -> bool:
    """Whether bytes of the run may be others, or may have been lost."""
    wrong, right = run.misreading.wrong, run.misreading.right
    if right == "utf-8" or wrong not in SINGLE:
        return False
    seen = text[run.start : run.end]
    if _goes_on(text[run.start - 1 : run.start] + text[run.end : run.end + 1], wrong):
        return True
    if right in ("gbk", "big5", "cp932") and _second_byte().search(run.restored):
        return True
    return (wrong == "cp1252" and _is_of_another_page(seen)) or (wrong == "cp1250" and _is_latin_2(seen))


def _goes_on(beside: str, wrong: str) -> bool:
    """Whether a neighbour of the run is a byte of the same page that belongs to no character."""
    return any(c > "\xa0" and c not in MARKS and len(encode(c, wrong) or b"") == 1 for c in beside)


@cache
def _second_byte() -> re.Pattern[str]:
    """A letter or sign of ASCII alone between characters that have two bytes: what is left of one of them."""
    return re.compile(r"[^\x00-\x7f（「『《〈【［〔][@-~](?=[^\x00-\x7f）」』》〉】］〕])")


def _is_latin_2(seen: str) -> bool:
    """Whether all of it is in ISO-8859-2 as well, some of it as other bytes than in Windows-1250."""
    kept = "".join({character for character in seen if character > "\x9f"})
    data = kept.encode("iso8859-2", "ignore")
    return len(data) == len(kept) and data != kept.encode("cp1250", "replace")


def _is_of_another_page(seen: str) -> bool:
    """Whether all of it is in another page of Latin letters as well, some of it as other bytes."""
    outside = {character for character in seen if character > "\xff" and character not in MARKS}
    if any(not character.encode("cp1252", "ignore") for character in outside):
        kept = "".join(character for character in set(seen) if character > "\x9f")
        return any(len(kept.encode(page, "ignore")) == len(kept) for page in LATIN_PAGES)
    return seen != seen.translate(EURO) and seen == seen.translate(EURO_LACKS)
