"""Which fields are taken for texts where none is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.shell import Workshop

from corpus_lint.formats.text_fields import of_json, of_values
from corpus_lint.reading import Reader

if TYPE_CHECKING:
    from pathlib import Path

LINES = ("The river was high that year.", "Nobody had seen the bridge before.", "She kept all of the letters.")
HAN = ("那一年的河水涨得很高。", "之前没有人见过那座桥。", "所有的信她都留着，一封也没有丢。")


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def of_records(*records: object) -> list[str]:
    in_lines = of_json("\n".join(json.dumps(record) for record in records).encode(), is_lines=True)
    in_list = of_json(json.dumps(records, ensure_ascii=False, indent=1).encode(), is_lines=False)
    assert list(in_lines) == list(in_list)
    return list(in_list)


@pytest.mark.parametrize("lines", [LINES, HAN])
def test_fields_that_read_like_text(lines: tuple[str, ...]) -> None:
    labels = ("sports news", "体育", "sports news")
    assert of_records(*({"id": str(n), "label": labels[n], "review": line} for n, line in enumerate(lines))) == [
        "review"
    ]
    turns = [{"from": "human", "value": line} for line in lines]
    assert of_records({"conversations": turns, "url": "https://example.org/a/b/c/d"}) == ["conversations.value"]
    assert of_records({"data": [{"qas": turns}]}) == ["data.qas.value"]
    prompts = ({"instruction": "Translate this into good plain English:", "output": line} for line in lines * 30)
    assert of_records(*prompts, {"instruction": "x", "output": lines[0] + "!"}) != ["instruction", "output"]
    assert of_records(*({"paragraphs": [[line], [line + "!"]], "tools": '{"name": "a b c d"}'} for line in lines)) == [
        "paragraphs"
    ]


def test_the_usual_field_where_there_is_one_and_where_nothing_reads_like_text() -> None:
    assert of_records({"title": LINES[0], "text": "x"}, {"title": LINES[1]}) == ["text"]
    assert of_records({"name": "corpus", "version": "1.0.0", "description": LINES[0]}) == ["text"]
    assert list(of_values({f"thing {n}": LINES for n in range(30)})) == ["text"]
    assert list(of_json(b"{\x00", is_lines=True)) == ["text"]


TABLES = [
    ("id,label,review\n1,good,{0}\n2,bad,{1}\n", ["review"]),
    ("{0}\t{1}\t3.5\n{1}\t{0}\t4\n", ["1", "2"]),
    ("1;{0}\n2;{1}\n", ["2"]),
    ("sep=;\nid;review\n1;{0}\n2;{1}\n", ["review"]),
    ('\n\n"sep=|"\n\nid|review\n1|{0}\n2|{1}\n', ["review"]),
]


@pytest.mark.parametrize(("table", "fields"), TABLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_columns_of_tables(table: str, fields: list[str], line_end: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table.format(*HAN).replace("\n", line_end).encode(encoding))
    reader = Reader(str(path), fields=())
    texts = [document.text for document in reader.documents()]
    assert (list(reader.fields), reader.problems) == (fields, [])
    assert len(texts) == 2 * len(fields)
    assert set(texts) == {HAN[0], HAN[1]}
    lines = [text.replace("\n", "") for text in table.format(*HAN).split("\n")]
    for document in Reader(str(path), fields=()).documents():
        assert document.text in lines[document.first_line - 1]


def test_a_text_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("## token\tlabel\n" + "".join(f"{word}\tO\tX\n" for word in LINES[0].split()) + f"{LINES[1]}\n" * 9)
    reader = Reader(str(path), fields=())
    with pytest.raises(Exception, match='no column "text"'):
        list(reader.documents())


def test_the_summary_names_them(shop: Workshop) -> None:
    shop.write(
        "a.jsonl", "".join(json.dumps({"id": n, "answer": f"bad {line}"}) + "\n" for n, line in enumerate(LINES))
    )
    for arguments in (("--no-cache", "."), (".",), (".",)):
        out = shop.run("--output-format", "concise", *arguments)[1]
        assert out.count("TST001") == 3
        assert "No field was named with --field; read as text: answer (1 file)." in out
    assert "No field" not in shop.run("--field", "answer", ".")[1]
    shop.write("b.jsonl", '{"text": "bad"}\n')
    assert "No field" not in shop.run("b.jsonl")[1]


def test_columns_of_parquet(shop: Workshop) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    feather, parquet = (pytest.importorskip(f"pyarrow.{name}") for name in ("feather", "parquet"))
    turns = [[{"role": "bad", "content": f"bad {line}"}] for line in LINES]
    table = pyarrow.table({"id": ["a", "b", "c"], "messages": turns})
    parquet.write_table(table, shop.folder / "a.parquet")
    feather.write_feather(table, shop.folder / "a.feather")
    for name in ("a.parquet", "a.feather"):
        assert shop.found(name) == [(name, line, "bad") for line in (1, 2, 3)]


SHAPES = [
    ({"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}]}, ["messages.content"]),
    (
        {"conversations": [{"from": "human", "value": "你好"}, {"from": "gpt", "value": "您好！"}]},
        ["conversations.value"],
    ),
    ({"instruction": "打个招呼", "input": "", "output": "您好！"}, ["instruction", "output"]),
    ({"id": 1, "prompt": "Hi", "completion": "Yes?"}, ["prompt", "completion"]),
    ({"prompt": "Hi", "chosen": "Yes?", "rejected": "No."}, ["prompt", "chosen", "rejected"]),
    (
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "image", "url": "x"}]}]},
        ["messages.content.text"],
    ),
]


@pytest.mark.parametrize(("record", "fields"), SHAPES)
def test_shapes_of_training_data_need_no_name(record: object, fields: list[str]) -> None:
    """However short the texts are, and with one record."""
    assert of_records(record) == fields


def test_labels_and_fixed_prompts_of_a_known_shape_are_no_texts() -> None:
    records = [{"instruction": "好评还是差评？", "input": f"第{n}间房", "output": "好评"} for n in range(30)]
    assert of_records(*records) == ["input"]


def test_an_input_that_is_empty_nearly_everywhere() -> None:
    records = [{"instruction": f"{line}{n}", "input": "", "output": line} for n in range(9) for line in LINES]
    assert of_records(*records, *({**records[0], "input": line} for line in LINES)) == [
        "instruction",
        "input",
        "output",
    ]


def test_keys_with_escapes() -> None:
    data = json.dumps([{"回答": line} for line in HAN])
    assert "\\u" in data
    assert list(of_json(data.encode(), is_lines=False)) == ["回答"]


def test_objects_by_ids() -> None:
    turns = {f"q{n}": {"question": f"{line} {n}", "answers": [{"body": line}]} for n, line in enumerate(LINES)}
    for data in (turns, {"version": "1", "data": turns}):
        path = "" if data is turns else "data."
        found = of_json(json.dumps(data).encode(), is_lines=False)
        assert list(found) == [f"{path}*.question", f"{path}*.answers.body"]
        cut = of_json(json.dumps(data).encode()[:-60], is_lines=False)
        assert list(cut) == list(found)
    words = {line.split()[n]: {"meaning": f"{line} {n}"} for line in LINES for n in range(4)}
    assert list(of_json(json.dumps(words).encode(), is_lines=False)) == ["*.meaning"]
    two = {"question": {"body": LINES[0]}, "answer": {"body": LINES[1]}}
    assert of_records(two, {**two, "answer": {"body": LINES[2]}}) == ["answer.body"]
    assert of_records(*({"text1": line, "text2": f"{line} {line}"} for line in LINES)) == ["text1", "text2"]
