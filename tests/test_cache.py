"""The cache folder: what is damaged is made anew."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from corpus_lint import cache
from corpus_lint.packs import load, make
from corpus_lint.screening.screen import Screen


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    return tmp_path


def test_what_is_kept_is_had_again(folder: Path) -> None:
    cache.write("kind", b"key", b"content")
    assert cache.read("kind", b"key") == b"content"
    assert cache.read("kind", b"other") is None
    assert cache.read("other", b"key") is None


def test_no_damage_passes_for_content(folder: Path) -> None:
    cache.write("kind", b"key", b"content")
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 4,)) + whole[at + 1 :])
        assert cache.read("kind", b"key") is None, at
        path.write_bytes(whole[:at])
        assert cache.read("kind", b"key") is None, at


def test_what_finds_no_room_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    cache.write("kind", b"key", b"content")
    assert list(folder.iterdir()) == []


def test_a_damaged_screen_is_made_anew(folder: Path) -> None:
    rules = make(load(["tests.pack"], []), [], [], {})
    made = Screen(rules)._load()
    path = Path(cache._path(str(folder), "screen", Screen(rules)._key))
    whole = path.read_bytes()
    for at in range(0, len(whole), 29):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 4,)) + whole[at + 1 :])
        loaded = Screen(rules)._load()
        assert loaded[1:] == made[1:], at
