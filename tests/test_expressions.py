import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_lint_rules
from corpus_lint import cache, expressions

PATTERNS = [
    (r"(?P<year>\d{4})年|[\u4e00-\u9fff○◯〇]{2,}(?!某)", 0),
    ("[a-zé]+ß", re.IGNORECASE),
    (r"^ [一-龥]+ # a comment", re.VERBOSE | re.MULTILINE),
    (rb"\r(?:(?<!\r\r)\r*+\n)?|\n", 0),
    ("(?i:x)(y)?(?(1)z|w)", 0),
]


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    _forget()
    yield
    _forget()


def _forget():
    expressions._compiled.cache_clear()
    expressions._shelf.cache_clear()


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_kept_expression_is_the_same(pattern, flags, monkeypatch):
    expressions.compile(pattern, flags)
    expressions.keep()
    _forget()
    monkeypatch.setattr(expressions, "_numbers", None)
    kept = expressions.compile(pattern, flags)
    assert kept == re.compile(pattern, flags)
    assert (kept.flags, kept.groups, kept.groupindex) == (
        re.compile(pattern, flags).flags,
        re.compile(pattern, flags).groups,
        re.compile(pattern, flags).groupindex,
    )


@given(st.text("0129年月某一二○aßÉ \n", max_size=20))
def test_kept_expression_finds_the_same(text):
    for pattern, flags in PATTERNS[:3]:
        found = [match.span() for match in expressions.finditer(pattern, text, flags)]
        assert found == [match.span() for match in re.finditer(pattern, text, flags)]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff" * 40])
def test_damaged_cache_is_made_anew(damage):
    cache.write(expressions.KIND, expressions._key(), damage)
    assert expressions.search("[一-龥]", "中")


def test_numbers_of_another_python_are_refused():
    expressions.compile("ab*")
    shelf = expressions._shelf()
    flags, _, *rest = shelf.codes["ab*", 0]
    shelf.codes["ab*", 0] = (flags, b"\7\0\0\0" * 5, *rest)
    expressions._compiled.cache_clear()
    assert expressions.fullmatch("ab*", "abbb")


def test_python_with_other_inner_parts(monkeypatch):
    monkeypatch.setattr(expressions, "import_module", lambda name: object())
    assert expressions.findall("b+", "abba") == ["bb"]


def test_wrong_pattern():
    with pytest.raises(expressions.error):
        expressions.compile("(")


def test_cache_does_not_grow_without_bound(monkeypatch):
    monkeypatch.setattr(expressions, "LIMIT", 10)
    expressions.compile("old")
    expressions.keep()
    _forget()
    expressions.compile("new")
    expressions.keep()
    _forget()
    assert list(expressions._shelf().codes) == [("new", 0)]


def test_run_keeps_what_it_has_compiled(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("据xx省教育厅消息,今年20xx年x月起施行。\n", "utf-8")
    command = [sys.executable, "-m", "corpus_lint", "--isolated", str(page)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1
    assert any(path.name.startswith(expressions.KIND) for path in tmp_path.iterdir())


def test_rules_compile_nothing_that_is_not_kept():
    rules = Path(corpus_lint_rules.__file__).parent
    modules = [path for path in rules.rglob("*.py") if not path.name.startswith("make_")]
    assert [path.name for path in modules if re.search(r"^ *import re$", path.read_text("utf-8"), re.MULTILINE)] == []
