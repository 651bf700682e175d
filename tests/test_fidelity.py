"""What ``--fix`` does to a file's bytes: exactly the stated change or none, and it says so."""

from __future__ import annotations

import os
import random
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from corpus_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIMPLIFIED = (
    "春天的早晨，公园里有许多人在散步。\n湖边的柳树已经发芽，几只小鸟在枝头唱歌。\n"
    "老人们坐在长椅上聊天，孩子们在草地上跑来跑去。\n"
)
TRADITIONAL = (
    "春天的早晨，公園裡有許多人在散步。\n湖邊的柳樹已經發芽，幾隻小鳥在枝頭唱歌。\n"
    "老人們坐在長椅上聊天，孩子們在草地上跑來跑去。\n"
)
OTHER = "教室里的学生们正在认真地听老师讲课，窗外的操场上传来了阵阵笑声。\n放学以后，他们一起去图书馆看书。\n"
LEFT, MENDED, CLEAN = "left", "mended", "clean"


class Case(NamedTuple):
    """A file before and after ``--fix``.

    ``outcome``: MENDED (something was changed and nothing is left to say), LEFT (``code`` is still found), CLEAN
    (nothing is found at all).
    """

    name: str
    before: bytes
    after: bytes
    outcome: str
    code: str = ""


def unchanged(name: str, data: bytes, outcome: str = CLEAN, code: str = "") -> Case:
    return Case(name, data, data, outcome, code)


def mended(name: str, before: bytes, after: bytes, code: str) -> Case:
    return Case(name, before, after, MENDED, code)


def mended_defects(said: str) -> int:
    """How many defects the summary says were fixed."""
    found = re.search(r"([\d,]+) defects? fixed", said)
    assert found, said
    return int(found[1].replace(",", ""))


def with_nul(text: str) -> str:
    """The text with a NUL in its first sentence, which ENC004 removes safely."""
    return text.replace("早晨", "早\0晨", 1)


UTF_8 = SIMPLIFIED.encode()
CUT = UTF_8.replace("唱歌".encode(), "唱".encode() + "歌".encode()[:2])
MIXED = SIMPLIFIED.replace("\n", "\r\n", 1).replace("唱歌。\n", "唱歌。\r")
STRAY = SIMPLIFIED.replace("\n", "\r\n", 2)

CASES = [
    mended("GBK", SIMPLIFIED.encode("gbk"), UTF_8, "ENC001"),
    mended("GBK with CRLF", SIMPLIFIED.replace("\n", "\r\n").encode("gbk"), UTF_8.replace(b"\n", b"\r\n"), "ENC001"),
    mended("GBK and a NUL", with_nul(SIMPLIFIED).encode("gbk"), UTF_8, "ENC004"),
    unchanged("GBK with a bad byte", b"\xff".join(SIMPLIFIED.encode("gbk").partition(b"\n")), LEFT, "ENC001"),
    mended("Big5", TRADITIONAL.encode("big5"), TRADITIONAL.encode(), "ENC001"),
    mended("UTF-16 LE with mark", b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), UTF_8, "ENC001"),
    mended("UTF-16 BE with mark", b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), UTF_8, "ENC001"),
    mended("UTF-16 LE without mark", SIMPLIFIED.encode("utf-16-le"), UTF_8, "ENC001"),
    mended("UTF-16 BE without mark", SIMPLIFIED.encode("utf-16-be"), UTF_8, "ENC001"),
    unchanged("UTF-16 of odd length", b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le") + b"\x2d", LEFT, "ENC001"),
    unchanged("UTF-8 with bad bytes", CUT, LEFT, "ENC009"),
    Case("UTF-8 with bad bytes and a NUL", CUT.replace("早".encode(), "早\0".encode(), 1), CUT, LEFT, "ENC009"),
    mended(
        "UTF-8 and GBK",
        UTF_8 + OTHER.encode("gbk"),
        UTF_8 + OTHER.encode(),
        "ENC010",
    ),
    Case(
        "UTF-8 with bad bytes, GBK and a NUL",
        with_nul(SIMPLIFIED).encode() + CUT + TRADITIONAL.encode("gbk"),
        UTF_8 + CUT + TRADITIONAL.encode(),
        LEFT,
        "ENC009",
    ),
    mended(
        "CESU-8",
        UTF_8.replace(b"\n", b"\xed\xa0\xbd\xed\xb8\x80\n", 1),
        UTF_8.replace(b"\n", "😀\n".encode(), 1),
        "ENC009",
    ),
    mended("UTF-8 with mark", b"\xef\xbb\xbf" + UTF_8, UTF_8, "ENC002"),
    Case("UTF-8 with mark and bad bytes", b"\xef\xbb\xbf" + CUT, CUT, LEFT, "ENC009"),
    unchanged("CRLF", UTF_8.replace(b"\n", b"\r\n")),
    mended(
        "CRLF and a NUL", with_nul(SIMPLIFIED).replace("\n", "\r\n").encode(), UTF_8.replace(b"\n", b"\r\n"), "ENC004"
    ),
    Case("mixed line ends and a NUL", with_nul(MIXED).encode(), MIXED.encode(), LEFT, "ENC007"),
    mended("a CRLF among LF", UTF_8.replace(b"\n", b"\r\n", 1), UTF_8, "ENC007"),
    mended(
        "GBK with an LF among CRLF",
        STRAY.encode("gbk"),
        UTF_8.replace(b"\n", b"\r\n"),
        "ENC007",
    ),
    unchanged("no final newline", UTF_8.rstrip()),
    mended("no final newline and a NUL", with_nul(SIMPLIFIED).rstrip().encode(), UTF_8.rstrip(), "ENC004"),
    unchanged("empty", b""),
    unchanged("only a newline", b"\n"),
    mended("NUL bytes", with_nul(SIMPLIFIED).encode() + b"\0", UTF_8, "ENC004"),
    unchanged("NUL in a word", b"an unexpected end\0ing of a word in a longer line of English text\n", LEFT, "ENC004"),
]


@pytest.fixture
def fix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[bytes], tuple[bytes, str, int]]:
    """Write a file, run ``--fix`` on it, and give its bytes, what was said, and the exit status."""

    def run(data: bytes) -> tuple[bytes, str, int]:
        path = tmp_path / "text.txt"
        path.write_bytes(data)
        path.chmod(0o640)
        status = main(["--isolated", "--fix", str(path)])
        said = capsys.readouterr()
        assert path.stat().st_mode & 0o777 == 0o640 or os.name == "nt"
        assert [entry.name for entry in tmp_path.iterdir()] == ["text.txt"], "no temporary file stays"
        return path.read_bytes(), said.out + said.err, status

    return run


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_exactly_the_stated_change(case: Case, fix: Callable[[bytes], tuple[bytes, str, int]]) -> None:
    after, said, status = fix(case.before)
    assert after == case.after
    if case.outcome == LEFT:
        assert status == 1
        assert case.code in said
    else:
        assert status == 0, said
    assert (mended_defects(said) > 0) == (case.before != case.after), said
    again, said, _ = fix(after)
    assert again == after, "fixing what was fixed changes nothing"
    assert mended_defects(said) == 0


@pytest.mark.parametrize("is_damaged", [False, True], ids=["clean", "and a NUL"])
def test_one_line_of_50_mb(is_damaged: bool, fix: Callable[[bytes], tuple[bytes, str, int]]) -> None:
    """The line is random, since a repeated one would be a finding of its own."""
    characters = sorted(set(SIMPLIFIED) - set("\n，。"))
    block = bytearray(random.Random(1).randbytes(50_000_000 // 3))
    table = bytes(range(len(characters))) * (256 // len(characters) + 1)
    line = block.translate(table[:256]).decode("latin-1").translate(dict(enumerate(characters)))
    clean = line.encode()
    middle = len(clean) // 6 * 3
    before = clean[:middle] + b"\0" + clean[middle:] if is_damaged else clean
    after, _, status = fix(before)
    assert len(clean) > 49_000_000
    assert after == clean
    assert status in (0, 1), "findings in random text are no matter here"
