"""What a rule says of a document: findings, and the fixes that go with them.

Offsets are code points of the document's text, counted from 0, ends exclusive.
"""

from __future__ import annotations

from enum import Enum

from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Document


class Severity(Enum):
    """How much a finding harms a corpus."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Confidence(Enum):
    """How often a finding of a rule is true; only HIGH is shown without ``--pedantic``."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Applicability(Enum):
    """Whether a fix may be applied without a look.

    SAFE restores what the author wrote, or removes what certainly is not the author's.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """The text between ``start`` and ``end`` becomes ``content``; line feeds in it become the text's line ends."""

    start: int
    end: int
    content: str


class Fix(NamedTuple):
    """Edits that belong together: all of them are made, or none.

    ``message`` says what the fix does, in the imperative: "remove the 12 readings".
    ``recode`` asks for the whole file to be written as UTF-8 without a byte-order mark, ``line_end`` for every line end
    of the file to be this one; only a rule about files may ask for that.
    """

    message: str
    edits: tuple[Edit, ...] = ()
    applicability: Applicability = Applicability.SAFE
    recode: bool = False
    line_end: str = ""

    @property
    def is_of_file(self) -> bool:
        """Whether the fix concerns the file as a whole."""
        return self.recode or bool(self.line_end)


class Related(NamedTuple):
    """Another place that a finding refers to: the earlier copy of a passage, say."""

    document: Document
    start: int
    end: int


class Likeness(NamedTuple):
    """How like a copy is to the earlier one that a finding refers to.

    Attributes:
        similarity: 1.0 when both have the same letters and digits, else twice the characters that they share in order,
            of the characters of both.
        length: letters and digits of the later copy.
        kind: ``exact`` when both are the same character for character, ``folded`` when marks, spaces, case, width,
            script or readings differ, ``near`` when letters do.
        differs: of ``folded`` copies, which of "script", "width", "readings" differ; none when only marks, spaces or
            case do, or when nobody has looked.
    """

    similarity: float
    length: int
    kind: str
    differs: tuple[str, ...] = ()


class Finding(NamedTuple):
    """One defect, from ``start`` to ``end``.

    ``occurrences`` is how many single defects the finding stands for (40 readings in one line).
    ``severity`` and ``confidence`` are the rule's own unless given here.
    ``likeness`` is that of a copy to the one in ``related``.
    """

    start: int
    end: int
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    occurrences: int = 1
    severity: Severity | None = None
    confidence: Confidence | None = None
    likeness: Likeness | None = None

    def shifted(self, offset: int) -> Finding:
        """The same finding, all its own offsets moved by ``offset`` code points."""
        if not offset:
            return self
        fix = self.fix
        if fix is not None:
            edits = tuple(Edit(e.start + offset, e.end + offset, e.content) for e in fix.edits)
            fix = fix._replace(edits=edits)
        return self._replace(start=self.start + offset, end=self.end + offset, fix=fix)


class Pending(NamedTuple):
    """A finding that is made when it is told: of a kind that costs much to tell and is seldom sure enough to be told.

    Attributes:
        confidence: that of the finding.
        make: gives the finding, with that confidence.
    """

    confidence: Confidence
    make: Callable[[], Finding]
