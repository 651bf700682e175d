"""Long files cut into pieces for several processes: the same documents, and the same findings in the same order."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_lint import jobs, reading
from corpus_lint.formats import parting
from corpus_lint.pieces import PieceReader, Rejoined, cut
from corpus_lint.reading import Reader, ReadError
from tests.killer import KILLER
from tests.shell import Workshop

if TYPE_CHECKING:
    from pathlib import Path

    from corpus_lint.document import Document

FIELDS = ["text"]


def shown(document: Document) -> tuple[Any, ...]:
    record = document.record
    return (
        document.text,
        document.data,
        document.well_formed,
        document.errors,
        document.first_line,
        document.first_column,
        document.file_start,
        None if record else document.index,
        (record.number, record.field, record.size) if record else None,
        [document.file_position(offset) for offset in (0, len(document.text))],
    )


def whole(path: Path, form: str = "") -> tuple[Any, ...]:
    reader = Reader(str(path), fields=FIELDS, form=form)
    documents, error = [], ""
    try:
        documents += map(shown, reader.documents())
    except ReadError as caught:
        error = f"{type(caught).__name__}: {caught}"
    return documents, *told(reader, error)


def told(reader: Reader, error: str) -> tuple[Any, ...]:
    problems = [(shown(document), reason) for document, reason in reader.problems]
    return reader.source if not error else None, reader.problem_count, problems, error


def in_pieces(path: Path, size: int, form: str = "") -> tuple[int, tuple[Any, ...]]:
    """How many pieces there are, and the same as `whole` of them."""
    pieces = list(cut(Reader(str(path), fields=FIELDS, form=form), lambda _: size))
    documents, ends = [], []
    for piece in pieces:
        reader = PieceReader(str(path), str(path), piece)
        number, first = 0, None
        for document in reader.documents():
            number += 1
            first = first or document
            documents.append(shown(document))
        ends.append(reader.end(number, first, ""))
    if not pieces:
        return 0, whole(path, form)
    assert [piece.number for piece in pieces] == list(range(len(pieces)))
    assert [piece.is_last for piece in pieces] == [*[False] * (len(pieces) - 1), True]
    rejoined, error = Rejoined(str(path), str(path), ends), ""
    try:
        rejoined.check()
    except ReadError as caught:
        error = f"{type(caught).__name__}: {caught}"
    return len(pieces), (documents, *told(rejoined, error))


TOKENS = [b"a", b"good", "好".encode(), "汉字".encode(), "𠀀".encode(), "。".encode(), b" ", b"\n", b"\n\n", b"\r\n"]
AWKWARD = [
    b"\r",
    b"\r\r\n",
    b"\xff",
    b"\xe4",
    "好".encode("gbk"),
    b"\xef\xbb\xbf",
    "e\u0301".encode(),
    b"\n" * 9,
    b"x" * 40,
]


def text(tokens: list[bytes]) -> st.SearchStrategy[bytes]:
    return st.lists(st.sampled_from(tokens), min_size=1, max_size=90).map(b"".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pieces")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts, so that small files have many."""
    monkeypatch.setattr(reading, "SEGMENT", 16)
    monkeypatch.setattr(parting, "LONGEST_LINE", 48)
    monkeypatch.setattr(parting, "PIECE", 32)
    monkeypatch.setattr(parting, "LAST_PART", 16)


@given(st.one_of(text(TOKENS), text([*TOKENS, *AWKWARD])), st.sampled_from([b"", b"\xef\xbb\xbf"]), st.integers(1, 99))
@example(b"a\n" * 20 + b"\xff\n" + b"b\n" * 20, b"", 8)
@example("a汉字".encode() + b"x" * 40 + b"\xff\n", b"", 1)
@example(b"a\n" * 20 + "a汉字".encode() + b"x" * 40 + b"\xff\n", b"", 1)
@example(b"a\n" * 20 + "好\n".encode("gbk") + b"b\n" * 20, b"", 8)
@example(b"a\n" * 20 + "好\n".encode() + b"\xff\n" * 9 + b"b\n" * 20, b"", 8)
@settings(max_examples=300)
def test_texts(folder: Path, data: bytes, mark: bytes, size: int) -> None:
    path = folder / "a.txt"
    path.write_bytes(mark + data)
    number, found = in_pieces(path, size)
    assert found == whole(path)
    if len(data) > 100 and data.isascii() and size < 20 and data.count(b"\n") > 10:
        assert number > 1


RECORDS = [
    b'{"text": "good"}',
    '{"text": "好 \\u597d", "id": 1}'.encode(),
    b'{"text": "two\\nlines"}',
    b'{"body": "x"}',
    b'["text"]',
    b"{broken",
    b"",
    b"   ",
    b"\r",
    b'{"text": "\xff"}',
    b'{"text": "' + b"long " * 30 + b'"}\r',
    '{"text": "好"}'.encode("gbk"),
]


@given(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=30), st.booleans(), st.booleans(), st.integers(1, 200))
@example([b'{"body": "x"}'] * 9, True, False, 20)
@example([b"{broken"] * 9, True, False, 20)
@example([*[b'{"text": "good"}'] * 9, '{"text": "好"}'.encode("gbk"), *[b'{"text": "good"}'] * 9], True, False, 20)
@settings(max_examples=300)
def test_records(folder: Path, records: list[bytes], ended: bool, marked: bool, size: int) -> None:
    path = folder / "a.jsonl"
    path.write_bytes((b"\xef\xbb\xbf" if marked else b"") + b"\n".join(records) + (b"\n" if ended else b""))
    _, found = in_pieces(path, size)
    assert found == whole(path)


def test_what_cannot_be_cut_is_not(folder: Path) -> None:
    for name, data in (
        ("a.csv", b"text\n" + b"a\n" * 99),
        ("a.json", b"[" + b'{"text": "a"},\n' * 20 + b'{"text": "a"}]'),
        ("a.txt.gz", b"\x1f\x8b\x08" + b"\0" * 99),
        ("gbk.txt", "好\n".encode("gbk") * 99),
        ("utf-16.txt", "a\n".encode("utf-16") * 99),
        ("binary.txt", b"\0\1\2\n" * 99),
        ("little.txt", b"a\nb\n"),
    ):
        (folder / name).write_bytes(data)
        assert list(cut(Reader(str(folder / name)), lambda _: 20)) == []


def test_a_broken_disk_is_told_by_who_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint import tape

    path = folder / "b.txt"
    path.write_bytes(b"abc\n" * 100)

    def fail(self: tape.Tape, place: Any) -> Any:
        yield b"abc\n" * 20
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(tape.Tape, "chunks", fail)
        pieces = list(cut(Reader(str(path)), lambda _: 20))
    assert pieces[-1].is_last
    assert pieces[-1].ends == ()
    documents = [d for piece in pieces for d in PieceReader(str(path), "b", piece).documents()]
    assert "".join(document.text for document in documents) == "abc\n" * 100


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    monkeypatch.setattr(jobs, "LEAST", 1)
    monkeypatch.setattr(reading, "SEGMENT", 1 << 10)
    monkeypatch.setattr(parting, "LONGEST_LINE", 1 << 13)
    monkeypatch.setattr(parting, "PIECE", 1 << 12)
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "[rules.BOI010]\nfewest-documents = 3\n")
    return shop


def page(chance: random.Random) -> str:
    """A page with damage, furniture and, now and then, a passage that it shares with others."""
    words = "春天的早晨公园里有许多人在散步湖边柳树已经发芽几只小鸟枝头唱歌老人坐长椅上聊孩子们草地跑来去"
    lines = ["".join(chance.choices(words, k=chance.randrange(5, 80))) + "。" for _ in range(chance.randrange(1, 9))]
    lines += chance.choices(
        ["xx省的部署", "今年\u200b以来", "北方频道\n城市生活圈\n老照片馆", PASSAGE, "", "烫烫烫烫"], k=2
    )
    chance.shuffle(lines)
    return chance.choice(["\n", "\n", "\n", "\r\n"]).join(lines) + "\n"


PASSAGE = "".join(random.Random(7).choices([chr(code) for code in range(0x4E00, 0x5200)], k=200))


def files(seed: int) -> dict[str, bytes]:
    chance = random.Random(seed)
    pages = [page(chance) for _ in range(120)]
    records = [json.dumps({"text": one, "id": n}, ensure_ascii=n % 2 == 0) for n, one in enumerate(pages)]
    records[50] = "{broken"
    records[60:62] = ["", '{"id": 1}']
    ascii_only = "a plain line\n" * 300
    return {
        "text.txt": "".join(pages).encode(),
        "copy.txt": "".join(pages).encode(),
        "half.md": "".join(pages[:60]).encode(),
        "damaged.txt": "".join(pages[30:]).encode()[:9000] + b"\xff\xfe" + "".join(pages).encode()[9000:],
        "late.txt": ascii_only.encode() + "".join(pages).encode("gbk", "ignore"),
        "marked.txt": b"\xef\xbb\xbf" + "".join(pages[60:]).encode(),
        "one-line.txt": "".join(pages).replace("\n", "").replace("\r", "").encode(),
        "returns.txt": "".join(pages).replace("\r\n", "\n").replace("\n", "\r").encode(),
        "records.jsonl": "\n".join(records).encode(),
        "bad.jsonl": b"\n".join(one.encode() for one in records)[:-3] + b"\xff\n",
        "no-text.jsonl": b'{"body": "xx"}\n' * 600,
        "small.txt": pages[0].encode(),
    }


@pytest.mark.parametrize("name", files(0))
def test_one_file_is_the_same_for_any_number_of_processes(name: str, shop: Workshop) -> None:
    shop.write(f"c/{name}", files(1)[name])
    arguments = ("c", "--output-format", "json", "--pedantic")
    one = shop.run(*arguments, "-j", "1")
    assert one == shop.run(*arguments, "-j", "2") == shop.run(*arguments, "-j", "3")


def test_all_files_together(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data in files(2).items():
        shop.write(f"c/{name}", data)
    arguments = ("c", "--output-format", "json", "--pedantic")
    one = shop.run(*arguments, "-j", "1")
    codes = {item["code"] for item in json.loads(one[1])}
    assert {"DUP002", "DUP003", "BOI010", "PLH001", "ENC001", "ENC020", "ENC002", "ENC007"} <= codes
    pieces: list[Any] = []
    real = jobs.divide

    def divide(*given: Any) -> Any:
        for portion in real(*given):
            pieces.extend(item.piece for item in portion if item.piece is not None)
            yield portion

    monkeypatch.setattr(jobs, "divide", divide)
    assert one == shop.run(*arguments, "-j", "2")
    assert len(pieces) > 10
    for number in (1, 2):
        assert shop.run("--shard", f"{number}/2", "c", "--pedantic", "-j", "2")[0] == 0
    assert shop.run("--merge", "--output-format", "json") == one


def test_what_is_kept_of_a_file_in_pieces(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run knows the file, and after a change does not."""
    from corpus_lint import run

    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 1)
    for name in ("text.txt", "records.jsonl", "small.txt"):
        shop.write(f"c/{name}", files(3)[name])
    arguments = ("c", "--output-format", "json", "--pedantic")
    expected = shop.run(*arguments, "--no-cache", "-j", "1")
    for _ in range(2):
        assert shop.run(*arguments, "-j", "2") == expected
    shop.write("c/text.txt", files(3)["text.txt"] + "xx县\n".encode())
    expected = shop.run(*arguments, "--no-cache", "-j", "1")
    for jobs_wanted in ("2", "1", "2"):
        assert shop.run(*arguments, "-j", jobs_wanted) == expected


def test_a_piece_that_kills_costs_only_itself(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    shop.write("killers/__init__.py", KILLER)
    monkeypatch.syspath_prepend(str(shop.folder))
    shop.write("corpus-lint.toml", 'packs = ["killers"]\n')
    lines = ["found" if number % 100 == 0 else "x" * 60 for number in range(1000)]
    lines[550] = "kill"
    shop.write("a.txt", "\n".join(lines))
    shop.write("b.txt", "found")
    status, out, err = shop.run("-j", "2", "--output-format", "concise", "a.txt", "b.txt")
    assert status == 2
    assert [line[:8] for line in err.splitlines() if "killed" in line] == ["a.txt: e"]
    told = [line.split(":")[:2] for line in out.splitlines() if "KIL001" in line]
    assert len(told) >= 8
    assert told[-1] == ["b.txt", "1"]
    sys.modules.pop("killers")
