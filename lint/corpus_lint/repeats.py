"""Text that stands twice: what the engine tells a rule about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import Likeness
from .named_tuple import NamedTuple

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
        length: folded characters (letters and digits) of the later copy.
        weight: how much the later copy says: a letter or digit counts one, a Han, kana or Hangul character three.
        similarity: 1.0 when both are the same after folding, else at most the normalised Indel similarity of the
            folded texts: twice the characters that they share in order, of the characters of both.
        differs: in what equal copies differ all the same: of "script", "width", "readings".
    """

    later: Span
    earlier: Span
    length: int
    weight: int
    similarity: float
    differs: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The document that a finding sits in."""
        return self.later.document

    @property
    def likeness(self) -> Likeness:
        """How like the copies are."""
        kind = "near"
        if self.similarity == 1:
            one, other = (span.document.text[span.start : span.end] for span in (self.later, self.earlier))
            kind = "exact" if one == other else "folded"
        return Likeness(self.similarity, self.length, kind, self.differs)

    @property
    def is_within(self) -> bool:
        """Whether both copies are in one document, or in parts of one long file."""
        later, earlier = self.later.document, self.earlier.document
        if later is earlier:
            return True
        in_one_file = (
            later.source is not None and earlier.source is not None and later.source.name == earlier.source.name
        )
        return in_one_file and later.record is None and earlier.record is None


class Loop(NamedTuple):
    """A stretch of a document that says the same again and again, with nothing but marks and spaces between.

    Attributes:
        document: where it stands.
        start: the first letter of the first copy, in code points.
        second: the first letter of the second copy.
        first_end: behind the last letter of the first copy.
        end: behind the last letter of the last copy; with ``is_cut``, of the part of a copy that ends a line.
        copies: how many whole copies there are, the first among them.
        weight: how much one copy says, as in `Repeat`.
        is_cut: whether part of a copy follows the last whole one, and the line ends there.
    """

    document: Document
    start: int
    second: int
    first_end: int
    end: int
    copies: int
    weight: int
    is_cut: bool


class Duplicate(NamedTuple):
    """A document, or a file in parts, that is the same as an earlier one after folding.

    Attributes:
        document: the later document; of a file in parts the first part.
        earlier: likewise, the first document of that text.
        is_identical: whether the texts are the same, character for character, in the same encoding.
        weight: how much the document says, as in `Repeat`; of a file in parts its first part.
        length: folded characters of the document, or of all parts.
    """

    document: Document
    earlier: Document
    is_identical: bool
    weight: int
    length: int

    @property
    def likeness(self) -> Likeness:
        """How like the documents are."""
        return Likeness(1.0, self.length, "exact" if self.is_identical else "folded")
