"""What only the corpus as a whole shows is mended when all files have been written once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_lint.cli import main

FURNITURE = "城市生活圈\n老照片馆\n北方频道\n"


def article(number: int) -> str:
    return f"第{number}篇文章讲的是第{number}件事，说了很多话。"


def fix(folder: Path, *more: str) -> int:
    return main([str(folder), "--isolated", "--select", "BOI010,BOI001", "--fix", "--unsafe-fixes", *more])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_common_lines_are_deleted_behind_the_other_fixes(tmp_path: Path, jobs: str) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"{FURNITURE}{article(number)}\n版权所有 © 2019 某某网\n", "utf-8")
    (tmp_path / "other.txt").write_text("别的文章。\n", "utf-8")
    assert fix(tmp_path, "--jobs", jobs) == 0
    assert [(tmp_path / f"{number}.txt").read_text("utf-8") for number in range(9)] == [
        f"{article(number)}\n" for number in range(9)
    ]
    assert fix(tmp_path) == 0


def test_records_are_mended_in_their_places(tmp_path: Path) -> None:
    records = [{"id": number, "text": FURNITURE + article(number)} for number in range(9)]
    lines = [json.dumps(record, ensure_ascii=False) for record in [{"id": -1, "text": "没有。"}, *records]]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    assert fix(tmp_path) == 0
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == [
        {"id": -1, "text": "没有。"},
        *({"id": number, "text": article(number)} for number in range(9)),
    ]


def test_nothing_is_written_for_safe_fixes_or_a_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(FURNITURE + article(number), "utf-8")
    assert main([str(tmp_path), "--isolated", "--select", "BOI010", "--fix"]) == 1
    main([str(tmp_path), "--isolated", "--select", "BOI010", "--diff", "--unsafe-fixes"])
    assert (tmp_path / "1.txt").read_text("utf-8") == FURNITURE + article(1)
    capsys.readouterr()
