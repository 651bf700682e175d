"""A finding about a whole file of records stands where the file shows it, not in its first record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.shell import Workshop

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "那一年的河水涨得很高，之前没有人见过那座桥。"


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Workshop:
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", 'select = ["ENC001"]\n')
    return shop


def places(shop: Workshop) -> list[tuple[str, int, int, object]]:
    out = shop.run("--output-format", "json", ".")[1]
    return [(item["filename"], item["line"], item["column"], item["record"]) for item in json.loads(out)]


def test_an_encoding_stands_at_the_beginning(shop: Workshop) -> None:
    shop.write("a.csv", f"id,text\n1,{TEXT}\n".encode("gb18030"))
    shop.write("b.jsonl", f'{{"id": 1, "text": "{TEXT}"}}\n'.encode("gb18030"))
    assert places(shop) == [("a.csv", 1, 1, None), ("b.jsonl", 1, 1, None)]
    assert shop.run("--fix", ".")[0] == 0
    assert shop.read("a.csv") == f"id,text\n1,{TEXT}\n"


def test_bad_bytes_stand_in_their_line(shop: Workshop) -> None:
    records = [f'{{"text": "{TEXT}"}}'.encode("gb18030")] * 5
    records[3] = records[3].replace("桥".encode("gb18030"), b"\xff")
    shop.write("a.jsonl", b"\n".join(records))
    assert places(shop) == [("a.jsonl", 4, 1, None)]
