"""Phrases that a user lists in the configuration: how they are searched for, few or thousands of them.

An expression of thousands of phrases takes a second to compile and long for each line, so there is none: a line is
folded, the phrases whose folded text it has are looked up by their first two characters, and only for these is an
expression compiled.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from . import expressions as re
from .folding import fold, unfolded
from .rule import Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECE = 4
"""Characters of a phrase that its triggers are made of."""
MOST_SPELLINGS = 12
"""Spellings of a piece that are written out."""
BLANK = r"[ \t\u00a0\u3000]*"
BRACKETS = str.maketrans("", "", "(（")
"""Takes away what makes a reading, which folding would drop, of text in brackets."""
WHOLE_LINE = r"^[\s\p{{P}}\p{{S}}]*(?:{})[\s\p{{P}}\p{{S}}]*$"


class Phrases:
    """Texts to search for; script, width and case make no difference, nor how wide a space between words is.

    Args:
        written: the phrases.
        whole_line: whether a line must consist of the phrase, marks around it apart.
    """

    def __init__(self, written: Sequence[str], *, whole_line: bool) -> None:
        self._written = tuple(dict.fromkeys(written))
        self._whole_line = whole_line

    def __iter__(self) -> Any:
        return iter(self._written)

    @cached_property
    def _by_head(self) -> dict[str, list[tuple[int, str, str]]]:
        """The phrases, each with its place and what a folded line has of it, by the first two characters of that."""
        heads: dict[str, list[tuple[int, str, str]]] = {}
        for place, phrase in enumerate(self._written):
            folded = _bare(phrase)
            heads.setdefault(folded[:2], []).append((place, folded, phrase))
        return heads

    def matches(self, text: str) -> list[Any]:
        """The matches (of the ``regex`` package) in a line, in order; of two that overlap the first.

        Of those that begin together it is that of the phrase which is listed first.
        """
        folded, heads = _bare(text), self._by_head
        near = {folded[at : at + size] for size in (1, 2) for at in range(len(folded))}
        held = sorted(entry for head in near.intersection(heads) for entry in heads[head] if entry[1] in folded)
        if not held:
            return []
        from .user_rules import compiled

        pattern = WHOLE_LINE if self._whole_line else "{}"
        found = [
            (match.start(), place, match)
            for place, _, phrase in held
            for match in compiled(pattern.format(expression(phrase))).finditer(text)
        ]
        chosen: list[Any] = []
        for start, _, match in sorted(found, key=lambda entry: entry[:2]):
            if not chosen or start >= chosen[-1].end():
                chosen.append(match)
        return chosen


def is_phrase(written: str) -> bool:
    """Whether a text has a letter or digit, so that it can be searched for."""
    return any(character.isalnum() for character in _bare(written))


def _bare(text: str) -> str:
    return fold(text.translate(BRACKETS)).text


def expression(phrase: str) -> str:
    """An expression for a phrase in every script, width and case."""
    words = (fold(word).text for word in phrase.split())
    return BLANK.join("".join(map(_class, word)) for word in words)


def triggers(phrase: str) -> list[Trigger]:
    """Triggers for a phrase: literals of a piece of it in every spelling, or one expression when they are many."""
    pieces = [
        [_variants(character) for character in word[start : start + PIECE]]
        for word in (fold(part).text for part in phrase.split())
        for start in range(max(1, len(word) - PIECE + 1))
    ]
    piece = min(pieces, key=lambda piece: (-len(piece), prod(map(len, piece))))
    if prod(map(len, piece)) <= MOST_SPELLINGS:
        return [Trigger("".join(form).encode(), is_literal=True) for form in product(*piece)]
    groups = (b"(?:" + b"|".join(re.escape(form.encode()) for form in forms) + b")" for forms in piece)
    return [Trigger(b"".join(groups))]


def _class(folded: str) -> str:
    """A class of the characters that fold to the one given."""
    members = _variants(folded)
    return re.escape(folded) if members == folded else "[" + "".join(map(re.escape, members)) + "]"


def _variants(folded: str) -> str:
    """The characters that fold to the one given."""
    return unfolded().get(folded, folded)
