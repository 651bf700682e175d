"""ENC002 byte-order-mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, SourceRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.source import Source


class ByteOrderMark(SourceRule):
    """A UTF-8 file that begins with a byte-order mark.

    UTF-8 has no byte order, and the mark (EF BB BF) becomes an invisible U+FEFF before the first word: the word is
    not found, a JSON parser refuses the file, files that are joined carry it into their middle. Careless joining
    leaves several in a row.

    The fix removes the marks and nothing else, and is safe. The mark of a UTF-16 file belongs there: that the file
    is UTF-16 is the matter of `not-utf8`.
    """

    code = "ENC002"
    name = "byte-order-mark"
    asked_about = ("is_foreign",)
    severity = Severity.WARNING
    examples = (
        Bad(b"\xef\xbb\xbf" + "中文\r\n".encode(), "中文\r\n".encode()),
        Bad(b"\xef\xbb\xbf\xef\xbb\xbftext", b"text"),
        Bad(b"\xef\xbb\xbf", b""),
        Good("中文".encode("utf-16")),
        Good("中文".encode()),
        Good("中\ufeff文".encode()),
    )

    def check_source(self, source: Source) -> Iterable[Finding]:
        """One finding, before the first character."""
        decoding = source.decoding
        if decoding.encoding == "utf-8" and decoding.bom:
            number = len(decoding.bom) // 3
            marks = "a byte-order mark" if number == 1 else f"{number} byte-order marks"
            message = f"the file begins with {marks}, an invisible U+FEFF before the first character; remove it"
            yield Finding(0, 0, message, Fix(f"remove {marks}", recode=True), occurrences=number)
