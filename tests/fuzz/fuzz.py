"""Throw damaged files at readers, rules and rewriting: ``python tests/fuzz/fuzz.py --runs 100000 --seed 1``.

Each run takes a file of ``tests/fuzz/seeds``, damages its bytes, reads it in pieces of a random size as some format,
lets the rules judge it (every ``--rules``-th time), edits a document at random and writes the file. What must hold:
nothing but `ReadError` is raised; bytes that are not edited are the same; what is read again is what was written. An
input that breaks this is kept in ``tests/fuzz/found`` and its command printed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path

from corpus_lint import packs, reading
from corpus_lint.engine import Engine
from corpus_lint.finding import Edit
from corpus_lint.reading import Reader, ReadError
from corpus_lint.rewriting import rewritten

HERE = Path(__file__).parent
FORMS = (".jsonl", ".json", ".csv", ".tsv", ".txt", ".md", "")
SPLICES = (*(bytes((code,)) for code in b'"\\\n\r\0,\t[]{}\xff'), b"\xe4\xb8", b'""', b"\\u4e2d", b"\xef\xbb\xbf")


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


def check(data: bytes, form: str, segment: int, chance: random.Random, engine: Engine | None, folder: str) -> None:
    """Raise AssertionError, or what else a bug raises, when something does not hold."""
    path = os.path.join(folder, f"a{form}")
    Path(path).write_bytes(data)
    reading.SEGMENT = segment
    reader = Reader(path)
    try:
        documents = list(reader.documents())
    except ReadError:
        return
    if engine is not None:
        engine.check(documents)
        engine.check_problems(reader.problems)
    if not documents or reader.source.decoding.encoding != "utf-8":
        return
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


def main() -> int:
    """Run, and give 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rules", type=int, default=20, metavar="N", help="let the rules judge every N-th input")
    arguments = parser.parse_args()
    seeds = sorted((HERE / "seeds").iterdir())
    engine = Engine(packs.make(packs.load()))
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for run in range(arguments.runs):
            chance = random.Random(f"{arguments.seed}/{run}")
            seed = chance.choice(seeds)
            data = damaged(seed.read_bytes(), chance)
            form = seed.suffix if chance.random() < 0.8 else chance.choice(FORMS)
            judge = engine if run % arguments.rules == 0 else None
            try:
                check(data, form, chance.choice((1, 2, 3, 7, 64, 1 << 18)), chance, judge, folder)
            except Exception:
                failures += 1
                (HERE / "found").mkdir(exist_ok=True)
                kept = HERE / "found" / f"{arguments.seed}-{run}{form}"
                kept.write_bytes(data)
                traceback.print_exc()
                print(f"run {run} of --seed {arguments.seed}: {kept}", file=sys.stderr)
    print(f"{arguments.runs:,} inputs, {failures:,} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
