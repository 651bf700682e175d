"""Text that stands twice: what the engine tells a rule about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import Likeness
from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Document


class Span(NamedTuple):
    """A stretch of a document, in code points from 0, end exclusive."""

    document: Document
    start: int
    end: int


class Repeat:
    """A passage and its earlier copy.

    Where the copies stand in their documents is found out when it is asked for: that costs more than all the rest, and
    of most repeats nothing is told.

    Attributes:
        document: the document that a finding sits in, with the later copy.
        earlier_document: the document with the first copy.
        length: folded characters (letters and digits) of the later copy.
        weight: how much the later copy says: a letter or digit counts one, a Han, kana or Hangul character three.
        similarity: 1.0 when both are the same after folding, else at most the normalised Indel similarity of the
            folded texts: twice the characters that they share in order, of the characters of both.
    """

    __slots__ = (
        "_differ",
        "_differs",
        "_earlier",
        "_earlier_place",
        "_later",
        "_place",
        "document",
        "earlier_document",
        "length",
        "similarity",
        "weight",
    )

    def __init__(
        self,
        documents: tuple[Document, Document],
        length: int,
        weight: int,
        similarity: float,
        place: Callable[[], Span],
        earlier_place: Callable[[], Span],
        differ: Callable[[], tuple[str, ...]],
    ) -> None:
        """A repeat of the first of two documents.

        Args:
            documents: those of the later and of the earlier copy.
            length: as above.
            weight: likewise.
            similarity: likewise.
            place: gives the later copy.
            earlier_place: gives the earlier one.
            differ: gives what `differs` says.
        """
        self.document, self.earlier_document = documents
        self.length = length
        self.weight = weight
        self.similarity = similarity
        self._place = place
        self._earlier_place = earlier_place
        self._differ = differ
        self._later: Span | None = None
        self._earlier: Span | None = None
        self._differs: tuple[str, ...] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Repeat) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __repr__(self) -> str:
        return f"Repeat{self._said!r}"

    @property
    def _said(self) -> tuple[object, ...]:
        return self.later, self.earlier, self.length, self.weight, self.similarity, self.differs

    @property
    def later(self) -> Span:
        """The copy that a finding sits on."""
        if self._later is None:
            self._later = self._place()
        return self._later

    @property
    def earlier(self) -> Span:
        """The first copy."""
        if self._earlier is None:
            self._earlier = self._earlier_place()
        return self._earlier

    @property
    def differs(self) -> tuple[str, ...]:
        """In what equal copies differ all the same: of "script", "width", "readings"."""
        if self._differs is None:
            self._differs = self._differ()
        return self._differs

    @property
    def likeness(self) -> Likeness:
        """How like the copies are."""
        kind = "near"
        if self.similarity == 1:
            one, other = (span.document.piece(span.start, span.end) for span in (self.later, self.earlier))
            kind = "exact" if one == other else "folded"
        return Likeness(self.similarity, self.length, kind, self.differs)

    @property
    def is_within(self) -> bool:
        """Whether both copies are in one document, or in parts of one long file."""
        later, earlier = self.document, self.earlier_document
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
    """A document, a file in parts, or a record that is the same as an earlier one after folding.

    Attributes:
        document: the later document; of a file in parts the first part, of a record the first field.
        earlier: likewise, the first document of that text.
        is_identical: whether the texts are the same, character for character, in the same encoding.
        weight: how much the document says, as in `Repeat`; of a file in parts its first part.
        length: folded characters of the document, or of all parts.
        is_field: whether it is a field of a record that is not the same as an earlier one by its other fields.
    """

    document: Document
    earlier: Document
    is_identical: bool
    weight: int
    length: int
    is_field: bool = False

    @property
    def likeness(self) -> Likeness:
        """How like the documents are."""
        return Likeness(1.0, self.length, "exact" if self.is_identical else "folded")
