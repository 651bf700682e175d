"""ENC001 and ENC002: what is said of a file's bytes, and which fix goes with it."""

from __future__ import annotations

import pytest

from corpus_lint.finding import Applicability
from corpus_lint.source import BadBytes, Decoding, Source
from corpus_lint.testing import find
from corpus_lint_rules.enc.byte_order_mark import ByteOrderMark
from corpus_lint_rules.enc.not_utf8 import NotUtf8
from corpus_lint_rules.enc.undecodable_bytes import UndecodableBytes

BAD = (BadBytes(9, 10, 4, 2, b"\xff"),)


@pytest.mark.parametrize(
    ("decoding", "applicability"),
    [
        (Decoding("gb18030"), Applicability.SAFE),
        (Decoding("cp950", sure=False), Applicability.UNSAFE),
        (Decoding("cp932", exact=False), None),
        (Decoding("gb18030", bad=BAD, bad_count=1), None),
        (Decoding("utf-8", bad=BAD, bad_count=1, known=False), None),
    ],
)
def test_fix_is_as_safe_as_the_decoding(decoding: Decoding, applicability: Applicability | None) -> None:
    (finding,) = NotUtf8().check_source(Source("a.txt", decoding))
    assert (finding.fix.applicability if finding.fix else None) == applicability
    assert finding.fix is None or finding.fix.recode


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gbk", "GBK"), ("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R"), ("cp866", "code page 866")],
)
def test_encodings_are_called_what_people_call_them(encoding: str, name: str) -> None:
    text = "中文文件的内容，大家都能看懂。" if encoding == "gbk" else "Это обычный русский текст, понятный всем."
    (result,) = find(NotUtf8, text.encode(encoding) * 3)
    assert name in result.finding.message


def test_mark_of_a_file_with_bad_bytes_may_go() -> None:
    data = b"\xef\xbb\xbf" + "正常的中文文字".encode() + b"\xff"
    assert [bool(result.finding.fix) for result in find(ByteOrderMark, data)] == [True]
    assert [result.finding.start for result in find(UndecodableBytes, data)] == [7]
