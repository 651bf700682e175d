"""What a few files are held against: the rest of the corpus, kept up to date in the cache."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_lint.config import Settings
from corpus_lint.duplication import against, winnowing
from corpus_lint.finding import Confidence
from corpus_lint.options import ConfigurationError
from corpus_lint.run import run
from tests.planted import prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.diagnostic import Diagnostic

SOURCE = random.Random(11)
PAGE = prose(SOURCE, 400)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some pages, as the current one, and a cache of its own."""
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "corpus"
    (folder / "old").mkdir(parents=True)
    for number in range(6):
        write(folder / "old" / f"{number}.txt", prose(SOURCE, 300))
    write(folder / "old" / "page.txt", f"{prose(SOURCE, 60)}\n{PAGE}\n{prose(SOURCE, 60)}")
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    """Write a file that is old enough for its time to be trusted."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(10**18 + SOURCE.randrange(10**15),) * 2)
    return path


def lint(*paths: str, root: str = ".", fields: Sequence[str] = ()) -> list[Diagnostic]:
    settings = Settings()
    settings.fields = list(fields)
    settings.select, settings.pedantic, settings.against = ["DUP"], True, root
    outcome = run(paths, settings)
    assert not outcome.failures
    return outcome.diagnostics


def told(diagnostics: list[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.filename, one.related[0].filename) for one in diagnostics]


def sketched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents are fingerprinted from now on, in an entry a call."""
    calls: list[int] = []
    original = winnowing.sketch

    def counting(documents, first, *, numpy):  # type: ignore[no-untyped-def]
        calls.append(len(documents))
        return original(documents, first, numpy=numpy)

    monkeypatch.setattr(against.winnowing, "sketch", counting)
    return calls


def test_a_new_file_that_repeats_an_old_one_is_found_alone(corpus: Path) -> None:
    write(corpus / "new.txt", f"{prose(SOURCE, 30)}\n{PAGE}")
    assert told(lint("new.txt")) == [("DUP002", "new.txt", "old/page.txt")]
    assert told(lint("new.txt", root="old")) == [("DUP002", "new.txt", "old/page.txt")]
    assert told(lint("new.txt", root="")) == []
    assert told(lint("old/0.txt")) == []


def test_a_duplicate_of_an_old_file_is_one_finding(corpus: Path) -> None:
    write(corpus / "new.txt", (corpus / "old" / "page.txt").read_text("utf-8"))
    assert told(lint("new.txt")) == [("DUP003", "new.txt", "old/page.txt")]
    assert told(lint("old/page.txt")) == [("DUP003", "old/page.txt", "new.txt")]


def test_nothing_is_said_of_the_rest_alone(corpus: Path) -> None:
    write(corpus / "old" / "again.txt", f"{PAGE}\n{prose(SOURCE, 30)}\n{PAGE}")
    write(corpus / "new.txt", prose(SOURCE, 300))
    assert told(lint("new.txt")) == []
    assert told(lint(".")) == told(lint(".", root=""))


def test_a_corpus_that_is_not_there_is_an_error(corpus: Path) -> None:
    for root in ("no/folder", "old/page.txt"):
        with pytest.raises(ConfigurationError, match=f"against: {root} is no folder"):
            lint("old/page.txt", root=root)


def test_only_what_changed_is_fingerprinted(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = write(corpus / "new.txt", prose(SOURCE, 100))
    lint("new.txt")
    calls = sketched(monkeypatch)
    lint("new.txt")
    assert calls == [1], "the given file"
    (corpus / "old" / "page.txt").rename(corpus / "old" / "moved.txt")
    os.utime(corpus / "old" / "0.txt", ns=(10**18, 10**18))
    write(new, f"{PAGE}\n{prose(SOURCE, 10)}")
    calls.clear()
    assert told(lint("new.txt")) == [("DUP002", "new.txt", "old/moved.txt")]
    assert calls == [1, 1], "the given file, and its new content; neither a renamed nor a touched one"
    (corpus / "old" / "moved.txt").unlink()
    assert told(lint("new.txt")) == []
    write(corpus / "old" / "3.txt", f"{prose(SOURCE, 10)}\n{PAGE}")
    calls.clear()
    assert told(lint("new.txt")) == [("DUP002", "new.txt", "old/3.txt")]
    assert calls == [1, 1]


@pytest.mark.parametrize("damage", ["remove", "cut", "garbage", "key", "no cache"])
def test_what_is_damaged_is_made_anew(corpus: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    write(corpus / "new.txt", f"{PAGE}\n{prose(SOURCE, 10)}")
    expected = [("DUP002", "new.txt", "old/page.txt")]
    assert told(lint("new.txt")) == expected
    kept = sorted((corpus.parent / "cache").glob("against-*/*"))
    assert [path.suffix for path in kept] == [".segment", ""]
    for path in kept:
        if damage == "remove":
            path.unlink()
        elif damage == "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif damage == "garbage":
            path.write_bytes(b"\xff" * 1000)
            assert told(lint("new.txt")) == expected
    if damage == "key":
        monkeypatch.setattr(against, "__version__", "another")
    elif damage == "no cache":
        monkeypatch.setenv("CORPUS_LINT_CACHE", "")
    assert told(lint("new.txt")) == expected
    assert told(lint("new.txt")) == expected


def test_many_small_changes_are_brought_together(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(corpus / "new.txt", f"{PAGE}\n{prose(SOURCE, 10)}")
    for number in range(2 * against.SEGMENTS):
        write(corpus / "old" / "0.txt", prose(SOURCE, 200 + number))
        assert told(lint("new.txt")) == [("DUP002", "new.txt", "old/page.txt")]
    corpus_ = against.Corpus(".", Settings())
    assert len(corpus_._segments) <= against.SEGMENTS
    assert sum(len(segment.contents) for segment in corpus_._segments) < 2 * against.SEGMENTS
    calls = sketched(monkeypatch)
    lint("new.txt")
    assert calls == [1]


def test_records_and_what_is_no_corpus(corpus: Path) -> None:
    import json

    records = [prose(SOURCE, 200), f"{PAGE}\n", prose(SOURCE, 200)]
    write(corpus / "old" / "page.txt", "")
    write(corpus / "old" / "README.md", PAGE)
    write(corpus / "old" / ".hidden.txt", PAGE)
    write(corpus / "all.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in records))
    write(corpus / "new.txt", f"{PAGE}\n{prose(SOURCE, 10)}")
    (found,) = lint("new.txt")
    assert (found.related[0].filename, found.related[0].line) == ("all.jsonl", 2)
    write(corpus / "new.jsonl", json.dumps({"text": PAGE}) + "\n")
    assert told(lint("new.jsonl")) == [("DUP003", "new.jsonl", "all.jsonl")]


def test_a_record_is_held_with_all_its_fields(corpus: Path) -> None:
    import json

    def rows(*answers: str) -> str:
        return "".join(json.dumps({"instruction": PAGE, "output": answer}) + "\n" for answer in answers)

    write(corpus / "old" / "page.txt", "")
    write(corpus / "all.jsonl", rows("short"))
    write(corpus / "new.jsonl", rows("another", "short"))
    field, record = lint("new.jsonl", fields=("instruction", "output"))
    assert (field.confidence, field.place.line, field.related[0].line) == (Confidence.MEDIUM, 1, 1)
    assert (record.confidence, record.place.line, record.related[0].line) == (Confidence.HIGH, 2, 1)


def test_both_ways_agree(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        write(corpus / f"new{number}.txt", f"{PAGE}\n{prose(SOURCE, 10)}" if number % 2 else prose(SOURCE, 200))
    paths = [f"new{number}.txt" for number in range(3)]
    plain = told(lint(*paths))
    monkeypatch.setattr(against, "is_much", lambda size: True)
    monkeypatch.setattr("corpus_lint.linting.is_much", lambda size: True)
    assert told(lint(*paths)) == plain
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(corpus.parent / "other"))
    assert told(lint(*paths)) == plain
    assert plain == [("DUP002", "new1.txt", "new3.txt")]


def test_processes_at_once(corpus: Path) -> None:
    write(corpus / "new.txt", f"{PAGE}\n{prose(SOURCE, 10)}")
    command = [sys.executable, "-m", "corpus_lint", "--isolated", "--select", "DUP", "--output-format", "concise"]
    for _ in range(3):
        write(corpus / "old" / "0.txt", prose(SOURCE, 250))
        started = [
            subprocess.Popen([*command, "--against", ".", "new.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(4)
        ]
        for process in started:
            out, err = process.communicate()
            assert (process.returncode, err.count(b"Error")) == (1, 0), err
            assert out.count(b"new.txt:1:1: DUP002") == 1
    assert told(lint("new.txt")) == [("DUP002", "new.txt", "old/page.txt")]
