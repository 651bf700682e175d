"""What a site says to its visitor: the phrases of ``page_lines.toml``, and on which pages they are looked for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import corpus_lint_rules.boi
from corpus_lint import testing
from corpus_lint_rules.boi import _forms as forms
from corpus_lint_rules.boi import _language as language
from corpus_lint_rules.boi import _phrases as phrases
from corpus_lint_rules.boi import _voice
from corpus_lint_rules.boi.furniture_run import FurnitureRun

FOLDER = Path(corpus_lint_rules.boi.__file__).parent
GROUPS = tomllib.loads((FOLDER / _voice.FILE).read_text("utf-8"))["group"]
MENU = "Home\nProducts\nSign in\nBasket\nSearch\nContact us\n"
TEXT = "We have made benches since 1948, and every one of them leaves our yard with a number on it. "


@pytest.mark.parametrize("group", GROUPS, ids=[group["name"] for group in GROUPS])
def test_a_group_is_sound(group: dict[str, list[str]]) -> None:
    assert len(group["phrases"]) == len(set(group["phrases"]))
    for written in group["phrases"]:
        expression = phrases.compiled(language.pattern_of(written))
        assert not any(expression.fullmatch(text) for text in ("", "他说", "hesaidso", "彼は言った", "онсказал")), (
            written
        )


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our weekly newsletter!",
        "Поля, отмеченные *, обязательны для заполнения",
        "登录后可发表评论",
        "28 reviews / 4.9 average",
        "50亿总阅读",
        "画面のトップへ戻る",
        "로그인 후 댓글을 작성하실 수 있습니다",
        "Pflichtfelder sind mit * markiert",
    ],
)
def test_what_a_site_says(text: str) -> None:
    assert _voice.voice().says(text)


@pytest.mark.parametrize(
    "text",
    [
        "He signed for the letter and read it twice.",
        "他登录以后写了一封很长的信。他说，村里的人都在等消息，谁也不敢先开口，直到天黑。",
        "The cookies were still warm.",
        "`Sign up for our newsletter`",
        "В наличии у него было три рубля, и он об этом никому не сказал, даже жене, которая, впрочем, знала.",
    ],
)
def test_what_an_author_says(text: str) -> None:
    assert not _voice.voice().says(text)


def found(text: str) -> list[str]:
    return [text[r.finding.start : r.finding.end] for r in testing.find(FurnitureRun, text)]


def test_it_is_looked_for_on_pages_only() -> None:
    said = "Exclusive offers for those who sit"
    assert found(f"A bench\n{MENU}{TEXT}\n{said}\n{TEXT}\n") == [MENU.strip(), said]
    assert found(f"A bench\n{TEXT}\n{said}\n{TEXT}\n") == []


@pytest.mark.parametrize(
    "text", ["December 13, 2025", "843-415-2447", "Mon - Fri: 9:00 am", "Start Now Today Start Now Today"]
)
def test_particulars_of_a_page(text: str) -> None:
    assert forms.is_particular(text)
    assert found(f"A bench\n{MENU}{TEXT}\n{text}\n{TEXT}\n") == [MENU.strip(), text]


@pytest.mark.parametrize(
    "text", ["1984", "3.14159", "2022年1月27日", "12 eggs", "Genesis 1:1-2:4a", "row row row your boat"]
)
def test_no_particulars(text: str) -> None:
    assert not forms.is_particular(text)


def test_products_between_their_buttons_are_left() -> None:
    products = "".join(f"Bench number {n}\nSolid oak, two seats\nAdd to cart\n" for n in "ABCDEF")
    kept = found(f"A bench\n{MENU}{TEXT}\n{products}{TEXT}\n")
    assert not any("oak" in text for text in kept)


def test_a_table_of_contents_ends_a_run() -> None:
    text = f"A bench\n{MENU}Table of contents\nChoosing the wood\nCutting\nFinishing\n{TEXT}\n"
    assert found(text) == [MENU.strip()]


def test_a_message_names_what_was_found() -> None:
    posts = "".join(f"Peter {n}, 9 Oct 2025, 10:1{n}\n{TEXT}\n" for n in range(4))
    messages = {r.finding.message.split(" (")[0] for r in testing.find(FurnitureRun, f"A bench\n{MENU}{TEXT}\n{posts}")}
    assert any("at every post" in message for message in messages)
    assert any(message.startswith("menu or button bar of 6 lines") for message in messages)
