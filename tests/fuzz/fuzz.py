"""Throw damaged files at readers, rules and rewriting: ``python tests/fuzz/fuzz.py --runs 1000000 --seed 1``.

Each run takes a file of ``tests/fuzz/seeds``, damages its bytes or, three times of four, its characters, so that it
stays UTF-8, reads it in pieces of a random size as some format, edits a document at random and writes the file. The
rules judge the documents of every input, those of `TOGETHER` inputs at once. What must hold: nothing but `ReadError` is
raised; bytes that are not edited are the same; what is read again is what was written. An input that breaks this is
kept in ``tests/fuzz/found`` and its command printed. The files lie in memory where the system has such a place.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lint import packs, reading
from corpus_lint.engine import Engine
from corpus_lint.finding import Edit
from corpus_lint.reading import Reader, ReadError
from corpus_lint.rewriting import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

HERE = Path(__file__).parent
TOGETHER = 64
"""Inputs whose documents the rules judge at once; where they fail, each is judged alone."""
MEMORY = "/dev/shm"
FORMS = (".jsonl", ".json", ".csv", ".tsv", ".txt", ".md", "")
SPLICES = (*(bytes((code,)) for code in b'"\\\n\r\0,\t[]{}\xff'), b"\xe4\xb8", b'""', b"\\u4e2d", b"\xef\xbb\xbf")


TEXTS = (
    *'"\\\n\r\t,{}[]()（）|<>&#*_ \xa0\u3000\u200b\ufeff\u202e\ufffd\ue000',
    *("xx", "\r\n", "网(wǎng)", "锟斤拷", "ä¸­", "&nbsp;"),
)


def reworded(data: bytes, chance: random.Random) -> bytes:
    """The text after a few cuts, copies and insertions of characters."""
    text = data.decode()
    for _ in range(chance.randrange(6)):
        at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        end = min(end, at + chance.choice((1, 4, 40)))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:at] + chance.choice(TEXTS) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:end] * chance.choice((2, 2, 3, 9)) + text[end:]
        else:
            text = (
                text[:at]
                + chr(chance.choice((0x80, 0x300, 0x3400, 0x4E00, 0x20000)) + chance.randrange(128))
                + text[at:]
            )
    return text.encode()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes after a few cuts, copies and insertions."""
    for _ in range(chance.randrange(6)):
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        end = min(end, at + chance.choice((1, 4, 40)))
        kind = chance.randrange(4)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:at] + chance.choice(SPLICES) + data[at:]
        elif kind == 2:
            data = data[:at] + data[at:end] + data[at:]
        else:
            data = data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]
    return data


def check(data: bytes, form: str, segment: int, chance: random.Random, engine: Engine, folder: str) -> list[Document]:
    """The documents; raise AssertionError, or what else a bug raises, when something does not hold."""
    path = os.path.join(folder, f"a{form}")
    Path(path).write_bytes(data)
    reading.SEGMENT = segment
    reader = Reader(path)
    try:
        documents = list(reader.documents())
    except ReadError:
        return []
    engine.check_problems(reader.problems)
    if not documents or reader.source.decoding.encoding != "utf-8":
        return documents
    number = chance.randrange(len(documents))
    old = documents[number]
    start, end = sorted((chance.randrange(len(old.text) + 1), chance.randrange(len(old.text) + 1)))
    content = chance.choice(("", "x", "中", '"', "\n", "a,b\tc", "\\"))
    if form in (".txt", ".md", "") and not reader.form.startswith("json"):
        content = content.replace("\n", "")
    new = old.edited([Edit(start, end, content)])
    reader.edit(old, new)
    after = rewritten(reader)[1]
    bom = len(reader.source.decoding.bom)
    begin, stop = bom + old.file_start, bom + old.file_start + len(old.raw)
    assert data[begin:stop] == old.raw, "a document is where it says"
    assert after[:begin] == data[:begin], "what stands before is the same"
    assert after[begin:] == new.raw + data[stop:], "what stands behind is the same"
    # In a table with loose quotation marks, and in damaged text, an edit may change what other bytes mean.
    is_loose = any(line.count(b'"') % 2 for line in data.split(b"\n")) and b"\t" in data
    if old.record is not None and not reader.problem_count and not reader.is_damaged and not is_loose:
        again = Reader(path)
        Path(path).write_bytes(after)
        assert [document.text for document in again.documents()][number] == new.text, (
            f"what is written is read: {old.text!r} {new.text!r} {after!r}"
        )
    return documents


def made(seed: int, run: int, seeds: list[Path]) -> tuple[bytes, str, random.Random]:
    """The input of a run, its format, and what decides further."""
    chance = random.Random(f"{seed}/{run}")
    chosen = chance.choice(seeds)
    data = chance.choice((damaged, reworded, reworded, reworded))(chosen.read_bytes(), chance)
    return data, chosen.suffix if chance.random() < 0.8 else chance.choice(FORMS), chance


def judged(inputs: list[tuple[int, list[Document]]], engine: Engine) -> Iterator[int]:
    """Let the rules judge the documents of some inputs; the inputs on which one fails."""
    try:
        engine.check([document for _, documents in inputs for document in documents])
    except Exception:
        for run, documents in inputs:
            try:
                engine.check(documents)
            except Exception:
                traceback.print_exc()
                yield run


def main() -> int:
    """Run, and give 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this run")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    seeds = sorted((HERE / "seeds").iterdir())
    engine = Engine(packs.make(packs.load()))
    failures = 0

    def failed(run: int) -> None:
        nonlocal failures
        failures += 1
        data, form, _ = made(arguments.seed, run, seeds)
        (HERE / "found").mkdir(exist_ok=True)
        kept = HERE / "found" / f"{arguments.seed}-{run}{form}"
        kept.write_bytes(data)
        print(f"run {run} of --seed {arguments.seed}: {kept}", file=sys.stderr)

    waiting: list[tuple[int, list[Document]]] = []
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as folder:
        for run in range(arguments.first, arguments.runs):
            data, form, chance = made(arguments.seed, run, seeds)
            segment = chance.choice((1, 2, 3, 7, 64, 1 << 18))
            try:
                waiting.append((run, check(data, form, segment, chance, engine, folder)))
            except Exception:
                traceback.print_exc()
                failed(run)
            if len(waiting) == TOGETHER or run == arguments.runs - 1:
                for culprit in judged(waiting, engine):
                    failed(culprit)
                waiting = []
            if run % 50_000 == 49_999:
                print(f"{run + 1:,} inputs, {failures:,} failures", flush=True)
    print(f"{arguments.runs - arguments.first:,} inputs, {failures:,} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
