"""What shows that restored text is none: it was read in a code page that is only like the right one.

Two code pages for a script share many of their letters, and what they do not share stands in the middle of words.
"""

from __future__ import annotations

from functools import cache

from corpus_lint import expressions as re

DEAREST = 8.0
"""Bits a letter that Cyrillic of any language may cost; what was read in a wrong page of it costs 11 to 12."""
GREEK_ACCENTED = "άέήίόύώΐΰ"
TWINS = {"cp1250": "iso8859-2", "cp1252": "iso8859-15"}
"""Code pages with letters of which some are other bytes in a page for the same languages: Š, ľ, ź."""


def is_text(restored: str) -> bool:
    """Whether no signs, controls and capitals stand amid the words of a text, and no letters that only end words."""
    return sign_in_word().search(restored) is None and _no_word().search(restored) is None


@cache
def _no_word() -> re.Pattern[str]:
    return re.compile("[\x80-\x9f]|[а-џґ][А-ЯЁЂ-Џ]|[ךםןףץ](?=[א-ת])|[ةى](?=[ء-ي])|ς(?=[α-ω])")


def is_likely(text: str) -> bool:
    """Whether its letters of Cyrillic stand side by side as they do in words, in whatever case."""
    from ._letter_pairs import cost

    letters = sum("\u0400" <= character <= "\u04ff" for character in text)
    return not letters or cost(text.lower()) <= DEAREST * letters


def is_of_twin(seen: str, right: str, wrong: str) -> bool:
    """Whether a text can have been read as well in a page that has the same characters in other places.

    What becomes a sign there and not a letter was not read in it.
    """
    twin = TWINS.get(wrong)
    outside = "".join({character for character in seen if character > "\x9f"})
    if twin is None or twin == right or len(outside.encode(twin, "ignore")) < len(outside):
        return False
    there, here = (outside.encode(page, "replace").decode(right, "replace") for page in (twin, wrong))
    return any(one != other and one.isalpha() for one, other in zip(there, here, strict=True))


@cache
def sign_in_word() -> re.Pattern[str]:
    """A sign, or a letter of Latin-1, between two letters beyond Latin, or a piece of a box beside one."""
    letter = r"[\u0370-\u05ff\u0620-\u06ff]"
    box = r"[\u2500-\u259f]"
    return re.compile(
        f"(?<={letter})[¡-¬®-¶¸-ÿ†‡•‰‹›€™„“\u2200-\u22ff](?={letter})|(?<={letter}){box}|{box}(?={letter})"
    )


def has_accents(text: str) -> bool:
    """Whether Greek has the accents that it is written with: one for each word of several syllables."""
    words = [word for word in _greek_word().findall(text) if len(_greek_vowel().findall(word)) > 1]
    return 2 * sum(sum(map(GREEK_ACCENTED.count, word.lower())) == 1 for word in words) >= len(words)


@cache
def _greek_word() -> re.Pattern[str]:
    return re.compile("(?<![Ά-ώ])[Ά-Ϋ]?[ά-ώ]{2,}")


@cache
def _greek_vowel() -> re.Pattern[str]:
    """Vowels side by side, which may be one syllable."""
    return re.compile(f"[αεηιουωϊϋ{GREEK_ACCENTED}]+")
