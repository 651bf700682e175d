from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from corpus_lint.discover import EXCLUDE, INCLUDE, Found, discover, matches
from corpus_lint.formats import SUFFIXES


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def lint(root: Path, *paths: str, **options: object) -> tuple[list[str], dict[str, str]]:
    found = list(discover(paths or (str(root),), root=str(root), **options))  # type: ignore[arg-type]
    inside = lambda item: str(Path(item.path).relative_to(root))  # noqa: E731
    return [inside(f) for f in found if not f.skipped], {inside(f): f.skipped for f in found if f.skipped}


def test_a_folder_gives_its_corpus_files(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/c.jsonl", "a/d.py", ".hidden.txt", "README.md", "a/notes.md", ".x/e.txt")
    files, skipped = lint(tmp_path)
    assert files == ["a/c.jsonl", "a/notes.md", "b.txt"]
    assert skipped == {".hidden.txt": "hidden", "README.md": "excluded", "a/d.py": "not a corpus file"}


def test_capitals_make_no_difference(tmp_path: Path) -> None:
    tree(tmp_path, "A.TXT", "b.Jsonl", "Readme.md", "Raw/c.txt")
    files, skipped = lint(tmp_path, exclude=[*EXCLUDE, "raw/"])
    assert (files, skipped) == (["A.TXT", "b.Jsonl"], {"Raw/c.txt": "excluded", "Readme.md": "excluded"})


def test_a_name_that_tells_a_format_is_that_of_a_corpus_file() -> None:
    assert [suffix for suffix in SUFFIXES if not matches(f"x{suffix}", INCLUDE, ".")] == []


def test_a_named_file_is_linted_whatever_it_is_called(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", "data.weird")
    named = (str(tmp_path / "README.md"), str(tmp_path / "data.weird"))
    assert lint(tmp_path, *named)[0] == ["README.md", "data.weird"]
    assert lint(tmp_path, *named, force_exclude=True)[0] == ["data.weird"]


def test_each_file_once(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    assert lint(tmp_path, str(tmp_path / "a.txt"), str(tmp_path))[0] == ["a.txt"]


def test_a_file_and_links_to_it_are_one_file(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "deep/b.txt", "deep/c.txt")
    (tmp_path / "deep" / "a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "deep")
    assert lint(tmp_path)[0] == ["a.txt", "deep/b.txt", "deep/c.txt"]
    paths = (str(tmp_path / "link"), str(tmp_path / "deep"), str(tmp_path / "deep" / ".." / "a.txt"))
    assert lint(tmp_path, *paths)[0] == ["link/b.txt", "link/c.txt", "link/a.txt"]


def test_a_file_goes_by_its_own_name_in_a_folder_that_has_links_to_it(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt")
    (tmp_path / "a.txt").symlink_to("b.txt")
    assert lint(tmp_path)[0] == ["b.txt"]


def test_a_link_counts_by_its_own_name_where_its_file_is_left_out(tmp_path: Path) -> None:
    """As stores have it that name files by their digests and lead to them by links."""
    tree(tmp_path, "blobs/0c9f", "blobs/1d.py")
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "page.txt").symlink_to("../blobs/0c9f")
    (tmp_path / "snapshot" / "x.py").symlink_to("../blobs/1d.py")
    files, skipped = lint(tmp_path)
    assert files == ["snapshot/page.txt"]
    assert skipped == dict.fromkeys(("blobs/0c9f", "blobs/1d.py"), "not a corpus file")


@pytest.mark.parametrize(
    ("glob", "name"),
    [
        ("*.txt", "a.TXT"),
        ("*.txt", ".txt"),
        ("NOTE*", "notes.md"),
        ("note*.md", "Notes.md"),
        ("[ab]?.csv", "a1.csv"),
        ("exact.txt", "deep/exact.txt"),
        ("*", "anything"),
        ("*a*", "bar"),
    ],
)
def test_globs_of_names(glob: str, name: str) -> None:
    assert matches(name, [glob], ".")
    assert not matches("other/kind", [glob] if glob != "*" else [], ".")


def test_a_missing_path_is_an_error() -> None:
    assert list(discover(["/no/such/file"])) == [Found("/no/such/file", failed="there is no such file or folder")]


def test_globs_with_a_slash_are_paths(tmp_path: Path) -> None:
    tree(tmp_path, "old/a.txt", "new/a.txt", "new/deep/old/b.txt", "new/x/c.txt")
    assert lint(tmp_path, exclude=["old/"])[0] == ["new/a.txt", "new/x/c.txt"]
    assert lint(tmp_path, exclude=["new/*"])[0] == ["old/a.txt"]


def test_in_a_work_tree_git_says_what_is_there(tmp_path: Path) -> None:
    tree(tmp_path, "语料/第一章 终稿.txt", "tracked.txt", "ignored/x.txt", "new.txt", ".gitignore")
    (tmp_path / ".gitignore").write_text("ignored/\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "tracked.txt"], cwd=tmp_path, check=True)
    files, skipped = lint(tmp_path)
    assert files == ["new.txt", "tracked.txt", "语料/第一章 终稿.txt"]
    assert skipped == {".gitignore": "hidden"}
    assert lint(tmp_path, str(tmp_path / "ignored"))[0] == ["ignored/x.txt"]


def test_files_about_a_corpus_are_not_corpus() -> None:
    assert "README*" in EXCLUDE


def test_the_current_folder_is_no_part_of_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a/b.txt")
    monkeypatch.chdir(tmp_path)
    assert [found.path for found in discover(["."])] == ["a/b.txt"]


def test_what_another_repository_in_the_work_tree_holds_is_told_of(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "own/b.txt", "module/c.txt")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    for folder in (tmp_path, tmp_path / "own", tmp_path / "module"):
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path / "module", check=True)
    subprocess.run([*git, "commit", "-qm", "c"], cwd=tmp_path / "module", check=True)
    subprocess.run(["git", "add", "a.txt", "module"], cwd=tmp_path, check=True, capture_output=True)
    files, skipped = lint(tmp_path)
    assert files == ["a.txt"]
    assert skipped == {"module": "another repository", "own": "another repository"}
    assert lint(tmp_path, str(tmp_path / "module"))[0] == ["module/c.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("in_git", [False, True])
def test_a_pipe_in_a_folder_is_no_file_and_a_link_to_nowhere_is_told_of(tmp_path: Path, in_git: bool) -> None:
    if in_git:
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    tree(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, target in (
        ("nowhere.txt", "nothing.txt"),
        ("round.txt", "round.txt"),
        ("again", "."),
        ("p.txt", "pipe.txt"),
    ):
        (tmp_path / name).symlink_to(target)
    assert lint(tmp_path)[0] == ["a.txt", "nowhere.txt", "round.txt"]


@pytest.mark.parametrize("in_git", [False, True])
def test_a_folder_that_cannot_be_read_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_git: bool) -> None:
    tree(tmp_path, "a.txt", "closed/b.txt")
    if in_git:
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
        warning = b"warning: could not open directory 'closed/': Permission denied\n"
        listed = subprocess.CompletedProcess([], 0, b"a.txt\0", warning)
        ignored = subprocess.CompletedProcess([], 1)
        answers = iter((ignored, listed))
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: next(answers))
    else:
        scan = os.scandir

        def refuse(place: str) -> object:
            if place.endswith("closed"):
                raise PermissionError(13, "Permission denied", place)
            return scan(place)

        monkeypatch.setattr(os, "scandir", refuse)
    found = list(discover([str(tmp_path)], root=str(tmp_path)))
    failed = [(Path(one.path).name, one.failed) for one in found if one.failed]
    assert failed == [("closed", "the folder cannot be read: give yourself the right to, or exclude it")]
    assert [Path(one.path).name for one in found if not one.failed] == ["a.txt"]


def test_a_folder_that_cannot_be_read_may_be_excluded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(place: str) -> object:
        raise PermissionError(13, "Permission denied", place)

    monkeypatch.setattr(os, "scandir", refuse)
    (tmp_path / "a").mkdir()
    assert not list(discover([str(tmp_path / "a")], exclude=["a/"], root=str(tmp_path)))
