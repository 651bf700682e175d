"""The pattern language of the phrase files, their triggers, and the files themselves."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from corpus_lint.document import Document
from corpus_lint.rule import Rule
from corpus_lint_rules.boi import _anchors as anchors
from corpus_lint_rules.boi import _deletion as deletion
from corpus_lint_rules.boi import _guards as guards
from corpus_lint_rules.boi import _language as language
from corpus_lint_rules.boi import _phrases as phrases
from corpus_lint_rules.boi import _signs as signs
from corpus_lint_rules.boi.document_mill_text import DocumentMillText
from corpus_lint_rules.boi.furniture_run import FurnitureRun
from corpus_lint_rules.boi.legal_or_source_line import LegalOrSourceLine
from corpus_lint_rules.boi.related_list import RelatedList
from corpus_lint_rules.boi.site_furniture import SiteFurniture

FOLDER = Path(phrases.__file__).parent
PHRASE_FILES = sorted(path.name for path in FOLDER.glob("*.toml") if "[[group]]" in path.read_text("utf-8"))
SIGN_FILES = sorted(path.name for path in FOLDER.glob("*.signs.toml"))
RULES: tuple[type[Rule], ...] = (SiteFurniture, DocumentMillText, LegalOrSourceLine, RelatedList)
"""The rules of whole-line phrases. The words of `FurnitureRun` are phrases only in a run."""


def book(*written: str, **settings: object) -> phrases.Book:
    group = phrases.make_group({"name": "test", "what": "test", "why": "test", **settings})
    parsed = [(0, language.parse(plain)) for phrase in written for plain in language.alternatives(phrase)]
    return phrases.Book(phrases.pack([group], parsed))


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("返回顶部", "返回顶部"),
        ("返回顶部", "返回頂部"),
        ("返回顶部", "【返回顶部】"),
        ("返回顶部", "  ▲ 返回顶部 \u3000"),
        ("字号:", "字號："),
        ("字号", "字號:"),
        ("版 权 所 有", "版 權 所 有"),
        ("阅读({n})", "閱讀（1,234）"),
        ("{n}<人浏览".replace("<", ""), "1.2万人浏览"),
        ("上一篇:……", "上一篇：他说：“好。”于是走了"),
        ("分享到{微信|微博}", "分享到微博"),
        ("当前位置:…", "当前位置：首页 > 新闻"),
        ("`发布时间`:{date}", "发布时间：2020-01-02 10:30:00"),
        ("发布时间:{date}", "发布时间：2020年1月2日"),
        ("来源:{name}{size}", "来源：范文站 6.05K"),
        ("关于我们", "關于我們"),
        ("关于我们", "關於我們"),
        ("leave a comment", "LEAVE A COMMENT"),
        ("добавить комментарий", "Добавить комментарий"),
        ("добавить комментарий", "ДОБАВИТЬ КОММЕНТАРИЙ"),
        ("[详细]", "[详细]"),
        ("字号", "字(zì)號(hào):"),
    ],
)
def test_matches(written: str, line: str) -> None:
    assert book(written).matches(line)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("返回顶部", "点击返回顶部"),
        ("返回顶部", "返回顶部的按钮"),
        ("[详细]", "详细"),
        ("当前位置:…", "当前位置：他站住了。然后走了。"),
        ("当前位置:…", "当前位置：就在门口。"),
        ("阅读({n})", "阅读（上）"),
        ("阅读{n}", "阅读 ①"),
        ("返回顶部", "## 返回顶部"),
        ("返回顶部", "| 返回顶部 |"),
        ("返回顶部", "[返回顶部](#top)"),
        ("leave a comment", "leave a comment please"),
        ("上一篇", "上 一 篇"),
    ],
)
def test_does_not_match(written: str, line: str) -> None:
    assert not book(written).matches(line)


def test_settings_of_a_group() -> None:
    assert not book("版权所有…", longest=6).matches("版权所有某某公司")
    assert not book("版权所有…", unless=["版权所有者"]).matches("版权所有者")
    assert not book("comments", colon=False).matches("Comments:")
    assert book("comments").matches("Comments:")


@pytest.mark.parametrize("wrong", ["{名}词", "…", "…的…", "{n}"])
def test_a_wrong_phrase_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        language.parse(wrong)


def test_a_wrong_group_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        phrases.make_group({"name": "a", "what": "a", "why": "a", "colour": "red"})
    with pytest.raises(ValueError, match="why"):
        phrases.make_group({"name": "a", "what": "a"})


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_a_phrase_file_is_sound(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    for table in tomllib.loads(text)["group"]:
        assert table["why"], table["name"]
        assert len(table["phrases"]) == len(set(table["phrases"])), table["name"]
        for guard in table.get("guards", ()):
            assert guards.guard(guard)
    if name == "page_lines.toml":
        return  # read in another way: `test_voice`
    loaded = phrases.load(str(FOLDER), name)
    for _, phrase in loaded.phrases:
        if phrase.pattern is not None:
            expression = phrases.whole_line(phrase.pattern)
            assert not expression.fullmatch(""), phrase
            assert not expression.fullmatch("他说"), phrase


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_phrases_are_written_folded(name: str) -> None:
    """In simplified characters and lower case; Japanese has forms of its own."""
    if ".zh." not in name:
        pytest.skip("not Chinese")
    for table in tomllib.loads((FOLDER / name).read_text("utf-8"))["group"]:
        for phrase in table["phrases"]:
            for run in re.findall(r"[\u3400-\u9fffA-Za-z]+", re.sub(r"\{[a-z?]+\}", "", phrase)):
                assert phrases.fold(run).text == run, phrase


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("首页\n登录\n注册\n新闻", ["首页\n登录\n注册\n新闻"]),
        ("首頁\n\n新聞\n\n登入\n\n註冊", ["首頁\n\n新聞\n\n登入\n\n註冊"]),
        ("首页\n新闻", []),
        ("首页\n新闻\n体育\n财经", []),
        ("首页\n登录\n他走进屋里，坐了下来。\n注册\n搜索", []),
        ("首页 | 新闻 | 登录 | 注册", ["首页 | 新闻 | 登录 | 注册"]),
        ("登录\n甲\n乙\n丙\n注册\n搜索\n首页", ["登录\n甲\n乙\n丙\n注册\n搜索\n首页"]),
        ("登录\n甲\n乙\n丙\n丁\n戊\n己\n注册\n搜索\n首页", ["登录\n甲\n乙\n丙\n丁\n戊\n己\n注册\n搜索\n首页"]),
        ("登录\n他来了！\n注册\n搜索\n首页", ["登录", "注册\n搜索\n首页"]),
        ("登录\n我的家在东北松花江上\n注册\n搜索\n首页", ["登录\n我的家在东北松花江上\n注册\n搜索\n首页"]),
        ("登录\n" + "我从前的家在东北，在松花江上的\n红\n" * 2 + "注册\n搜索\n首页", ["登录", "注册\n搜索\n首页"]),
        ("登录\n红酒\n白酒\n登录\n啤酒\n登录", []),
    ],
)
def test_runs(text: str, found: list[str]) -> None:
    from corpus_lint import testing

    for screened in (True, False):
        results = testing.find(FurnitureRun, text, screened=screened)
        assert [text[r.finding.start : r.finding.end] for r in results] == found


def test_options_of_a_run() -> None:
    from corpus_lint import testing

    rule = FurnitureRun(FurnitureRun.Options())
    rule.options.fewest_lines = 5
    assert not testing.find(rule, "首页\n登录\n注册\n搜索")


def test_options_of_a_list() -> None:
    from corpus_lint import testing

    rule = RelatedList(RelatedList.Options())
    rule.options.most_titles = 1
    text = "相关阅读\n第一个题目在这里\n第二个题目在这里"
    (result,) = testing.find(rule, text)
    assert text[: result.finding.end] == "相关阅读\n第一个题目在这里"


def test_no_line_belongs_to_two_rules() -> None:
    books = {rule.code: rule._book() for rule in RULES}  # type: ignore[attr-defined]
    for (one, first), (other, second) in combinations(books.items(), 2):
        shared = {p.text for _, p in first.phrases if p.pattern is None} & {
            p.text for _, p in second.phrases if p.pattern is None
        }
        assert not shared, (one, other)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_spelling_of_every_anchor_is_seen(rule: type[Rule]) -> None:
    """Triggers that hold others are left out; what is left must still fire."""
    instance = rule()
    triggers = instance.make_triggers()
    literals = [t.pattern.lower() for t in triggers if t.is_literal]
    index: dict[bytes, list[bytes]] = {}
    for pattern in literals:
        index.setdefault(pattern[:6], []).append(pattern)
    kept = set(triggers)
    for _, phrase in instance._book().phrases:  # type: ignore[attr-defined]
        for trigger in anchors.triggers_of(phrase.anchor):
            if trigger in kept or kept.issuperset(anchors.triggers_of(phrase.anchor.widest)):
                continue
            raw = trigger.pattern.lower()
            options = {raw} if trigger.is_literal else set(re.findall(rb"\(\?:(.*?)\)", raw)[0].split(b"|"))
            for form in options:
                assert any(
                    form.startswith(pattern, at)
                    for at in range(len(form))
                    for pattern in index.get(form[at : at + 6], ())
                ), form.decode()


def test_the_cache_gives_the_same_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    load = phrases.load.__wrapped__
    first, second = (load(str(FOLDER), "legal_or_source.zh.toml") for _ in range(2))
    assert list(tmp_path.iterdir())
    assert list(first.phrases) == list(second.phrases)
    assert list(first.groups) == list(second.groups)


@pytest.mark.parametrize("name", SIGN_FILES)
def test_the_cache_gives_the_same_judge(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    load = signs.load.__wrapped__
    first, second = (load(str(FOLDER), name) for _ in range(2))
    assert list(tmp_path.iterdir())
    assert first.kinds == second.kinds == signs.make_judge(str(FOLDER), name).kinds


@pytest.mark.parametrize(
    ("written", "line", "found"),
    [
        ("a{b|c}d", "xxacdxx", True),
        ("a{b|}d", "ad", True),
        ("a{b|c}d", "ad", False),
        ("{甲|乙}{n}", "乙12", True),
        ("{n}{甲|乙}", "丙12", False),
    ],
)
def test_the_texts_that_a_phrase_needs(written: str, line: str, found: bool) -> None:
    texts, pattern = language.needed(written)
    by_texts = any(text in line for text in texts) and (pattern is None or re.search(pattern, line) is not None)
    assert by_texts == found == (re.search(language.pattern_of(written), line) is not None)


@pytest.mark.parametrize("pattern", ["ab", ".*ab", "ab.*", "-ab", "ab。", "[^。]*ab", "(?:ab|-)"])
@pytest.mark.parametrize("line", ["ab", "-ab-", "--ab--", "x-ab", "ab-x", "ab。", "-" * 20 + "ab" + "-" * 20, "--"])
def test_a_whole_line_is_found_with_and_without_the_class_of_marks(pattern: str, line: str) -> None:
    assert phrases.is_whole_line(pattern, line) == (phrases.whole_line(pattern).fullmatch(line) is not None)


@pytest.mark.parametrize("name", SIGN_FILES)
def test_a_sign_file_is_sound(name: str) -> None:
    for kind in signs.load(str(FOLDER), name).kinds.values():
        names = {sign.name for sign in kind.signs} | {"series"}
        assert all(need <= names for need in kind.needs)
        assert any(sign.words for sign in kind.signs), "no sign makes a line worth a look"
        assert sum(sign.weight for sign in kind.signs) >= kind.sure >= kind.threshold
        assert all(sign.weight < kind.threshold for sign in kind.signs), "no sign is enough alone"


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("a\n\nX\n\nb\n", {"X"}, "a\n\nb\n"),
        ("X\n\na\n", {"X"}, "a\n"),
        ("a\nX\nb\n", {"X"}, "a\nb\n"),
        ("a\n\nX\n", {"X"}, "a\n"),
        ("a\n\nX", {"X"}, "a"),
        ("a\r\n\r\nX", {"X"}, "a"),
        ("a\n\nX\nX\n\nb\n", {"X"}, "a\n\nb\n"),
        ("a\n\nX\n\nX\n\nb\n", {"X"}, "a\n\nb\n"),
        ("X", {"X"}, ""),
        ("X\n", {"X"}, ""),
        ("a\rX\rb\r", {"X"}, "a\rb\r"),
    ],
)
def test_deletion(text: str, gone: set[str], left: str) -> None:
    document = Document(text)
    edits = [
        edit
        for line in document.lines()
        if line.text in gone
        for edit in deletion.delete_lines(document, line.index, line.index, goes=gone.__contains__).edits
    ]
    assert all(a.end <= b.start for a, b in pairwise(edits)), "edits overlap"
    assert document.edited(edits).text == left


@pytest.mark.parametrize("rule", [*RULES, FurnitureRun], ids=lambda rule: rule.code)
@pytest.mark.parametrize(
    "text",
    [
        "```\n版权所有 © 2019\n上一篇\n```",
        "---\ntitle: a\ntags: b\n返回顶部\n---\n正文",
        "摘要\n本文研究……\n关键词：文本；语料\n来源：本站\n参考文献\n[1] 某某",
        "ISBN 7-100-00000-0\n版权所有 翻印必究\n定价：10.00元\n责任编辑：王某",
        "第一条 为了保护著作权，制定本法。\n第二条 未经许可，不得转载。\n第三条 侵权的，应当删除。",
        "We wanted to write it\nlike this:\n",
        "相关阅读\n========\n\n某书",
        "- 首页\n- 登录\n- 注册\n- 搜索\n",
        "生词\n新闻\n体育\n音乐\n电影\n旅游\n",
        "def login():\n    search = home\n    return menu\n",
    ],
)
def test_documents_that_are_left_alone(rule: type[Rule], text: str) -> None:
    from corpus_lint import testing

    assert testing.find(rule, text) == []
