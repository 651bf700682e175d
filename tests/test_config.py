from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lint import packs
from corpus_lint.config import Settings, load
from corpus_lint.options import ConfigurationError
from tests import pack

RULES = list(packs._rules_of("tests.pack"))


def test_the_nearest_file_upwards_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus-lint.toml").write_text('text-field = "content"\n')
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    monkeypatch.chdir(tmp_path / "deep")
    assert load().text_field == "content"
    assert Path(load().root) == tmp_path
    (tmp_path / "deep" / "pyproject.toml").write_text('[tool.corpus-lint]\ntext-field = "body"\n')
    assert load().text_field == "body"
    assert load(isolated=True).text_field == "text"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('texd-field = "x"', "unknown key `texd-field`; did you mean `text-field`?"),
        ("pedantic = 3", "`pedantic`: Expected `bool`, got `int`"),
        ('output-format = "xml"', "`output-format`: Invalid enum value 'xml'"),
        ("select = [", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corpus-lint.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load(str(path))
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(ConfigurationError, match="No such file"):
        load("/no/such/file.toml")


def codes(**options: object) -> list[str]:
    return [rule.code for rule in packs.make(RULES, **options)]  # type: ignore[arg-type]


def test_selecting() -> None:
    assert codes() == ["TST001", "TST002", "TST003"]
    assert codes(select=["bad-word"]) == ["TST001"]
    assert codes(select=["TST"], ignore=["TST002"]) == ["TST001", "TST003"]
    assert codes(select=["TST002"], ignore=["TST"]) == ["TST002"]
    assert codes(ignore=["ALL"]) == []
    with pytest.raises(ConfigurationError, match=r"no rule is called `TST01`; did you mean `TST0"):
        codes(select=["TST01"])


def test_options_of_a_rule() -> None:
    (rule,) = packs.make(RULES, ["TST001"], (), {"TST001": {"word": "worse"}})
    assert isinstance(rule, pack.Word)
    assert rule.options.word == "worse"
    with pytest.raises(ConfigurationError, match=r"rules\.TST001: unknown key `wort`; did you mean `word`\?"):
        packs.make(RULES, tables={"TST001": {"wort": "x"}})
    with pytest.raises(ConfigurationError, match="no rule has the code `TST004`"):
        packs.make(RULES, tables={"TST004": {}})


def test_a_pack_that_is_not_there() -> None:
    with pytest.raises(ConfigurationError, match="rule pack `no_such_pack` cannot be imported"):
        packs.load(["no_such_pack"])


def test_a_pack_whose_example_does_not_fire_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_pack.py").write_text(
        "from corpus_lint.rule import Bad, PatternRule\n"
        "class R(PatternRule):\n"
        "    'It is.\\n\\nMore.'\n"
        "    code = 'BRK001'\n    name = 'broken'\n    pattern = 'x'\n    message = 'x'\n"
        "    examples = (Bad('⟦y⟧'),)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"rule BRK001: example 1 .*: found \['y'\]"):
        packs.load(["broken_pack"])


def test_every_setting_has_a_meaning() -> None:
    from typing import get_args

    from corpus_lint.options import hints

    for name, hint in hints(Settings).items():
        assert name == "root" or isinstance(get_args(hint)[-1], str), name
