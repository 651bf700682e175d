"""Every format read as a stream and written with nothing else touched."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
from typing import TYPE_CHECKING

import pytest
from tests.shell import Workshop

from corpus_lint import reading
from corpus_lint.formats import by_content, by_name
from corpus_lint.reading import Reader, ReadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

zstandard = pytest.importorskip("zstandard")

PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, 9, mtime=1234),
    ".bz2": lambda data: bz2.compress(data, 5),
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(level=19, write_checksum=True).compress,
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}

JSON_ARRAY = """[
  {"id": 1.0, "text": "a \\u4e2d bad day", "big": 123456789012345678901234567890},
  {"text": "good", "n": 1e5 , "x": [ 1,2 ]},

  { "id": 3, "text" : "so bad", "text2": "bad" }
]
"""
ROWS = 'id,"text",note\r\n1,a bad day,bad\r\n2,"bad, ""quoted"", bad\r\nnext bad",x\r\n3,good,"bad"\r\n'
CASES = {
    "a.jsonl": (
        '{"id": 1.0, "text": "a \\u4e2d bad day"}\r\n\n{"text":"good","n":1e5}\n{"text2": "bad", "text": "bad"}',
        '{"id": 1.0, "text": "a \\u4e2d  day"}\r\n\n{"text":"good","n":1e5}\n{"text2": "bad", "text": ""}',
        [(1, 31), (4, 27)],
    ),
    "a.json": (JSON_ARRAY, JSON_ARRAY.replace("bad day", " day").replace("so bad", "so "), [(2, 33), (5, 27)]),
    "a.csv": (
        ROWS,
        ROWS.replace("a bad day", "a  day").replace('"bad, ""quoted"", bad\r\nnext bad"', '", ""quoted"", \r\nnext "'),
        [(2, 5), (3, 4), (3, 21), (4, 6)],
    ),
    "a.tsv": (
        'text\tid\nsaid "bad"\t1\n"bad\t2\nbad\t"bad"\n"bad"" x"\t4\n',
        'text\tid\nsaid ""\t1\n"\t2\n\t"bad"\n""" x"\t4\n',
        [(2, 7), (3, 2), (4, 1), (5, 2)],
    ),
    "a.txt": ("good\r\na bad day\n", "good\r\na  day\n", [(2, 3)]),
    "a.md": ("# good\na bad day", "# good\na  day", [(2, 3)]),
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("chunk", [1 << 18, 5])
def test_found_and_fixed(name: str, packing: str, chunk: int, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SEGMENT", chunk)
    before, after, places = CASES[name]
    path = shop.write(name + packing, PACK[packing](before.encode()))
    status, out, err = shop.run("--output-format", "json", "--select", "TST001", path.name)
    assert [(item["line"], item["column"]) for item in json.loads(out)] == places, err
    assert status == 1
    shop.run("--fix", "--select", "TST001", path.name)
    written = path.read_bytes()
    assert UNPACK[packing](written).decode() == after
    if packing == ".gz":
        assert written[4:9] == b"\xd2\x04\0\0\2", "the time and the level stay"
    if packing == ".bz2":
        assert written[3:4] == b"5"
    if packing == ".zst":
        assert zstandard.get_frame_parameters(written).has_checksum


def test_formats_are_guessed() -> None:
    assert by_name("x/CC-MAIN.warc.wet.gz") == ("warc", "gzip")
    assert by_name("a.JSONL.zst") == ("jsonl", "zstd")
    assert by_name("a.data") == (None, None)
    assert by_content(b'{"text": "x"}\n{') == "jsonl"
    assert by_content(b'{"text": "a long lin') == "jsonl"
    assert by_content(b'{\n "text": "x"') == "json"
    assert by_content(b' [\n{"text"') == "json"
    assert by_content(b"[1] a footnote") is None
    assert by_content(b'{"text": "x"}', is_named=True) is None


def test_content_tells_where_the_name_does_not(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    record = b'{"text": "bad"}\n'
    shop.write("data", gzip.compress(record))
    assert shop.found("data") == [("data", 1, "bad")]
    for data in (record, bz2.compress(record)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert shop.found("-") == [("-", 1, "bad")]
    shop.write("a.txt", record)
    assert shop.run("--output-format", "json", "a.txt")[1].count('"record": null') == 1
    assert shop.run("--output-format", "json", "--format", "jsonl", "a.txt")[1].count('"record": 1') == 1


def test_fields(shop: Workshop) -> None:
    shop.write(
        "a.jsonl",
        '{"meta": {"title": "bad 1"}, "messages": [{"role": "bad", "content": "bad 2"}, {"content": ["bad 3"]}]}\n'
        '{"meta": null, "messages": [], "meta.title": "bad 4"}\n',
    )
    arguments = ("--select", "TST001", "--field", "meta.title", "--field", "messages.content", "a.jsonl")
    status, out, _ = shop.run("--output-format", "json", *arguments)
    assert status == 1
    found = [(item["record"], item["field"], item["column"]) for item in json.loads(out)]
    assert found == [
        (1, "meta.title", 21),
        (1, "messages[0].content", 71),
        (1, "messages[1].content[0]", 94),
        (2, "meta.title", 47),
    ]
    shop.run("--fix", *arguments)
    assert shop.read("a.jsonl") == (
        '{"meta": {"title": " 1"}, "messages": [{"role": "bad", "content": " 2"}, {"content": [" 3"]}]}\n'
        '{"meta": null, "messages": [], "meta.title": " 4"}\n'
    )


def test_a_field_that_is_named_twice_is_one(shop: Workshop) -> None:
    shop.write("a.jsonl", '{"text": "bad"}\n')
    status, out, _ = shop.run("--select", "TST001", "--field", "text", "--field", "text", "--fix", "a.jsonl")
    assert (status, shop.read("a.jsonl")) == (0, '{"text": ""}\n')
    assert "1 document in 1 file read" in out


def test_a_field_without_a_name_is_no_wanted_one(shop: Workshop) -> None:
    """Tables that pandas or `csv` wrote as records have their index in one."""
    shop.write("a.jsonl", '{"": "0", "title": "bad 1", "body": "bad 2"}\n')
    _, out, _ = shop.run("--output-format", "json", "--select", "TST001", "--field", "title", "--field", "body", ".")
    assert [item["field"] for item in json.loads(out)] == ["title", "body"]


def problems(path: Path, **options: object) -> list[tuple[int, str]]:
    reader = Reader(str(path), **options)  # type: ignore[arg-type]
    texts = [document.text for document in reader.documents()]
    assert texts == ["one", "two", "three"][: len(texts)]
    return [(problem.document.first_line, problem.reason) for problem in reader.problems]


def test_broken_records_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n {"text": "one"}\n {"text": "two"},\n {"text": tru},\n {"text": "three"},\n {"text": "four\n]')
    found = problems(path)
    assert [line for line, _ in found][:3] == [3, 4, 6], found
    assert "no comma" in found[0][1]
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,one\n2,"unended\n3,two,more\n4,two\n5,"x"y\n6\n7,three\n')
    reader = Reader(str(path))
    assert [document.text for document in reader.documents()] == ["one", "two", "xy", "three"]
    assert [problem.document.first_line for problem in reader.problems] == [3, 4, 7]
    path = tmp_path / "b.json"
    path.write_text('{"text": "one"}\n{"text": "two"\n}\n{"text": "x"\n{"text": "three"}\n')
    assert [line for line, _ in problems(path)] == [4]


def test_files_without_the_field(shop: Workshop) -> None:
    shop.write("a.csv", "id,content\n1,bad\n")
    status, _, err = shop.run("a.csv")
    assert status == 2
    assert 'no column "text"; its columns are "id", "content"' in err
    for arguments in (("--no-cache", "."), (".",), ("--jobs", "2", ".")):
        status, out, err = shop.run(*arguments)
        assert status == 2, "nothing was read"
        assert 'a.csv: error: there is no column "text"; its columns are "id", "content": name the one' in err
        assert "No findings" not in out
    shop.write("a.txt", "good")
    status, out, err = shop.run(".")
    assert (status, err) == (0, "")
    assert "1 without text fields" in out
    assert "Not read, as no field of texts was found: a.csv; name theirs with --field, or exclude them." in out
    assert shop.found("--field", "content", ".") == [("a.csv", 2, "bad")]
    shop.write("b.csv", "bad;x\ny;2\n")
    assert shop.found("--field", "1", "b.csv") == [("b.csv", 1, "bad")]


def test_fields_are_told_as_they_can_be_named(shop: Workshop) -> None:
    record = {"id": 5, "kind": "x", "turns": [{"who": "me", "said": {"en": "bad"}}, {"more": "x"}]}
    shop.write("a.jsonl", json.dumps(record))
    status, _, err = shop.run("--field", "said", "a.jsonl")
    assert (status, 'its fields are "kind", "turns.who", "turns.said.en": name' in err) == (2, True)


def test_damaged_compression_is_an_error(tmp_path: Path) -> None:
    for packing in (".gz", ".bz2", ".xz", ".zst"):
        path = tmp_path / f"a.txt{packing}"
        path.write_bytes(PACK[packing](bytes(range(256)).hex().encode() * 99)[:-30])
        with pytest.raises(ReadError, match="damaged or cut off"):
            list(Reader(str(path)).documents())


@pytest.mark.parametrize("packing", [".gz", ".bz2", ".xz", ".zst"])
def test_all_streams_of_a_compressed_file_are_read(packing: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.jsonl{packing}"
    one, two = (PACK[packing](f'{{"text": "{word}"}}\n'.encode()) for word in ("one", "two"))
    padding = b"\0" * 8 if packing == ".xz" else b""
    path.write_bytes(one + padding + two + padding)
    assert [document.text for document in Reader(str(path)).documents()] == ["one", "two"]
    path.write_bytes(one + b"what is this?")
    with pytest.raises(ReadError, match="damaged or cut off"):
        list(Reader(str(path)).documents())


@pytest.mark.parametrize("encoding", ["gbk", "utf-16-le", "utf-8"])
def test_another_encoding_met_late(
    encoding: str, tmp_path: Path, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SEGMENT", 300)
    monkeypatch.setattr(reading, "WHOLE", 6000)
    lines = [json.dumps({"id": n, "text": "plain"}) for n in range(100)]
    late = [
        json.dumps({"id": n, "text": f"春天的早晨，公园里有许多人在散步 {n}"}, ensure_ascii=False) for n in range(400)
    ]
    data = "\n".join(lines + late).encode(encoding)
    if encoding == "utf-8":
        data = data.replace("公园里有许多人在散步 300".encode(), b"\xe5\x85\xac\xe5\x9b bad")
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    reader = Reader(str(path))
    documents = list(reader.documents())
    assert len(documents) == 500
    assert documents[450].text.endswith("散步 350")
    assert not reader.problem_count
    assert documents[400].first_line == 401
    decoding = reader.source.decoding
    if encoding == "utf-8":
        assert [bad.line for bad in decoding.bad] == [401]
        assert documents[400].text == "春天的早晨，公\udce5\udc9b bad"
        assert shop.run("--fix", "--select", "TST001", "a.jsonl")[0] == 0
        assert path.read_bytes() == data.replace(b"bad", b"")
    else:
        assert decoding.encoding in (encoding, "gb18030")


def test_what_fuzzing_found(tmp_path: Path, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark and then a bad byte; quotation marks that are mere text; a string that does not end on its line."""
    monkeypatch.setattr(reading, "SEGMENT", 7)
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfid,text\n1,ascii only\n2,bad \xff here\n3,last\n")
    assert [d.text for d in Reader(str(path)).documents()] == ["ascii only", "bad \udcff here", "last"]
    shop.run("--fix", "--select", "TST001", "a.csv")
    assert path.read_bytes() == b"\xef\xbb\xbfid,text\n1,ascii only\n2, \xff here\n3,last\n"
    path = tmp_path / "a.tsv"
    path.write_text('text\tid\n"so" he said\t1\n"whole"\t2\n"open\t3\n')
    assert [d.text for d in Reader(str(path)).documents()] == ['"so" he said', "whole", '"open']
    path.write_text('text\tid\n"two\nlines"\t"3\nnext\t4\n')
    assert [d.text for d in Reader(str(path)).documents()] == ["two\nlines", "next"]
    monkeypatch.setattr(reading, "SEGMENT", 64)
    path = tmp_path / "a.csv"
    path.write_text('text;n\n"a;b;1\n锟斤拷c;2\n', encoding="utf-8")
    assert [d.text for d in Reader(str(path)).documents()] == ["锟斤拷c"]
    path = tmp_path / "a.json"
    path.write_text('{"text: "one"}\n{\n "text": "two"\n}\n')
    assert [d.text for d in Reader(str(path)).documents()] == ["two"]


def test_every_key_and_what_jq_writes(shop: Workshop) -> None:
    data = '{"data": {"1": {"q": "bad", "a": ["good", "bad"]},\n "2": {"q": 5, "a": ["bad \\u4e2d"]}}, "q": "bad"}'
    shop.write("a.json", data)
    fields = ("--field", "data.*.q", "--field", "data.*.a[]", "--field", "data.*.*")
    assert shop.found(*fields, "a.json") == [("a.json", 1, "bad"), ("a.json", 1, "bad"), ("a.json", 2, "bad")]
    shop.run("--fix", *fields, "a.json")
    assert shop.read("a.json") == data.replace("bad", "").replace('"q": ""}', '"q": "bad"}')


def test_every_key_of_columns(shop: Workshop) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"said": {"en": "bad", "zh": [{"v": "a bad day"}]}}, {"said": None}, {"said": {"en": None, "zh": []}}]
    table = pyarrow.table({"said": [row["said"] for row in rows], "other": ["bad"] * 3})
    parquet.write_table(table, shop.folder / "a.parquet")
    other = ("--field", "other")
    assert len(shop.found("--field", "said.*", "--field", "said.*.v", "--field", "said[].en", *other, "a.parquet")) == 5
    assert len(shop.found("--field", "*", "a.parquet")) == 3
    assert len(shop.found("--field", "*.en", *other, "a.parquet")) == 4
    shop.run("--fix", "--field", "said.*", "--field", "said.*.v", "a.parquet")
    said = parquet.read_table(shop.folder / "a.parquet").column("said").to_pylist()
    assert said == [{"en": "", "zh": [{"v": "a  day"}]}, *(row["said"] for row in rows[1:])]


def test_lists_of_strings_are_texts(shop: Workshop) -> None:
    shop.write("a.json", '[["good", "bad"], ["bad", 1, [null, "bad"]]]')
    assert len(shop.found(".")) == len(shop.found("a.json")) == 3


def test_what_holds_no_texts_ends_nothing(shop: Workshop) -> None:
    for number, data in enumerate(("[[1, 2], [3, 4]]", "[1, 2]", '{"a": {"b": 1}}', "5", '[{"a": [1]}, [], null]')):
        shop.write(f"{number}.json", data)
    status, _, err = shop.run(".")
    assert status == 2
    assert [line.partition(": error: ")[0] for line in err.splitlines()] == ["0.json", "1.json", "2.json", "3.json"]
    assert "0.json: error: it holds no texts" in err
    assert 'its fields are "a"' in err
    assert "3.json: error: likewise; 2 files are not told one by one" in err
    shop.write("a.jsonl", '{"text": "bad"}')
    status, out, err = shop.run(".")
    assert (status, err) == (1, "")
    assert "0.json, 1.json, 2.json and 2 more; name theirs" in out
    assert shop.run("0.json")[0] == 2


def test_where_there_is_nothing_to_read_nothing_is_clean(shop: Workshop) -> None:
    shop.write("sub/image.png", b"x")
    status, out, _ = shop.run("sub")
    assert status == 0
    assert out.startswith(
        "Nothing was read: there is no file of a corpus there.\n0 documents in 0 files read, 1 skipped"
    )


def test_files_without_texts_are_known_again(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint import run

    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 0)
    shop.write("a.csv", "id,content\n1,bad\n")
    shop.write("a.txt", "good")
    told = {shop.run(".")[1] for _ in range(3)}
    assert len(told) == 1
    assert "found: a.csv; name" in told.pop()
    shop.write("a.txt", "bad")
    assert "found: a.csv; name" in shop.run(".")[1]


def test_cells_in_single_quotation_marks(shop: Workshop) -> None:
    rows = "".join(f"{n};'\"bad; it''s a fine day today {n}\nbad'\n" for n in range(3))
    for data, field in ((rows, "2"), (f"id;'text'\n{rows}", "text"), (f"id;text\n{rows}", "text")):
        shop.write("a.csv", data)
        for ask in ((), ("--field", field)):
            assert len(shop.found(*ask, "a.csv")) == 6
        shop.run("--fix", "--field", field, "a.csv")
        assert shop.read("a.csv") == data.replace("bad", "")
    shop.write("d.csv", 'id,text\r1,bad\r2,"bad\nbad"\r3,good\r')
    assert len(shop.found("d.csv")) == 3
    shop.write("e.csv", 'id,text,x\r1,"bad\nbad","\n\n"\r2,bad,\r')
    assert [line for _, line, _ in shop.found("e.csv")] == [2, 3, 6]
    # A stray mark makes rows uneven: that is no sign of another mark.
    shop.write("c.csv", 'text;n\n\n"a;\nbad";1"\nc;2\n')
    assert len(shop.found("--field", "text", "c.csv")) == 1
    shop.write("b.csv", "id,text\n1,'tis bad\n2,\"it's, 'bad\"\n3,bad's\n")
    assert len(shop.found("b.csv")) == 3
