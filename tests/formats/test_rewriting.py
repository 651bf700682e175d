"""Only what is edited changes: records made at random, edited at random, read in pieces of any size."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_lint import reading, rewriting
from corpus_lint.decode import looks_binary
from corpus_lint.finding import Edit
from corpus_lint.formats.cell import Cell, Column
from corpus_lint.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

TEXT = st.text(st.sampled_from("ab中𠮷\"'\\/,;\t |\n\r\x01é\u2028{}[]: "), max_size=12)
SPACE = st.sampled_from(["", " ", "  ", "\t", " \t "])
NUMBERS = st.sampled_from(["1.0", "1e5", "-0", "1E+2", "123456789012345678901234567890", "0.10", "true", "null"])


@st.composite
def literals(draw: st.DrawFn, text: str) -> str:
    """A string literal of JSON, every character written in one of the ways that there are."""
    written = []
    for character in text:
        ways = [json.dumps(character)[1:-1], json.dumps(character, ensure_ascii=False)[1:-1]]
        ways.append("".join(f"\\u{ord(unit):04X}" for unit in _units(character)))
        if character == "/":
            ways.append("\\/")
        written.append(draw(st.sampled_from(ways)))
    return '"' + "".join(written) + '"'


def _units(character: str) -> Iterator[str]:
    data = character.encode("utf-16-be", "surrogatepass")
    for at in range(0, len(data), 2):
        yield data[at : at + 2].decode("utf-16-be", "surrogatepass")


@st.composite
def records(draw: st.DrawFn, space: st.SearchStrategy[str] = SPACE) -> tuple[list[str], str]:
    """A record with a text as it is written: before the inside of its literal, the inside, and behind it."""
    text = draw(TEXT)
    literal = draw(literals(text))
    members = [(draw(literals(draw(TEXT)) | st.just('"text "')), draw(NUMBERS)) for _ in range(draw(st.integers(0, 2)))]
    before = "".join(f"{key}{draw(space)}:{draw(space)}{value}{draw(space)},{draw(space)}" for key, value in members)
    behind = f'{draw(space)},{draw(space)}"z":{draw(NUMBERS)}' if draw(st.booleans()) else ""
    head = f'{{{draw(space)}{before}"text"{draw(space)}:{draw(space)}"'
    return [head, literal[1:-1], f'"{behind}{draw(space)}}}'], text


def edits(draw: st.DrawFn, text: str, content: st.SearchStrategy[str] = TEXT) -> list[Edit]:
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [Edit(start, end, draw(content)) for start, end in pairs]


def applied(text: str, made: list[Edit]) -> str:
    for edit in reversed(made):
        text = text[: edit.start] + edit.content + text[edit.end :]
    return text


def rewritten(
    data: bytes, suffix: str, make: dict[int, list[Edit]], segment: int
) -> tuple[bytes, list[Document], Reader]:
    """The file after the edits of its documents by number."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "SEGMENT", segment)
        path = os.path.join(folder, "a" + suffix)
        with open(path, "wb") as file:
            file.write(data)
        reader = Reader(path)
        documents = list(reader.documents())
        for number, document in enumerate(documents):
            if make.get(number):
                reader.edit(document, document.edited(make[number]))
        if reader.is_edited:
            assert rewriting.rewritten(reader)[1] == (rewriting.rewrite(reader), open(path, "rb").read())[1]  # noqa: SIM115
        with open(path, "rb") as file:
            return file.read(), documents, reader


@settings(max_examples=100)
@given(st.data(), st.sampled_from([".jsonl", ".json", "array"]), st.integers(1, 40))
def test_json(data: st.DataObject, form: str, segment: int) -> None:
    space = SPACE if form == ".jsonl" else SPACE | st.sampled_from(["\n", "\n  ", "\r\n"])
    made = data.draw(st.lists(records(space), min_size=1, max_size=4))
    glue = {".jsonl": ["\n", "\r\n", "\n \n"], ".json": ["\n", " ", ""], "array": [",", " ,\n", ",\r\n  "]}[form]
    between = [data.draw(st.sampled_from(glue)) for _ in made]
    pieces = ["[\n "] if form == "array" else [""]
    for number, (parts, _) in enumerate(made):
        pieces += [*parts, between[number] if number + 1 < len(made) else data.draw(st.sampled_from(["", "\n"]))]
    pieces.append("]" if form == "array" else "")
    chosen = {number: edits(data.draw, text) for number, (_, text) in enumerate(made)}
    suffix = ".jsonl" if form == ".jsonl" else ".json"
    after, documents, reader = rewritten("".join(pieces).encode(), suffix, chosen, segment)
    assert not reader.problems
    assert [document.text for document in documents] == [text for _, text in made]
    rest = after.decode()
    for number, (parts, text) in enumerate(made):
        head = "".join(pieces[: 2 + 4 * number])
        pieces[2 + 4 * number] = "\0"
        assert rest.startswith(head)
        end = _literal_end(rest, len(head))
        assert json.loads(f'"{rest[len(head) : end]}"') == applied(text, chosen[number])
        if not chosen[number]:
            assert rest[len(head) : end] == parts[1]
        pieces[2 + 4 * number] = rest[len(head) : end]
    assert rest == "".join(pieces)
    again = rewritten(after, suffix, {}, segment)[1]
    assert [document.text for document in again] == [applied(t, chosen[n]) for n, (_, t) in enumerate(made)]


def _literal_end(text: str, start: int) -> int:
    while text[start] != '"':
        start += 2 if text[start] == "\\" else 1
    return start


@settings(max_examples=100)
@given(st.data(), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.integers(1, 40))
def test_csv(data: st.DataObject, separator: str, end: str, segment: int) -> None:
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    # Python writes a lone carriage return without quotation marks, and reads it as the end of a row.
    cells = TEXT.map(lambda text: text.replace("\r", "").replace('"', "'" if separator == "\t" else '"'))
    texts = data.draw(st.lists(cells, min_size=1, max_size=5))
    others = [data.draw(cells) for _ in texts]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["a", "text", "b"])
    for number, (text, other) in enumerate(zip(texts, others, strict=True)):
        writer.writerow([other, text, number])
    before = buffer.getvalue()
    assume(not looks_binary(before.encode()))
    chosen = {number: edits(data.draw, text, cells) for number, text in enumerate(texts)}
    after, documents, reader = rewritten(before.encode(), ".tsv" if separator == "\t" else ".csv", chosen, segment)
    assert not reader.problems
    assert [document.text for document in documents] == texts
    rows = list(csv.reader(io.StringIO(after.decode(), newline=""), delimiter=separator))
    new = [applied(text, chosen[number]) for number, text in enumerate(texts)]
    expected = [["a", "text", "b"], *([o, t, str(n)] for n, (o, t) in enumerate(zip(others, new, strict=True)))]
    assert rows == expected
    if not any(chosen.values()):
        assert after.decode() == before


@settings(max_examples=80)
@given(st.binary(max_size=200) | st.text('{}[]",\n\r\t :\\ab;"', max_size=80).map(str.encode), st.integers(1, 30))
def test_any_bytes_are_read_and_left(data: bytes, segment: int) -> None:
    for suffix in (".jsonl", ".json", ".csv", ".tsv", ".txt"):
        try:
            after, documents, _ = rewritten(data, suffix, {}, segment)
        except reading.ReadError:
            continue
        assert after == data
        if suffix == ".txt":
            assert "".join(d.text for d in documents).encode("utf-8", "replace") is not None


@pytest.mark.parametrize(("row", "written"), [("bad", '""'), ("bad,1", ""), ('"bad"', '""')])
def test_an_emptied_cell_leaves_its_row_a_row(row: str, written: str) -> None:
    column = Column("text", 0, ",", '"', -1)
    text, cell = Cell.again(1, column, len(row.partition(",")[0]), row)
    assert cell.edited([Edit(0, len(text), "")], "").raw == written
