"""MOJ007 beyond its examples."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.finding import Applicability, Confidence
from corpus_lint.testing import find, fix
from corpus_lint_rules.moj.binary_debris import BinaryDebris

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    return buffer.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "latin-1", "gbk"])
@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE, "Office"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF"),
        (archive(), "zip"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01", "JPEG"),
        (b"{\\rtf1\\ansi\\ansicpg936 {\\fonttbl}\\par }", "rich-text"),
        (b"\x7fELF\x02\x01\x01", "Linux"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_binary_file_as_text_is_one_finding(data: bytes, word: str, codec: str) -> None:
    results = find(BinaryDebris, data.decode(codec, "replace"))
    assert len(results) == 1
    assert word in results[0].finding.message
    assert results[0].finding.fix is None


def test_fill_is_one_finding_however_often_it_stands() -> None:
    (result,) = find(BinaryDebris, "甲" + "烫" * 40 + "\n乙" + "烫" * 60 + "\n丙" + "烫" * 30)
    assert result.finding.occurrences == 3
    assert "60 times 烫" in result.finding.message


@pytest.mark.parametrize(("number", "confidence"), [(4, None), (5, Confidence.MEDIUM), (15, Confidence.MEDIUM)])
def test_short_runs_may_be_a_joke(number: int, confidence: Confidence | None) -> None:
    found = [result.finding.confidence for result in find(BinaryDebris, "输出" + "屯" * number)]
    assert found == ([confidence] if confidence else [])


words = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz ."), min_size=8, max_size=30)


@settings(deadline=None)
@given(words, st.sampled_from(["", "春天来了，", "最近一刀，"]))
def test_swapped_bytes_are_put_back(text: str, before: str) -> None:
    damaged = text.encode("utf-16-le").decode("utf-16-be")
    assert fix(BinaryDebris, before + damaged) in (before + text, before + damaged)
    if len(set(text)) > 5 and text.replace(" ", "").replace(".", "").isalpha() and " " not in text and "." not in text:
        rare = sum(1 for c in damaged if not b"\xb0" <= c.encode("gb2312", "ignore")[:1] <= b"\xd7")
        if rare * 2 > len(text) and set(text) & set("tinors"):
            assert fix(BinaryDebris, before + damaged) == before + text


@settings(deadline=None)
@given(st.from_regex(r"\A[A-Za-z][a-z]{1,8} [a-z]{1,8}\Z"), st.sampled_from(["", "第一行\n"]))
def test_a_mark_read_as_gbk_is_removed(text: str, before: str) -> None:
    damaged = ("\ufeff" + text).encode().decode("gbk")
    assert fix(BinaryDebris, before + damaged) == before + text


def test_a_byte_that_is_no_utf8_behind_the_mark_is_no_character_of_it() -> None:
    assert not find(BinaryDebris, "锘\udcbf正文在这里。\n")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_english_read_as_utf16_is_read_in_its_own_order(codec: str) -> None:
    text = " The harbour is where the boats come in before sunrise, and her letters were read there."
    assert fix(BinaryDebris, "早市\n" + text.encode("ascii").decode(codec)) == "早市\n" + text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_language_that_is_not_english_is_not_read_safely(codec: str) -> None:
    text = "la lista de los cambios que se han hecho en el archivo es la que se ve aqui en todo "
    for result in find(BinaryDebris, text.encode("ascii").decode(codec)):
        assert result.finding.fix is None or result.finding.fix.applicability is Applicability.UNSAFE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_without_small_words_of_english_the_order_of_bytes_is_not_known(codec: str) -> None:
    text = "pouze kdyz se soubory ulozene v repozitari zmeni a jen server je nabidne"
    (result,) = find(BinaryDebris, text.encode("ascii").decode(codec))
    assert result.finding.fix is not None
    assert result.finding.fix.applicability is Applicability.UNSAFE


def test_lost_text_is_one_finding() -> None:
    (result,) = find(BinaryDebris, "中文\ufffd\ufffd" * 30)
    assert result.finding.occurrences == 60
    assert find(BinaryDebris, "中文内容很长，只有几个字坏了" * 30 + "\ufffd" * 20) == []
