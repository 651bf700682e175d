"""ENC009 undecodable-bytes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, DocumentRule, Good

from ._foreign_lines import bad_bytes, foreign_lines
from ._names import encoding_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Document
    from corpus_lint.source import BadBytes, Decoding

SHOWN = 8
"""Bytes that a message shows."""
_WORDS = b"\xe0\xe8\xe9\xf3\xc0\xc8\xc9"
"""Letters that are words by themselves in French, Italian, Portuguese or Czech: à è é ó À È É, in Windows-1252."""
SURROGATES = rb"(?:\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])+"
"""Characters above U+FFFF in CESU-8: each half of a UTF-16 pair for itself."""


class UndecodableBytes(DocumentRule):
    """Bytes that are no character in the file's encoding.

    A single one makes most readers drop the file, and makes detectors take a Chinese text for Russian. Here the file
    stays what it is, all else in it is linted, and each bad place is named: line, column, offset in the file, bytes,
    and what is known of their cause: a character cut off, the rest of one, a letter of a single-byte encoding.

    Lines that are in another encoding as a whole are the matter of `mixed-encodings`; bytes that are no text in any
    encoding that of `not-utf8`.

    There is mostly no fix, since what stood there is not known. Characters in CESU-8 (an emoji as six bytes, written by
    old databases and Java) are converted safely: writing them so again gives the same bytes. A letter of Windows-1252
    inside a Latin word is converted as unsafe.
    """

    code = "ENC009"
    name = "undecodable-bytes"
    severity = Severity.ERROR
    examples = (
        Bad("损坏的一行".encode() + b"\xe6\x8d\n" + "好的一行".encode()),
        Bad("少了开头的".encode() + b"\x8d\xae" + "字节，其余的都还在。".encode()),
        Bad("多出一个".encode() + b"\xff" + "字节，其余的都还在。".encode()),
        Bad("中文语料里有一个坏字节，".encode("gbk") + b"\xff\n" + "其余的都是好的。".encode("gbk")),
        Bad(
            "今天很高兴".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "，明天再来".encode(),
            "今天很高兴😀，明天再来".encode(),
        ),
        Bad(
            "Über die Straße nach Straßburg, Orl".encode() + b"\xe9ans",
            "Über die Straße nach Straßburg, Orléans".encode(),
        ),
        Bad(
            "Dès l’été, le café est fermé ; un vieux monsieur lit ".encode() + b"\xe0 voix haute les nouvelles",
            "Dès l’été, le café est fermé ; un vieux monsieur lit à voix haute les nouvelles".encode(),
        ),
        Good("好的文字".encode()),
        Good("整行都是另一种编码，那是别的规则的事。\n".encode("gbk") + "这一行是好的，没有问题。\n".encode() * 2),
        Good(b"\x81\x9f\x8d\xff\xfe\x90\x9d" * 9),
    )

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each place."""
        if document.well_formed or document.source is None:
            return
        decoding = document.source.decoding
        if not decoding.known:
            return
        foreign = foreign_lines(document.text) if decoding.encoding == "utf-8" else {}
        offsets = _utf8_offsets(document) if decoding.encoding == "utf-8" else _other_offsets(document, decoding)
        for match, offset in offsets:
            if document.line_starts[document.line_at(match.start())] not in foreign:
                yield _finding(document.text, match, offset, decoding.encoding)


def _utf8_offsets(document: Document) -> Iterator[tuple[re.Match[str], int | None]]:
    """Each bad place of a UTF-8 file's document, and where in the file its bytes begin."""
    source, record = document.source, document.record
    position, offset = 0, document.file_start + (len(source.decoding.bom) if source else 0)
    for match in bad_bytes().finditer(document.text):
        if record is None:
            place, between = match.start(), document.text[position : match.start()]
        else:
            place = record.raw_offset(match.start())
            between = record.raw[position:place]
            if record.raw[place] == "\\":
                continue  # a lone surrogate that the literal escapes
        offset += len(between.encode("utf-8", "surrogateescape"))
        position = place
        yield match, offset


def _other_offsets(document: Document, decoding: Decoding) -> Iterator[tuple[re.Match[str], int | None]]:
    """Each bad place of another file's document; the offset is not known where there are very many of them."""
    line = 0
    places: Iterator[BadBytes] = iter(())
    for match in bad_bytes().finditer(document.text):
        number = document.file_position(match.start())[0]
        if number != line:
            line, places = number, _of_line(decoding.bad, number)
        place = next(places, None)
        yield match, place.start if place and document.record is None else None


def _of_line(bad: tuple[BadBytes, ...], line: int) -> Iterator[BadBytes]:
    for place in bad[bisect_left(bad, line, key=lambda place: place.line) :]:
        if place.line != line:
            return
        yield place


def _finding(text: str, match: re.Match[str], offset: int | None, encoding: str) -> Finding:
    data = match[0].encode("ascii", "surrogateescape")
    shown = data[:SHOWN].hex(" ").upper() + (" …" if len(data) > SHOWN else "")
    at = "" if offset is None else f" at offset {offset:,}"
    number = "a byte that is" if len(data) == 1 else f"{len(data):,} bytes that are"
    what = f"{number} not {encoding_name(encoding)} ({shown}{at})"
    if encoding != "utf-8":
        message = f"{what}: a byte was lost or put in near here; restore the place from the source"
        return Finding(match.start(), match.end(), message)
    cause, meant, applicability = _cause(text, match, data)
    if meant is None:
        return Finding(match.start(), match.end(), f"{what}: {cause}; restore the place from the source")
    fix = Fix(f"write {meant}", (Edit(match.start(), match.end(), meant),), applicability)
    return Finding(match.start(), match.end(), f"{what}: {cause}; write {meant}", fix)


def _cause(text: str, match: re.Match[str], data: bytes) -> tuple[str, str | None, Applicability]:
    """Why bytes in a UTF-8 text are none, what was meant, and how sure that is."""
    unknown = Applicability.UNSAFE
    if re.fullmatch(SURROGATES, data):
        meant = data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
        return "a character above U+FFFF in CESU-8", meant, Applicability.SAFE
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if len(data) == 1 and _is_latin(before[-1:]) and _is_latin(after[:1]) and (before + after).isascii():
        meant = data.decode("cp1252", "ignore")
        if meant.isalpha() or meant == "’":
            return f"{meant} in Windows-1252", meant, unknown
    if len(data) == 1 and data in _WORDS and _is_alone(text, match):
        meant = data.decode("cp1252")
        return f"the word {meant} in Windows-1252", meant, unknown
    if data == b"\xc0\x80":
        return "U+0000 in the UTF-8 of Java", None, unknown
    if data[0] in range(0xC2, 0xF5) and all(byte in range(0x80, 0xC0) for byte in data[1:]) and len(data) < 4:
        return "the beginning of a character whose end is missing", None, unknown
    if all(byte in range(0x80, 0xC0) for byte in data) and len(data) < 4:
        return "the end of a character whose beginning is missing", None, unknown
    if len(data) == 1 and data[0] in b"\xc0\xc1\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff":
        return "a byte that no UTF-8 has", None, unknown
    return "text was damaged here, or text in another encoding mixed in", None, unknown


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a byte stands as a word of one letter between words of Latin letters."""
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    if not (before.endswith((" ", "\n")) or not before) or not after.startswith(" "):
        return False
    return sum(map(_is_latin, before + after)) * 2 > len(before + after) and (before + after).isascii()


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
