"""What a character of GBK may have been of which one byte is left, and how likely each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ._codepages import read_table
from ._model import model

if TYPE_CHECKING:
    from ._model import Listed

Family: TypeAlias = Callable[[int], Sequence[tuple[bytes, str]]]
"""Gives, by the byte that is left, the lost byte and the character of all that are possible."""


@lru_cache(1024)
def prices(family: Family, known: int, before: str) -> list[float]:
    """What each of a family of characters costs behind another."""
    return model().row(before, _listed(family, known))


@cache
def _listed(family: Family, known: int) -> Listed:
    """A family of characters, listed for the model."""
    return model().listed(character for _, character in family(known))


@cache
def beginning_with(first: int) -> list[tuple[bytes, str]]:
    """The characters whose first byte is this one, behind their second."""
    found = ((trail, _guessable(first, trail)) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    return [(bytes((trail,)), character) for trail, character in found if character]


@cache
def ending_in(second: int) -> list[tuple[bytes, str]]:
    """The characters whose second byte is this one, behind their first."""
    found = ((lead, _guessable(lead, second)) for lead in range(0x81, 0xFF))
    return [(bytes((lead,)), character) for lead, character in found if character]


def _guessable(first: int, second: int) -> str:
    """The character of two bytes, if it may be guessed; else nothing."""
    character = character_of(first, second)
    return "" if character == "\u3000" else character


def character_of(first: int, second: int) -> str:
    """The character of two bytes; nothing when there is none, or a private one."""
    character = read_table("gbk").get(bytes((first, second)), "")
    return "" if "\ue000" <= character < "\uf900" else character
