"""Duplicates among records of several fields: a whole record is told of, a field by itself hardly ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.shell import Workshop

if TYPE_CHECKING:
    from pathlib import Path

HARBOUR = "渔港在冬天很静，只有修船的人敲打着木板。冰化的时候，第一条船出海，岸上的人数着桅杆，一直数到看不见为止。"
FARM = "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。"
SCHOOL = "山里的小学只有三间教室，老师走了两年，孩子们每天自己开门、扫地、升旗，把黑板擦得干干净净。"
WELL = "村口的老井修好以后，大家又回来打水，井台上刻着每一户人家的姓，绳子磨出的沟一道深一道浅。"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    """Commands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Workshop(tmp_path, capsys, monkeypatch)


def told(shop: Workshop, rows: list[tuple[str, ...]], *options: str) -> list[tuple[int, str, str]]:
    """Of each finding of DUP003 the record, the field and what it says first."""
    names = ("question", "context", "answer")
    lines = [json.dumps(dict(zip(names, row, strict=False)), ensure_ascii=False) + "\n" for row in rows]
    shop.write("rows.jsonl", "".join(lines))
    fields = [option for name in names for option in ("--field", name)]
    chosen = ["--isolated", "--select", "DUP", *fields, "--output-format", "json", *options]
    status, out, err = shop.run(*chosen, "rows.jsonl")
    assert status < 2, err
    return [(one["record"], one["field"], one["message"].split(" the same")[0]) for one in json.loads(out)]


def test_a_text_with_several_questions_is_one_text(shop: Workshop) -> None:
    asked = [("谁在敲打木板？", "修船的人"), ("岸上的人数什么？", "桅杆"), ("何时出海？", "冰化时")]
    rows = [(question, HARBOUR, answer) for question, answer in asked]
    assert told(shop, rows) == []
    assert told(shop, rows, "--pedantic") == [(2, "context", "this field is"), (3, "context", "this field is")]


def test_a_record_is_told_of_once(shop: Workshop) -> None:
    rows = [(HARBOUR, FARM, "桅杆"), (SCHOOL, WELL, "黑板"), (HARBOUR, FARM, "桅杆")]
    assert told(shop, rows) == [(3, "question", "this record is")]


def test_a_short_field_makes_another_record(shop: Workshop) -> None:
    assert told(shop, [(HARBOUR, FARM, "桅杆"), (HARBOUR, FARM, "木板")]) == []


def test_fields_that_come_from_several_records_are_no_record(shop: Workshop) -> None:
    rows = [(HARBOUR, FARM, "一"), (SCHOOL, WELL, "一"), (HARBOUR, WELL, "一")]
    assert told(shop, rows) == []


def test_a_record_whose_fields_first_stood_in_several_records(shop: Workshop) -> None:
    rows = [(HARBOUR, FARM, "一"), (SCHOOL, WELL, "一"), (HARBOUR, WELL, "一"), (HARBOUR, WELL, "一")]
    assert told(shop, rows) == [(4, "question", "this record is")]


def test_the_earlier_record_is_known_by_any_field(shop: Workshop) -> None:
    rows = [(HARBOUR, FARM, "一"), (HARBOUR, WELL, "一"), (HARBOUR, WELL, "一")]
    assert told(shop, rows) == [(3, "question", "this record is")]


def test_a_field_that_the_record_has_twice(shop: Workshop) -> None:
    rows = [(HARBOUR, HARBOUR, "一"), (SCHOOL, SCHOOL, "一")]
    assert told(shop, rows) == []
    assert told(shop, rows, "--pedantic") == [(1, "context", "this field is"), (2, "context", "this field is")]


def test_a_record_of_one_field_is_a_text(shop: Workshop) -> None:
    assert told(shop, [(HARBOUR,), (FARM,), (HARBOUR,)]) == [(3, "question", "this record is")]
