"""New since a revision: what was there already does not count, whatever happened to its file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.shell import Workshop

SINCE = ("--new-since", "HEAD")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    (tmp_path / "库").mkdir()
    shop = Workshop(tmp_path / "库", capsys, monkeypatch)
    shop.git("init", "-q", "-b", "main")
    shop.write("语料/第一章 终稿.txt", "the first line\na bad word in the middle of a line\nthe last line\n")
    shop.write("b.txt", "another bad word here\n")
    shop.commit("first")
    return shop


def test_nothing_new(shop: Workshop) -> None:
    assert shop.found(*SINCE) == []
    status, out, _ = shop.run(*SINCE)
    assert (status, "0 new, 2 older than HEAD (2 could be fixed)." in out) == (0, True)


def test_what_is_new_and_what_is_not(shop: Workshop) -> None:
    shop.write("语料/第一章 终稿.txt", "a new line\nthe first line\na bad word in the middle of a line\nbad too\n")
    shop.write("c.txt", "quite a bad file\n")
    assert shop.found(*SINCE) == [("c.txt", 1, "bad"), ("语料/第一章 终稿.txt", 4, "bad")]
    shop.commit("second")
    assert shop.found(*SINCE) == []
    assert len(shop.found("--new-since", "HEAD~1")) == 2
    assert shop.found("--new-since", "HEAD~1", "b.txt") == []


def test_renamed_moved_and_copied(shop: Workshop) -> None:
    shop.git("mv", "语料/第一章 终稿.txt", "改名 了.txt")
    assert shop.found(*SINCE) == [], "renamed in the index"
    shop.git("reset", "-q")
    assert shop.found(*SINCE) == [], "and where git does not know the new name yet"
    shop.write("copy.txt", shop.read("改名 了.txt"))
    assert len(shop.found(*SINCE)) == 1, "one of the two is a copy"
    shop.write("from b.txt", shop.read("b.txt"))
    assert len(shop.found(*SINCE)) == 2, "a copy of a file that is unchanged"


def test_a_fix_and_a_new_one(shop: Workshop) -> None:
    shop.write("b.txt", "another fine word here\nsomething quite different is bad as well\n")
    assert shop.found(*SINCE) == [("b.txt", 2, "bad")]


def test_a_folder_below_and_a_file_by_its_whole_name(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("语料/新.txt", "bad\n")
    monkeypatch.chdir(shop.folder / "语料")
    assert shop.found(*SINCE) == [("新.txt", 1, "bad")]
    assert shop.found(*SINCE, str(shop.folder / "语料" / "新.txt"))[0][1:] == (1, "bad")
    assert shop.found(*SINCE, "../b.txt") == []


def test_the_merge_base(shop: Workshop) -> None:
    shop.git("checkout", "-q", "-b", "topic")
    shop.write("topic.txt", "a bad topic\n")
    shop.commit("topic")
    shop.git("checkout", "-q", "main")
    shop.write("b.txt", "mended\n")
    shop.commit("mended on main")
    shop.git("checkout", "-q", "topic")
    assert shop.found("--new-since", "main") == [("b.txt", 1, "bad"), ("topic.txt", 1, "bad")]
    assert shop.found("--new-since-merge-base", "main") == [("topic.txt", 1, "bad")]


def test_long_lines_and_line_ends(shop: Workshop) -> None:
    long = "很长的一行文字，" * 50_000
    shop.write("long.txt", f"{long}bad{long}\n")
    shop.write("crlf.txt", "one\r\nbad\r\ntwo\r\n")
    shop.commit()
    shop.write("long.txt", f"{long}又bad{long}bad{long}\n")
    shop.write("crlf.txt", "one\nbad\ntwo\n")
    assert [name for name, _, _ in shop.found(*SINCE)] == ["long.txt"]


def test_files_that_git_converts(shop: Workshop) -> None:
    shop.write(".gitattributes", "*.txt eol=crlf\nwide.txt working-tree-encoding=UTF-16LE-BOM eol=lf\n")
    shop.write("a.txt", "one\r\nbad\r\n")
    shop.write("wide.txt", "坏的 bad 东西\n".encode("utf-16"))
    shop.commit()
    shop.write("a.txt", "one\r\nbad\r\nbad bad\r\n")
    shop.write("wide.txt", "新\n坏的 bad 东西\n".encode("utf-16"))
    assert [(name, line) for name, line, _ in shop.found(*SINCE)] == [("a.txt", 3), ("a.txt", 3)]
    assert "wide.txt" in shop.git("diff", "--name-only", "HEAD")


def test_records(shop: Workshop) -> None:
    shop.write("a.jsonl", '{"text": "one bad day"}\n{"text": "good"}\n')
    shop.commit()
    shop.write("a.jsonl", '{"text": "good"}\n{"id": 1, "text": "one bad day"}\n{"text": "one bad night"}\n')
    assert shop.found(*SINCE) == [("a.jsonl", 3, "bad")]


def test_submodules_are_ignored(shop: Workshop, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", *command], cwd=other, check=True)
    shop.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    shop.commit()
    shop.write("sub/a.txt", "bad\n")
    assert shop.found(*SINCE) == []
    shop.write("b.txt", "bad in a new way\n")
    assert shop.found(*SINCE) == [("b.txt", 1, "bad")]


def test_together_with_a_baseline(shop: Workshop) -> None:
    shop.write("c.txt", "one bad day\n")
    assert shop.run("--baseline", "base", "--baseline-accept")[0] == 0
    shop.write("b.txt", "another bad word here\nanother bad word here\n")
    shop.write("d.txt", "a truly bad file\n")
    assert shop.found("--baseline", "base", *SINCE) == [("b.txt", 2, "bad"), ("d.txt", 1, "bad")]


def test_what_cannot_be_resolved_is_an_error(shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("c.txt", "bad\n")
    status, out, err = shop.run("--new-since", "origin/main")
    assert (status, out) == (2, "")
    assert "git knows no commit `origin/main`; is it spelt right? run `git fetch origin main` to have it here" in err
    assert shop.run("--new-since=--all")[0] == 2
    assert shop.run("--new-since", "nonsense", ".gitattributes")[0] == 2
    shop.write("good.txt", "good\n")
    assert shop.run("--new-since", "nonsense", "good.txt")[0] == 2, "even where nothing is found"
    (shop.folder / "good.txt").unlink()
    status, _, err = shop.run("--new-since", "HEAD:b.txt")
    assert status == 2
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "second")
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", shop.folder.as_uri(), str(shallow)], check=True)
    monkeypatch.chdir(shallow)
    status, _, err = shop.run("--new-since", "HEAD~1")
    assert (status, "this clone is shallow: run `git fetch --unshallow`" in err) == (2, True)
    monkeypatch.chdir(shop.folder)
    shop.git("checkout", "-q", "--orphan", "alone")
    shop.git("commit", "-q", "-m", "alone")
    status, _, err = shop.run("--new-since-merge-base", "main")
    assert (status, "no common ancestor of `main` and HEAD" in err) == (2, True)


def test_a_link_is_what_it_leads_to(shop: Workshop, tmp_path: Path) -> None:
    shop.write("deep/a.txt", "bad\n")
    (tmp_path / "outside.txt").write_text("bad\n")
    (shop.folder / "link.txt").symlink_to("deep/a.txt")
    (shop.folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "links")
    assert shop.run("--new-since", "HEAD", "--output-format", "concise", "link.txt")[0] == 0
    assert shop.run("--new-since", "HEAD", "--output-format", "concise", "out.txt")[0] == 1, "git knows no earlier one"


def test_outside(shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outside.txt").write_text("bad\n")
    status, _, err = shop.run(*SINCE, "../outside.txt")
    assert (status, "is not in the work tree" in err) == (2, True)
    monkeypatch.chdir(tmp_path)
    status, _, err = shop.run(*SINCE, "--config", "库/corpus-lint.toml", "outside.txt")
    assert (status, "is in no git work tree" in err) == (2, True)
