"""Simplified text that a program has made traditional, character by character, without knowing that it was misread."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def to_traditional(text: str) -> str:
    """A text converted from simplified characters, as converters do it."""
    converted: str = _converter().convert(text)
    return converted


@cache
def converted_from() -> dict[str, str]:
    """Traditional characters with the simplified one that a converter turns into them."""
    forms = simplified_forms()
    converted = to_traditional("\n".join(forms.values())).split("\n")
    return {c: folded for (c, folded), form in zip(forms.items(), converted, strict=True) if c == form}


@cache
def simplified_forms() -> dict[str, str]:
    """Traditional characters with the simplified ones that are the same."""
    from corpus_lint.folding import unfolded

    return {
        c: folded for folded, forms in unfolded().items() for c in forms if "\u3400" <= c < "\ua000" and c != folded
    }


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
