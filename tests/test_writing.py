from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

import pytest

from corpus_lint.source import Decoding
from corpus_lint.splicing import RawEdit, RewriteError, spliced
from corpus_lint.writing import SUFFIX, clean, replace, write


def test_only_the_edited_bytes_change() -> None:
    data = b"\xef\xbb\xbf\xe4\xb8\xad bad\xff\r\n"
    decoding = Decoding(bom=b"\xef\xbb\xbf", bad=())
    assert spliced(data, decoding, [RawEdit(4, b"bad", b"")]) == b"\xef\xbb\xbf\xe4\xb8\xad \xff\r\n"


def test_a_file_in_another_encoding_stays_in_it() -> None:
    data = "中文bad。\r\n".encode("gbk")
    decoding = Decoding(encoding="gb18030")
    assert spliced(data, decoding, [RawEdit(6, b"bad", "好".encode())]) == "中文好。\r\n".encode("gbk")
    assert spliced(data, decoding, [], recode=True) == "中文bad。\r\n".encode()


def test_a_file_that_changed_meanwhile_is_left() -> None:
    with pytest.raises(RewriteError, match="changed"):
        spliced(b"good", Decoding(), [RawEdit(0, b"bad ", b"")])


def test_mode_and_link_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write(str(link), b"new")
    assert target.read_bytes() == b"new"
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "target.txt"]


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    target = tmp_path / ("长" * 83 + ".txt")
    target.write_bytes(b"old")
    write(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == [target.name]


def test_what_cannot_be_written_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RewriteError, match="No space left"):
        write(str(target), b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["target.txt"]


def test_what_others_write_meanwhile_is_left(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")

    def fill(file: IO[bytes]) -> None:
        file.write(b"new")
        with target.open("ab") as other:
            other.write(b" and more")

    with pytest.raises(RewriteError, match="it changed while it was being linted; run again"):
        replace(str(target), fill)
    assert target.read_bytes() == b"old and more"
    assert os.listdir(tmp_path) == ["target.txt"]


def test_only_what_no_process_writes_any_more_is_cleared_away(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    (tmp_path / f".0a.123{SUFFIX}").write_bytes(b"left by a process that was killed")
    (tmp_path / f"mine{SUFFIX}").write_bytes(b"no temporary file")

    def fill(file: IO[bytes]) -> None:
        clean(str(tmp_path))
        file.write(b"new")

    replace(str(target), fill)
    assert target.read_bytes() == b"new"
    assert sorted(os.listdir(tmp_path)) == [f"mine{SUFFIX}", "target.txt"]
