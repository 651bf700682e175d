"""ENC001 not-utf8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, SourceRule

from ._names import encoding_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.source import Decoding, Source


class NotUtf8(SourceRule):
    """A file that is not UTF-8.

    A reader of a corpus expects UTF-8: it stops at the first other byte, drops the file, or turns its text into
    mojibake. The bytes are judged by what they read as. A file that is UTF-8 but for some bytes stays UTF-8: its
    damaged places are the matter of `undecodable-bytes`, its lines in another encoding that of `mixed-encodings`.

    The fix writes the whole file as UTF-8 without byte-order mark. It is safe when there is no reasonable doubt about
    the encoding and writing the text back gives the very bytes of the file, unsafe when only the latter holds.
    Otherwise there is no fix, and none for bytes that are no character: what stood there is not known.
    """

    code = "ENC001"
    name = "not-utf8"
    severity = Severity.ERROR
    examples = (
        Bad(
            "根据有关部门的统计，今年以来全国的电信诈骗案件有所下降。\n".encode("gbk"),
            "根据有关部门的统计，今年以来全国的电信诈骗案件有所下降。\n".encode(),
        ),
        Bad(
            "為了防範電信詐騙，請同學們不要相信陌生人的電話。\r\n".encode("big5"),
            "為了防範電信詐騙，請同學們不要相信陌生人的電話。\r\n".encode(),
        ),
        Bad("今天天气很好。".encode("utf-16"), "今天天气很好。".encode()),
        Bad("今天天气很好，我们去公园。\n".encode("utf-16-be"), "今天天气很好，我们去公园。\n".encode()),
        Bad(
            "Съешь ещё этих мягких французских булок.".encode("koi8-r"),
            "Съешь ещё этих мягких французских булок.".encode(),
        ),
        Bad("Il a mangé à Orléans.".encode("cp1252"), "Il a mangé à Orléans.".encode()),
        Bad("中文语料里有一个坏字节，".encode("gbk") + b"\xff\n" + "其余的都是好的。".encode("gbk")),
        Bad(b"\x81\x9f\x8d\xff\xfe\x90\x9d" * 9),
        Good("中文, English, русский, 日本語 😀\r\n".encode()),
        Good(b"plain ASCII, no line end"),
        Good(b""),
        Good("损坏的一行".encode() + b"\xe6\x8d\n" + "好的一行".encode()),
        Good("这一行是用另一种编码写的。\n".encode("gbk") + "其余的行都是好的，没有什么问题。\n".encode() * 2),
        Good("中\0文".encode()),
        Good("\ufeff中文".encode()),
    )

    def check_source(self, source: Source) -> Iterable[Finding]:
        """One finding, at the first bad bytes or at the start of the file."""
        decoding = source.decoding
        if decoding.bad and (decoding.encoding != "utf-8" or not decoding.known):
            first = decoding.bad[0]
            message = _damaged(decoding)
            yield Finding(first.offset, first.offset + 1, message, occurrences=len(decoding.bad))
        elif decoding.encoding != "utf-8":
            yield Finding(0, 1, _foreign(decoding), _fix(decoding))


def _foreign(decoding: Decoding) -> str:
    name = encoding_name(decoding.encoding)
    if not decoding.exact:
        return (
            f"the file is {name}, not UTF-8, and some of its characters have several encodings in it: converting "
            "would not be reversible, so it is left alone; convert it by hand"
        )
    if not decoding.sure:
        return f"the file is not UTF-8 but probably {name}; see that it reads right, then convert it"
    return f"the file is {name}, not UTF-8: most readers of a corpus drop or garble it; convert it"


def _fix(decoding: Decoding) -> Fix | None:
    if not decoding.exact:
        return None
    applicability = Applicability.SAFE if decoding.sure else Applicability.UNSAFE
    return Fix(f"convert the file from {encoding_name(decoding.encoding)} to UTF-8", (), applicability, recode=True)


def _damaged(decoding: Decoding) -> str:
    first = decoding.bad[0]
    shown = " ".join(f"{byte:02X}" for byte in first.data)
    count = decoding.bad_count
    number = "one byte is" if count == 1 else f"{count:,} bytes are"
    place = f"{shown} in line {first.line}" if count == len(first.data) else f"the first: {shown} in line {first.line}"
    if not decoding.known:
        return f"the file is text in no known encoding: {number} not UTF-8 ({place}); restore or remove it"
    name = encoding_name(decoding.encoding)
    return (
        f"the file is {name}, not UTF-8, and {number} no character of it ({place}); restore the damaged "
        "places from the source and convert it; it is not converted with bytes missing"
    )
