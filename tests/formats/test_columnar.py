"""Parquet and Arrow files: nested and dictionary columns are read, and all but the changed texts stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shell import Workshop

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from corpus_lint.formats import columnar  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = pa.struct([pa.field("role", pa.string(), nullable=False), pa.field("content", pa.large_string())])
SCHEMA = pa.schema(
    [
        pa.field("id", pa.int64(), nullable=False, metadata={"note": "kept"}),
        pa.field("text", pa.string()),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
        pa.field("messages", pa.list_(MESSAGE)),
        pa.field("score", pa.float32()),
        pa.field("when", pa.timestamp("ns", tz="Asia/Shanghai")),
        pa.field("amount", pa.decimal128(20, 3)),
        pa.field("blob", pa.binary()),
        pa.field("pair", pa.list_(pa.string(), 2)),
    ],
    metadata={"huggingface": '{"info": 1}', "zh": "中文"},
)


def rows(count: int) -> list[dict[str, Any]]:
    made = []
    for n in range(count):
        messages = [{"role": "bad", "content": f"{n} bad"}, {"role": "user", "content": None}, None]
        made.append(
            {
                "id": n,
                "text": None if n == 2 else f"bad {n} 中文" if n % 2 else "good",
                "kind": "bad" if n % 3 else "good",
                "messages": [None, [], messages][n % 3],
                "score": n / 7,
                "when": None,
                "amount": None,
                "blob": bytes([n % 256, 0xFF]),
                "pair": [f"bad {n}", None] if n % 4 else None,
            }
        )
    return made


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def mended(value: Any) -> Any:
    return value.replace("bad", "") if isinstance(value, str) else value


def expected(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    new = []
    for row in made:
        messages = row["messages"] and [m and {**m, "content": mended(m["content"])} for m in row["messages"]]
        pair = row["pair"] and [mended(item) for item in row["pair"]]
        changed = {"text": mended(row["text"]), "kind": mended(row["kind"]), "messages": messages, "pair": pair}
        new.append({**row, **changed})
    return new


FIELDS = ("--field", "text", "--field", "kind", "--field", "messages.content", "--field", "pair")


@pytest.mark.parametrize("codec", ["zstd", "snappy", "gzip", "none"])
def test_parquet(codec: str, shop: Workshop) -> None:
    made = rows(50)
    table = pa.Table.from_pylist(made, SCHEMA)
    path = shop.folder / "a.parquet"
    codecs = {name: "none" if name == "id" else codec for name in ("id", "text", "kind", "score")}
    pq.write_table(table, path, row_group_size=17, compression=codecs, use_dictionary=["kind"], write_statistics=["id"])
    old = pq.ParquetFile(path)
    status, out, err = shop.run("--output-format", "json", "--select", "TST001", *FIELDS, "a.parquet")
    found = json.loads(out)
    assert status == 1, err
    assert [(d["line"], d["column"], d["record"], d["field"]) for d in found[:4]] == [
        (2, 1, 2, "text"),
        (2, 1, 2, "kind"),
        (2, 1, 2, "pair[0]"),
        (3, 1, 3, "kind"),
    ]
    status, _, err = shop.run("--fix", "--select", "TST001", *FIELDS, "a.parquet")
    assert "not fixed" not in err
    new = pq.ParquetFile(path)
    assert new.read().to_pylist() == pa.Table.from_pylist(expected(made), SCHEMA).to_pylist()
    assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
    assert new.schema.equals(old.schema)
    assert new.metadata.metadata == old.metadata.metadata
    assert [new.metadata.row_group(n).num_rows for n in range(3)] == [17, 17, 16]
    for number in range(new.metadata.num_columns):
        before, after = old.metadata.row_group(1).column(number), new.metadata.row_group(1).column(number)
        assert (before.compression, before.is_stats_set) == (after.compression, after.is_stats_set)
        assert before.encodings == after.encodings
    assert sorted(entry.name for entry in shop.folder.iterdir()) == ["a.parquet", "corpus-lint.toml"]


@pytest.mark.parametrize("kind", ["file", "stream"])
@pytest.mark.parametrize("codec", ["zstd", "lz4", None])
def test_arrow(kind: str, codec: str | None, shop: Workshop) -> None:
    made = rows(50)
    table = pa.Table.from_pylist(made, SCHEMA)
    path = shop.folder / "a.arrow"
    options = pa.ipc.IpcWriteOptions(compression=codec)
    make = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
    with make(path, SCHEMA, options=options) as writer:
        for number, batch in enumerate(table.to_batches(max_chunksize=20)):
            writer.write_batch(batch, custom_metadata={"number": str(number)})
    size = path.stat().st_size
    _, out, err = shop.run("--output-format", "json", "--select", "TST001", *FIELDS, "a.arrow")
    assert len(json.loads(out)) == 25 + 33 + 16 + 37, err
    _, _, err = shop.run("--fix", "--select", "TST001", *FIELDS, "a.arrow")
    assert "not fixed" not in err
    opened = pa.ipc.open_file(path) if kind == "file" else pa.ipc.open_stream(path)
    assert opened.schema.equals(SCHEMA, check_metadata=True)
    assert opened.read_all().to_pylist() == pa.Table.from_pylist(expected(made), SCHEMA).to_pylist()
    if kind == "file":
        assert opened.get_batch_with_custom_metadata(1).custom_metadata == {b"number": b"1"}
        assert [opened.get_batch(n).num_rows for n in range(3)] == [20, 20, 10]
    assert abs(path.stat().st_size - size) < size * 0.2, "compressed as it was"


def test_missing_texts_are_findings(shop: Workshop) -> None:
    pq.write_table(pa.table({"text": ["good", None, "bad"], "id": [1, 2, 3]}), shop.folder / "a.parquet")
    status, _, err = shop.run("a.parquet")
    assert status == 2
    assert "a.parquet:2: error: the record has no text in the field" in err
    assert shop.run("--field", "id", "a.parquet")[0] == 2
    assert "no column" in shop.run("--field", "content", "a.parquet")[2]
    said = pa.struct([("content", pa.string()), ("at", pa.int64())])
    messages = pa.array([[{"content": "good", "at": 1}]], pa.list_(said))
    pq.write_table(pa.table({"id": [1], "messages": messages, "title": ["good"]}), shop.folder / "c.parquet")
    for field, what in (
        ("messages", "no record has a text"),
        ("id", "no record has a text"),
        ("no", "there is no column"),
    ):
        said_of = shop.run("--field", field, "c.parquet")[2]
        assert what in said_of
        assert '; its fields are "messages.content", "title": name the one that holds the text with --field' in said_of
    (shop.folder / "b.parquet").write_bytes(b"PAR1 and no more")
    assert "cannot be read as Parquet" in shop.run("b.parquet")[2]


def test_the_diff_shows_the_texts(shop: Workshop) -> None:
    pq.write_table(pa.table({"text": ["good", "a bad day"]}), shop.folder / "a.parquet")
    before = (shop.folder / "a.parquet").read_bytes()
    _, out, _ = shop.run("--diff", "a.parquet")
    assert " record 2, text:\n-a bad day\n+a  day\n" in out
    assert (shop.folder / "a.parquet").read_bytes() == before


TEXT = st.none() | st.text("ab中", max_size=3)
NESTED = {
    "text": (pa.string(), TEXT),
    "list": (pa.list_(pa.large_string()), st.none() | st.lists(TEXT, max_size=3)),
    "dict": (pa.dictionary(pa.int32(), pa.string()), TEXT),
    "deep": (
        pa.large_list(pa.struct([("a", pa.struct([("b", pa.string())])), ("n", pa.int8())])),
        st.none()
        | st.lists(
            st.none()
            | st.fixed_dictionaries(
                {"a": st.none() | st.fixed_dictionaries({"b": TEXT}), "n": st.none() | st.integers(0, 9)}
            ),
            max_size=3,
        ),
    ),
}


@given(st.data(), st.sampled_from(sorted(NESTED)))
def test_only_the_chosen_strings_change(data: st.DataObject, name: str) -> None:
    kind, values = NESTED[name]
    column = data.draw(st.lists(values, max_size=6))
    array = pa.array(column, kind)
    found = columnar.texts(array, "a.b" if name == "deep" else "")
    assert len(found) == len(column)
    places = [((row, steps), text) for row, inner in enumerate(found) for steps, text in inner]
    chosen = data.draw(st.lists(st.sampled_from(places), unique_by=lambda item: item[0])) if places else []
    edits = {place: text + "!" for place, text in chosen}
    after = columnar.changed(array, edits, {})
    after.validate(full=True)
    assert after.type == kind
    again = columnar.texts(after, "a.b" if name == "deep" else "")
    new = [((row, steps), text) for row, inner in enumerate(again) for steps, text in inner]
    assert new == [(place, edits.get(place, text)) for place, text in places]
    back = dict(chosen)
    assert columnar.changed(after, back, {}).to_pylist() == column
    part = array.slice(1)
    assert columnar.texts(part, "a.b" if name == "deep" else "") == found[1:]
