from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lint import packs
from corpus_lint.config import Settings, load
from corpus_lint.options import ConfigurationError
from corpus_lint.toml_lines import line_of
from tests import pack
from tests.shell import Workshop

RULES = list(packs._rules_of("tests.pack"))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def test_the_nearest_file_upwards_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus-lint.toml").write_text('text-field = "content"\n')
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    monkeypatch.chdir(tmp_path / "deep")
    assert load().text_field == "content"
    assert Path(load().root) == tmp_path
    (tmp_path / "deep" / "pyproject.toml").write_text('[tool.corpus-lint]\ntext-field = "body"\n')
    assert load().named_fields == ["body"]
    assert load(isolated=True).named_fields == []


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus-lint.toml").write_text('text-field = "content"\n')
    (tmp_path / "deep" / ".corpus-lint.toml").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep")
    with pytest.raises(ConfigurationError, match=r"\.corpus-lint\.toml: .+; mend it, or use --isolated"):
        load()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('texd-field = "x"', ":1: unknown key `texd-field`; did you mean `text-field`?"),
        ('root = "x"', ":1: unknown key `root`"),
        ("\npedantic = 3", ":2: `pedantic` must be true or false, not 3"),
        ('select = "MOJ"', ':1: `select` must be a list of texts, as in ["one", "two"], not "MOJ"'),
        ('fail-on = "bad"', ':1: `fail-on` must be one of "note", "warning", "error", not "bad"'),
        ('jobs = 1\n[max-share]\nBOI = "x"', ':2: `max-share` must be a table of numbers, not {"BOI": "x"}'),
        ("select = [", ": not valid TOML"),
        ("pedantic = true\nselect = \n", ":2: not valid TOML: "),
        ("pedantic = true\n# \udcff", ":2: not valid TOML: not UTF-8; save the file as UTF-8"),
        ("\ufeffpedantic = 3", ":1: `pedantic` must be true or false, not 3"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corpus-lint.toml"
    path.write_text(text, errors="surrogateescape")
    with pytest.raises(ConfigurationError) as caught:
        load(str(path))
    assert str(caught.value).startswith(f"{path}{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('select = [\n"TST9"]', "c.toml:1: no rule is called `TST9`"),
        ('[per-file-ignores]\n"*.txt" = ["plh001"]', "c.toml:2: no rule is called `plh001`; did you mean `PLH001`?"),
        ("[max-share]\nBOI = 2", "c.toml:2: the share of `BOI` cannot be 2.0"),
        ("[rules.PLH001]\n\nx = 1", "c.toml:3: rules.PLH001: unknown key `x`"),
        ("[rules.masked-name]", "c.toml:1: rules: no rule has the code `masked-name`; did you mean `PLH001`?"),
        ("[rules.plh001]", "c.toml:1: rules: no rule has the code `plh001`; did you mean `PLH001`?"),
        (
            'packs = ["no_pack"]',
            "c.toml:1: rule pack `no_pack` cannot be imported: No module named 'no_pack'; install it",
        ),
        ('[[rule]]\ncode = "OWN001"\npattern = "x"\n[[rule]]\nx = 1', "c.toml:5: rule number 2: unknown key `x`"),
    ],
)
def test_what_names_no_rule_has_its_line(text: str, message: str, shop: Workshop) -> None:
    shop.write("c.toml", text)
    status, _, err = shop.run("--config", "c.toml", "a.txt")
    assert status == 2
    assert err.startswith(f"corpus-lint: error: {message}")


def test_an_option_is_named_when_it_is_wrong(shop: Workshop) -> None:
    shop.write("corpus-lint.toml", 'packs = ["tests.pack"]\nselect = ["TST"]')
    assert shop.run("--select", "FOO", "a.txt")[2].startswith("corpus-lint: error: --select: no rule is called `FOO`")
    assert shop.run("--max-share", "FOO=1", "a.txt")[2].startswith("corpus-lint: error: --max-share: no rule is called")


TOML = """\
a = 1
# b = 2
"b c" = [
  1,
]
d.e = { f = 1 }
[g]
h = 1
[g."i.j"]
k = 1
[[l]]
m = 1
[[l]]
n = 1
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("a",), 1),
        (("b",), 0),
        (("b c", 0), 3),
        (("d", "e", "f"), 6),
        (("g", "h"), 8),
        (("g", "i.j", "k"), 10),
        (("g", "i.j", "x"), 9),
        (("l", 0, "m"), 12),
        (("l", 1, "n"), 14),
        (("l", 1, "m"), 13),
    ],
)
def test_the_line_of_a_key(keys: tuple[str | int, ...], line: int) -> None:
    assert line_of(TOML, keys) == line


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
    with pytest.raises(
        ConfigurationError, match=r"rule pack `no_such_pack` cannot be imported: .*; install it, or put"
    ):
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


def test_a_pack_whose_rule_fails_on_its_example_is_told_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "failing_pack.py").write_text(
        "from corpus_lint.rule import Bad, LineRule, literal\n"
        "class R(LineRule):\n"
        "    'It is.\\n\\nMore.'\n"
        "    code = 'BRK001'\n    name = 'broken'\n    triggers = (literal('x'),)\n"
        "    examples = (Bad('⟦x⟧'),)\n"
        "    def check_line(self, line):\n        return 1 / 0\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    told = r"rule BRK001: example 1 .*: rule BRK001 failed: ZeroDivisionError: .* \(.*failing_pack\.py, line 9\)"
    with pytest.raises(ConfigurationError, match=told):
        packs.load(["failing_pack"])


def test_every_setting_has_a_meaning() -> None:
    from typing import get_args

    from corpus_lint.options import hints

    for name, hint in hints(Settings).items():
        assert isinstance(get_args(hint)[-1], str), name
