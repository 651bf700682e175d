"""Batches: a table of texts in, a table of findings out, the same as the command's."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import corpus_lint
from corpus_lint import RuleSet, batch, findings_schema, lint_batch, packs
from corpus_lint.cli import main
from corpus_lint.rule import Bad

if TYPE_CHECKING:
    from pathlib import Path

ACROSS = {"DUP002", "DUP003", "BOI010"}
"""Rules that compare texts."""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet(pedantic=True)


def of_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> set[tuple[Any, ...]]:
    main(["--isolated", "--pedantic", "--output-format", "json", "--ignore", ",".join(ACROSS), str(path)])
    found = json.loads(capsys.readouterr().out)
    names = ("field", "code", "text_line", "text_column", "text", "message", "severity", "confidence", "occurrences")
    return {
        (d["record"] - 1, *(d[name] for name in names), d["fingerprint"], d["fix"] and d["fix"]["message"])
        for d in found
    }


def of_the_batch(found: dict[str, list[Any]]) -> set[tuple[Any, ...]]:
    names = ("row", "field", "code", "line", "column", "text", "message", "severity", "confidence", "occurrences")
    return set(zip(*(found[name] for name in (*names, "fingerprint", "fix")), strict=True))


def examples() -> list[str]:
    texts = [e.text for rule in packs.load() for e in rule.examples if isinstance(e, Bad) and isinstance(e.text, str)]
    return sorted({text.replace("⟦", "").replace("⟧", "") for text in texts if text.isprintable() or "\n" in text})


def test_the_findings_are_those_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rules: RuleSet, seeds: list[Path]
) -> None:
    texts = [*examples()[::4], *(seed.read_text("utf-8") for seed in seeds)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    expected = of_the_command(tmp_path / "a.jsonl", capsys)
    found = of_the_batch(lint_batch({"text": texts}, rules))
    assert found <= expected
    # In two copies of a passage it may show that a word of the one is cut.
    assert {row[2] for row in expected - found} <= {"TXT008"}
    assert len(found) > 500


def test_rows_do_not_depend_on_their_batch(rules: RuleSet, seeds: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*examples()[::11], *(seed.read_text("utf-8") for seed in seeds[:2]), "", "好"] * 2
    whole = lint_batch({"text": texts}, rules)
    for row, text in enumerate(texts):
        alone = lint_batch({"text": [text]}, rules)
        mine = [number for number, other in enumerate(whole["row"]) if other == row]
        assert {name: [values[number] for number in mine] for name, values in whole.items() if name != "row"} == {
            name: values for name, values in alone.items() if name != "row"
        }
    monkeypatch.setattr(batch, "SLICE", 100)
    assert lint_batch({"text": texts}, rules) == whole


def test_fix_and_place(rules: RuleSet) -> None:
    found = lint_batch({"text": ["好\n今年以来有\u200b所下降"], "id": ["a"]}, RuleSet(select=["ENC"]), keys=["id"])
    assert [found[name] for name in ("id", "row", "line", "column", "start", "end")] == [["a"], [0], [2], [6], [7], [8]]
    assert found["applicability"] == ["safe"]
    assert found["edits"] == [[{"start": 7, "end": 8, "content": ""}]]
    assert list(found) == ["id", *(column.name for column in batch.COLUMNS)]


def test_nested_fields_and_nulls_of_plain_columns(rules: RuleSet) -> None:
    columns = {"messages": [[{"content": "xx省"}, {"content": None}], None, []], "text": ["xx县", None, "ok"]}
    found = lint_batch(columns, rules, fields=("messages.content", "text"))
    places = list(zip(found["row"], found["field"], found["text"], strict=True))
    assert places == [(0, "messages[0].content", "xx省"), (0, "text", "xx县")]


def test_a_repeat_inside_a_text_names_its_earlier_copy(rules: RuleSet) -> None:
    passage = "".join(chr(0x4E00 + 7 * number % 20000) for number in range(300))
    found = lint_batch({"text": [passage, f"开头。\n{passage}。\n{passage}"]}, RuleSet(select=["DUP"]))
    assert list(zip(found["row"], found["code"], found["start"], found["related_start"], strict=True)) == [
        (1, "DUP001", 306, 4)
    ]


def test_a_missing_column_is_named(rules: RuleSet) -> None:
    with pytest.raises(KeyError, match=r"no column 'text'; its columns are 'content'"):
        lint_batch({"content": ["a"]}, rules)
    with pytest.raises(KeyError, match="no column 'id'"):
        lint_batch({"text": ["a"]}, rules, keys=["id"])


@pytest.mark.parametrize(
    ("texts", "told"), [("one text", "is one text"), ([None, b"bytes"], "holds bytes"), (["a", 5], "holds a number, 5")]
)
def test_what_is_no_column_of_texts_is_named(texts: object, told: str, rules: RuleSet) -> None:
    with pytest.raises(TypeError, match=f"column 'text' {told}"):
        lint_batch({"text": texts}, rules)


def test_what_is_no_text_among_texts_is_passed_over(rules: RuleSet) -> None:
    assert lint_batch({"text": [None, float("nan"), "xx省"]}, rules)["row"] == [2]


class Labelled(list[object]):
    """A column as a pandas Series is one: asked for a number it gives the row of that label, not of that place."""

    def __getitem__(self, label: Any) -> Any:
        return super().__getitem__(len(self) - 1 - label)


def test_columns_are_read_in_their_order_whatever_labels_they_have(rules: RuleSet) -> None:
    found = lint_batch({"text": Labelled(["好", "xx省"]), "id": Labelled([7, 8])}, rules, keys=["id"])
    assert (found["row"], found["id"], found["text"]) == ([1], [8], ["xx省"])


def test_columns_of_unequal_length_are_told(rules: RuleSet) -> None:
    for columns in ({"text": ["xx省", "好"], "id": [7]}, {"text": ["好"], "id": [7, 8]}):
        with pytest.raises(ValueError, match=r"not of one length: 'text' has [12], 'id' has [12]"):
            lint_batch(columns, rules, keys=["id"])


def test_fields_and_keys_are_sequences_of_names(rules: RuleSet) -> None:
    for wrong in ({"fields": "text"}, {"keys": "text"}):
        with pytest.raises(TypeError, match=r"is 'text', not a sequence of texts; write \['text'\]"):
            lint_batch({"text": ["好"]}, rules, **wrong)


def test_a_field_that_is_named_twice_is_one(rules: RuleSet) -> None:
    assert lint_batch({"text": ["xx省"]}, rules, fields=["text", "text"])["row"] == [0]


def test_a_key_may_not_be_called_as_a_column_of_the_findings(rules: RuleSet) -> None:
    with pytest.raises(ValueError, match="the findings have a column 'name' of their own; rename that of the batch"):
        lint_batch({"text": ["xx省"], "name": ["a"]}, rules, keys=["name"])


def test_what_is_no_batch_is_told(rules: RuleSet) -> None:
    for wrong in (None, "xx省", ["xx省"], [{"text": "xx省"}]):
        with pytest.raises(TypeError, match="a batch is a table of Arrow or a mapping from names to columns, not a"):
            lint_batch(wrong, rules)


def test_a_rule_set_can_be_sent(tmp_path: Path) -> None:
    (tmp_path / "corpus-lint.toml").write_text(
        'select = ["OWN", "DUP"]\n[[rule]]\ncode = "OWN001"\npattern = "foo+"\nmessage = "foo"\nexamples = ["⟦foo⟧"]\n'
    )
    rules = RuleSet(str(tmp_path / "corpus-lint.toml"), options={"DUP001": {"shortest": 600}})
    sent = pickle.loads(pickle.dumps(rules))
    for one in (rules, sent):
        assert lint_batch({"text": ["fooo xx省"]}, one)["code"] == ["OWN001"]
    assert [rule.options.shortest for rule in sent.rules if rule.code == "DUP001"] == [600]


def test_a_wrong_rule_is_told_at_once() -> None:
    with pytest.raises(corpus_lint.options.ConfigurationError, match="NOSUCH"):
        RuleSet(select=["NOSUCH"])
    with pytest.raises(TypeError, match=r"select is 'MOJ', not a sequence of texts; write \['MOJ'\]"):
        RuleSet(select="MOJ")


def test_plain_columns_need_no_arrow() -> None:
    code = (
        "import sys, corpus_lint as c; c.lint_batch({'text': ['xx省']}, c.RuleSet()); print('pyarrow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


class TestArrow:
    pa = pytest.importorskip("pyarrow")

    def test_the_table_is_of_the_kind_of_the_batch(self, rules: RuleSet) -> None:
        pa = self.pa
        table = pa.table({"id": pa.array([7, 8, 9], pa.int32()), "text": pa.chunked_array([["xx省"], [None, "xx县"]])})
        found = lint_batch(table, rules, keys=["id"])
        assert isinstance(found, pa.Table)
        assert found.schema == findings_schema(table.schema, ["id"])
        assert found.column("id").to_pylist() == [7, 9]
        one = lint_batch(table.to_batches()[0], rules)
        assert isinstance(one, pa.RecordBatch)
        assert one.schema == findings_schema()
        one.validate(full=True)

    def test_no_finding_is_an_empty_table(self, rules: RuleSet) -> None:
        found = lint_batch(self.pa.table({"text": ["好", None]}), rules)
        assert found.num_rows == 0
        assert found.schema == findings_schema()
        assert lint_batch(self.pa.table({"text": self.pa.array([], self.pa.string())}), rules).num_rows == 0

    @pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
    def test_columns_of_any_kind_of_string(self, kind: str, rules: RuleSet) -> None:
        pa = self.pa
        texts = pa.array(["好", "xx省", "xx县"])
        texts = texts.dictionary_encode() if kind == "dictionary" else texts.cast(getattr(pa, kind)())
        table = pa.table({"text": texts}).slice(1)
        found = lint_batch(table, rules)
        assert found.column("text").to_pylist() == ["xx省", "xx县"]
        again = lint_batch(table.rename_columns(["content"]), rules, fields=["content"], keys=["content"])
        assert again.column("content").to_pylist() == ["xx省", "xx县"]
        assert again.schema.field("content").type == texts.type

    def test_a_column_that_cannot_hold_texts_is_named(self, rules: RuleSet) -> None:
        pa = self.pa
        for kind in (pa.binary(), pa.int64(), pa.list_(pa.int64())):
            with pytest.raises(TypeError, match=f"column 'text' holds {kind}".replace("<", ".")):
                lint_batch(pa.record_batch({"text": pa.nulls(1, kind)}), rules)
        assert lint_batch(pa.record_batch({"text": pa.nulls(1)}), rules).num_rows == 0

    def test_the_same_as_of_plain_columns(self, rules: RuleSet, seeds: list[Path]) -> None:
        texts = [*examples()[::9], *(seed.read_text("utf-8") for seed in seeds)]
        plain = lint_batch({"text": texts}, rules)
        assert lint_batch(self.pa.table({"text": texts}), rules).to_pydict() == plain
