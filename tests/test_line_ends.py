"""Line ends, counted whole or part by part, and made one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.cli import main
from corpus_lint.line_ends import LINE_END, LineEnds, count, unified

if TYPE_CHECKING:
    from pathlib import Path

LINES = st.lists(st.tuples(st.sampled_from(["", "a", "中文"]), st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"])))


def counted(data: bytes) -> LineEnds:
    return count(data, data.decode("utf-8", "surrogateescape"))


@given(LINES, LINES)
def test_parts_are_counted_as_the_whole(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    one, two = ("".join(map("".join, lines)).encode() for lines in (before, after))
    # Parts are never cut inside a line end, and what begins with one would add to the end before it.
    two = b"x" + two
    assert counted(one).plus(counted(two)) == counted(one + two)


@given(LINES)
def test_one_line_end_is_left(lines: list[tuple[str, str]]) -> None:
    data = "".join(map("".join, lines)).encode()
    for line_end in ("\n", "\r\n", "\r"):
        once = unified(data, line_end)
        assert unified(once, line_end) == once
        assert counted(once).kinds <= 1
        assert counted(once).total == counted(data).total


def test_line_ends_are_what_they_are_called() -> None:
    ends = [match[0] for match in re.finditer(LINE_END, b"a\r\n\r\r\r\nb\r\rc\n\n\r")]
    assert ends == [b"\r\n", b"\r\r\r\n", b"\r", b"\r", b"\n", b"\n", b"\r"]


def test_many_carriage_returns_are_counted_in_one_go() -> None:
    assert counted(b"\r" * 200_000 + b"a\r\r\n")[:4] == (0, 0, 200_000, 1)


def test_the_change_is_named() -> None:
    assert counted(b"a\nb\nc\r\n") == LineEnds(lf=2, crlf=1, first="\n", change=3)
    assert counted(b"a\r\r\nb\r\n").doubled == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_long_file_is_one(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half CRLF, half LF, read in parts of which each is of one kind."""
    monkeypatch.setattr("corpus_lint.reading.SEGMENT", 512)
    half = "".join(f"第{number}行写的是不同的事。\n" for number in range(200))
    path = tmp_path / "joined.txt"
    path.write_bytes((half.replace("\n", "\r\n") + half + "完。\n").encode(encoding))
    assert main(["--isolated", "--select", "ENC007", str(path)]) == 1
    said = capsys.readouterr().out
    assert said.count("line ends are mixed (201 LF, 200 CRLF; they change in line 201)") == 1
    assert main(["--isolated", "--select", "ENC007", "--fix", str(path)]) == 0
    assert path.read_bytes() == (half + half + "完。\n").encode(encoding)


def test_records_are_judged_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    data = '{"text": "甲\\r\\n乙\\n丙\\n丁"}\r\n{"text": "甲\\r\\n乙"}\n'
    path.write_bytes(data.encode())
    assert main(["--isolated", "--select", "ENC007", "--fix", str(path)]) == 0
    assert path.read_bytes().decode() == data.replace("\\r", "", 1)
    assert "1 defect fixed" in capsys.readouterr().out
