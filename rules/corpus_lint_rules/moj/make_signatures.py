"""Make ``signatures.txt`` anew: ``python rules/corpus_lint_rules/moj/make_signatures.py``.

It lists how the commonest characters of each script look when their UTF-8 is read in a code page of one byte a
character (Python's codecs): strings of which one stands in nearly every text so misread, and that clean text
hardly has.
"""

from __future__ import annotations

from pathlib import Path

from corpus_lint_rules.moj._oddness import oddness
from corpus_lint_rules.moj._single_byte import LOST, pages

ALONE = ("Ã", "Â")
"""Letters so rare that they are worth a look wherever they stand: what the bytes of Latin letters begin with."""

CONTROLS = tuple(map(chr, range(0x80, 0xA0)))
"""C1 controls: bytes that a code page has no character for."""

COMMON = (
    "’“”–…•€™„"
    "éèêëàâäáãåæçíîïìñóòôöõøúùûüßÉÀÇÖÜÄÅØÆÑÍÓÚÁ¿¡«»°©®£·\xa0"
    "ąćęłńśźżčďěňřšťůžőűăâîșțğışİŞāēīūģīķļņĐđ"
    "ạảấầếềểệịọốộớờợụủứừữự"
    "оеаинтсрвлкмдпуязыбгчйіїєћђј"
    "αεηιουστνρλκπμςάέίό"
    "אביהולמנרשת"
    "اليمنتربدعسكةه"
    "ที่ารนกเอมย"
    "काेरनसि"
    "。、，：（の 한국어이다는い"
    "的是不了人在有我他這个中大来上国為"
    "😀❤★→✓\ufeff\ufffd"
)

LEADS = (0xC4, 0xC5, 0xD0, 0xD1)
"""Bytes that Latin and Cyrillic letters begin with, where the second byte may have become U+FFFD."""

NATURAL = 8.5
"""How odd the first two characters must look to be a sign by themselves; else all of them are."""


def signatures() -> list[str]:
    """The strings, none of which is part of another."""
    found = {*ALONE, *CONTROLS}
    for page in pages():
        if page.codec.startswith("cp125"):
            found |= {page.characters[lead] + LOST for lead in LEADS}
        for character in COMMON:
            read = page.read(character)
            if read is not None:
                sign = read[:2] if _oddness(read[:2]) >= NATURAL else read
                if _oddness(sign) >= NATURAL:
                    found.add(sign)
    return sorted(sign for sign in found if not any(other != sign and other in sign for other in found))


def _oddness(sign: str) -> float:
    """How odd the string looks inside a word, be it in Latin, Cyrillic or Greek letters."""
    return min(oddness(f"{letter}{sign}{letter}", 1, 1 + len(sign)) for letter in "aаα")


def main() -> int:
    """Write the table beside this file."""
    path = Path(__file__).with_name("signatures.txt")
    path.write_text("".join(f"{sign}\n" for sign in signatures() if sign not in CONTROLS), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
