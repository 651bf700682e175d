"""ENC001 and ENC002: what is said of a file's bytes, and which fix goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus_lint.cli import main
from corpus_lint.finding import Applicability
from corpus_lint.source import BadBytes, Decoding, Source
from corpus_lint.testing import find
from corpus_lint_rules.enc.byte_order_mark import ByteOrderMark
from corpus_lint_rules.enc.not_utf8 import NotUtf8

if TYPE_CHECKING:
    from pathlib import Path

BAD = (BadBytes(9, 10, 4, 2, b"\xff"),)


@pytest.mark.parametrize(
    ("decoding", "applicability"),
    [
        (Decoding("gb18030"), Applicability.SAFE),
        (Decoding("cp950", sure=False), Applicability.UNSAFE),
        (Decoding("cp932", exact=False), None),
        (Decoding("gb18030", bad=BAD, bad_count=1), None),
        (Decoding("utf-8", bad=BAD, bad_count=1), None),
        (Decoding("utf-8", bad=BAD, bad_count=1, known=False), None),
    ],
)
def test_fix_is_as_safe_as_the_decoding(decoding: Decoding, applicability: Applicability | None) -> None:
    (finding,) = NotUtf8().check_source(Source("a.txt", decoding))
    assert (finding.fix.applicability if finding.fix else None) == applicability
    assert finding.fix is None or finding.fix.recode


def test_bad_bytes_are_named_with_their_place() -> None:
    data = "第一行\n第二".encode() + b"\xe8\xa1\n" + "第三行，够长了。".encode()
    (result,) = find(NotUtf8, data)
    assert result.finding.start == 6
    assert "2 bytes are not UTF-8 (E8 A1 in line 2)" in result.finding.message


def test_many_bad_bytes_are_counted() -> None:
    data = ("好的一行。\n".encode() + b"\xe6\n") * 1000
    (result,) = find(NotUtf8, data)
    assert "1,000 bytes are not UTF-8 (the first: E6 in line 2)" in result.finding.message
    assert result.finding.occurrences == 1000


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
    assert [result.finding.start for result in find(NotUtf8, data)] == [7]


@pytest.mark.parametrize("name", ["late.jsonl", "late.txt"])
def test_bad_bytes_behind_the_first_document(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are reported with the file's first document, at its start, and the message has the line."""
    monkeypatch.setattr("corpus_lint.reading.SEGMENT", 64)
    path = tmp_path / name
    path.write_bytes('{"text": "好的文字，没有什么不对"}\n'.encode() * 3 + b'{"text": "\xe5\x9d"}\n')
    assert main(["--isolated", "--select", "ENC001", str(path)]) == 1
    assert "(E5 9D in line 4)" in capsys.readouterr().out
