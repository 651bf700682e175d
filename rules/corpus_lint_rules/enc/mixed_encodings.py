"""ENC010 mixed-encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, DocumentRule, Good

from ._foreign_lines import ForeignLine, foreign_lines
from ._names import encoding_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Document

SHOWN = 24
"""Characters of a line that a message quotes."""

_UTF_8 = "近来天气很好，公园里的人多了起来。\n".encode()


class MixedEncodings(DocumentRule):
    """A UTF-8 file of which some lines, or half, are in another encoding.

    Files are joined without a look at their encoding, logs and crawls append what they get. A reader of UTF-8 stops
    there or puts replacement characters; a detector names one encoding for all, and converting from that one turns the
    other lines into mojibake for good.

    Each line is judged by its own bytes: a line that is mostly UTF-8 is damaged (see `undecodable-bytes`); the others
    are read in the encoding in which they are likeliest text together.

    The fix converts these lines, and only these, to UTF-8. It is safe when each can be read without a bad byte, gives
    the very same bytes when it is written again, and the judgement leaves no reasonable doubt; else unsafe.
    """

    code = "ENC010"
    name = "mixed-encodings"
    severity = Severity.ERROR
    examples = (
        Bad(
            _UTF_8 + "这一行是用另一种编码写的。\n".encode("gbk") + _UTF_8,
            _UTF_8 + "这一行是用另一种编码写的。\n".encode() + _UTF_8,
        ),
        Bad(
            "這一半的文字是繁體中文，編碼不同。\n\n第二行也是一樣的情形。\n".encode("cp950") + _UTF_8 * 2,
            "這一半的文字是繁體中文，編碼不同。\n\n第二行也是一樣的情形。\n".encode() + _UTF_8 * 2,
        ),
        Bad(
            _UTF_8 + "Les élèves ont été étonnés de la beauté des forêts.\r\n".encode("cp1252"),
            _UTF_8 + "Les élèves ont été étonnés de la beauté des forêts.\r\n".encode(),
        ),
        Good(_UTF_8),
        Good(_UTF_8 + "这一行少了一个字".encode()[:-1]),
        Good(_UTF_8 + b"\xff\xfe\n"),
        Good("整个文件都是另一种编码，那是别的规则的事。".encode("gbk")),
    )

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each stretch of lines between which there is nothing but ASCII."""
        if document.well_formed or document.source is None or document.source.decoding.encoding != "utf-8":
            return
        if not document.source.decoding.known:
            return
        stretch: list[ForeignLine] = []
        for line in foreign_lines(document.text).values():
            if stretch and not _goes_on(document.text, stretch[-1], line):
                yield _finding(document, stretch)
                stretch = []
            stretch.append(line)
        if stretch:
            yield _finding(document, stretch)


def _goes_on(text: str, one: ForeignLine, other: ForeignLine) -> bool:
    is_alike = one.encoding == other.encoding and one.is_sure == other.is_sure
    return is_alike and text[one.end : other.start].isascii()


def _finding(document: Document, stretch: list[ForeignLine]) -> Finding:
    first, last = stretch[0], stretch[-1]
    name = encoding_name(first.encoding)
    edits = tuple(Edit(line.start, line.end, line.text) for line in stretch)
    beginning, end = document.file_position(first.start)[0], document.file_position(last.start)[0]
    lines = f"line {beginning:,} is" if beginning == end else f"lines {beginning:,} to {end:,} are"
    shown = first.text.strip()
    shown = shown[:SHOWN] + "…" if len(shown) > SHOWN else shown
    doubt = "" if first.is_sure else "probably "
    message = f"{lines} {doubt}{name} in a file of UTF-8 and read{'s' * (beginning == end)} {shown!r}; convert to UTF-8"
    does = f"convert {'the line' if beginning == end else 'the lines'} from {name} to UTF-8"
    applicability = Applicability.SAFE if first.is_sure else Applicability.UNSAFE
    return Finding(first.start, first.end, message, Fix(does, edits, applicability), occurrences=len(stretch))
