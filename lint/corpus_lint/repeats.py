"""Text that stands twice: what the engine tells a rule about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .document import Document


class Span(NamedTuple):
    """A stretch of a document, in code points from 0, end exclusive."""

    document: Document
    start: int
    end: int


class Repeat(NamedTuple):
    """A passage and its earlier copy.

    Attributes:
        later: the copy that a finding sits on.
        earlier: the first copy.
        length: normalised characters (letters and digits) of the later copy.
        similarity: 1.0 when both are the same after folding, else the normalised Indel similarity of the folded texts.
        differs: in what equal copies differ all the same: of "script", "width", "readings".
    """

    later: Span
    earlier: Span
    length: int
    similarity: float
    differs: tuple[str, ...] = ()
