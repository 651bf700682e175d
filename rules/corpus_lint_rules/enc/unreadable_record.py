"""ENC020 unreadable-record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Finding, Severity
from corpus_lint.rule import Bad, Good, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Document


class UnreadableRecord(RecordRule):
    """A record that cannot be read, or has no text.

    One line of a JSON lines file that was cut off, one row of a table with a quotation mark too many: a reader of the
    corpus stops there, or drops the record and sometimes everything behind it without a word. A record whose
    text is null or missing is dropped in training, or becomes the word "None".

    The record is shown at its line, and all others are linted. There is no fix: what stood there is not known. The
    rule is used whatever is selected, since what was not read was not linted. A file without a single readable
    record is no finding but an error: its format or its field was probably named wrongly.
    """

    code = "ENC020"
    name = "unreadable-record"
    severity = Severity.ERROR
    is_always_used = True
    examples = (
        Bad(b'{"text": "one"}\n{"text": "two\n{"text": "three"}\n'),
        Bad(b'{"text": "one"}\n[1, 2\n'),
        Bad(b'{"text": "one"}\n{"text": null}\n{"id": 3}\n'),
        Good(b'{"text": "one"}\n\n{"id": 2, "text": ""}\r\n'),
        Good(b'{"text": "one", "text": "two"}\n'),
    )

    def check_record(self, document: Document, reason: str) -> Iterable[Finding]:
        """One finding, over what is shown of the record."""
        yield Finding(0, len(document.text), f"{reason}; repair or remove it")
