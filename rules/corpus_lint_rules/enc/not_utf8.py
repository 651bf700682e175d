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
    asked_about = ("is_foreign",)
    severity = Severity.ERROR
    # Bytes as they are: to look for a codec, which imports it, would cost every start.
    examples = (
        Bad(
            (
                b"\xb8\xf9\xbe\xdd\xd3\xd0\xb9\xd8\xb2\xbf\xc3\xc5\xb5\xc4\xcd\xb3\xbc\xc6\xa3\xac\xbd\xf1\xc4"
                b"\xea\xd2\xd4\xc0\xb4\xc8\xab\xb9\xfa\xb5\xc4\xb5\xe7\xd0\xc5\xd5\xa9\xc6\xad\xb0\xb8\xbc\xfe"
                b"\xd3\xd0\xcb\xf9\xcf\xc2\xbd\xb5\xa1\xa3\n"
            ),
            "根据有关部门的统计，今年以来全国的电信诈骗案件有所下降。\n".encode(),
        ),
        Bad(
            (
                b"\xac\xb0\xa4F\xa8\xbe\xbdd\xb9q\xabH\xb6B\xc4F\xa1A\xbd\xd0\xa6P\xbe\xc7\xad\xcc\xa4\xa3\xad"
                b"n\xac\xdb\xabH\xad\xaf\xa5\xcd\xa4H\xaa\xba\xb9q\xb8\xdc\xa1C\r\n"
            ),
            "為了防範電信詐騙，請同學們不要相信陌生人的電話。\r\n".encode(),
        ),
        Bad(b"\xff\xfe\xcaN)Y)Y\x14l\x88_}Y\x020", "今天天气很好。".encode()),
        Bad(b"N\xcaY)Y)l\x14_\x88Y}\xff\x0cb\x11N\xecS\xbbQlV\xed0\x02\x00\n", "今天天气很好，我们去公园。\n".encode()),
        Bad(
            (
                b"\xf3\xdf\xc5\xdb\xd8 \xc5\xdd\xa3 \xdc\xd4\xc9\xc8 \xcd\xd1\xc7\xcb\xc9\xc8 \xc6\xd2\xc1\xce"
                b"\xc3\xd5\xda\xd3\xcb\xc9\xc8 \xc2\xd5\xcc\xcf\xcb."
            ),
            "Съешь ещё этих мягких французских булок.".encode(),
        ),
        Bad(b"Il a mang\xe9 \xe0 Orl\xe9ans.", "Il a mangé à Orléans.".encode()),
        Bad(
            (b"\xd6\xd0\xce\xc4\xd3\xef\xc1\xcf\xc0\xef\xd3\xd0\xd2\xbb\xb8\xf6\xbb\xb5\xd7\xd6\xbd\xda\xa3\xac")
            + b"\xff\n"
            + b"\xc6\xe4\xd3\xe0\xb5\xc4\xb6\xbc\xca\xc7\xba\xc3\xb5\xc4\xa1\xa3"
        ),
        Bad(b"\x81\x9f\x8d\xff\xfe\x90\x9d" * 9),
        Good("中文, English, русский, 日本語 😀\r\n".encode()),
        Good(b"plain ASCII, no line end"),
        Good(b""),
        Good("损坏的一行".encode() + b"\xe6\x8d\n" + "好的一行".encode()),
        Good(
            (
                b"\xd5\xe2\xd2\xbb\xd0\xd0\xca\xc7\xd3\xc3\xc1\xed\xd2\xbb\xd6\xd6\xb1\xe0\xc2\xeb\xd0\xb4\xb5"
                b"\xc4\xa1\xa3\n"
            )
            + "其余的行都是好的，没有什么问题。\n".encode() * 2
        ),
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
