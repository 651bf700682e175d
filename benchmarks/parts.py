"""Where the time goes on clean text, part by part, beside `iconv`, in one run.

    python benchmarks/parts.py [--megabytes 100] [--language zh]

Each part is run alone, over pieces of the size that a run works on, and the least CPU time of ``--runs`` counts; the
whole is a process, as a user runs it. What the parts do not explain is the way between them, and memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus_lint import census, packs
from corpus_lint.decode import utf8
from corpus_lint.document import Document
from corpus_lint.duplication.common_lines import CommonLines
from corpus_lint.duplication.fingerprints import Fingerprints
from corpus_lint.duplication.passages import match
from corpus_lint.duplication.winnowing import Sketch, sketch_looked_up
from corpus_lint.engine import Engine
from corpus_lint.linting import BATCH
from corpus_lint.look_up import look_up
from corpus_lint.screening import allocation
from make_text import paragraphs
from throughput import LINT, once


def least(part: Callable[[], Any], runs: int) -> float:
    """The least CPU seconds that a part takes."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        part()
        found.append(time.process_time() - start)
    return min(found)


def pieces(data: bytes) -> list[bytes]:
    """The text in pieces that end at line ends."""
    found, start = [], 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + BATCH) + 1 or len(data)
        found.append(data[start:end])
        start = end
    return found


def measure(data: bytes, runs: int) -> dict[str, float]:
    """CPU seconds of each part."""
    cut = pieces(data)
    documents = [Document(piece.decode(), data=piece) for piece in cut]
    engine = Engine(packs.make(packs.load()))
    looked_up = [engine.look_up([document]) for document in documents]
    sketches = [sketch_looked_up(one, [len(one.text)], number) for number, one in enumerate(looked_up)]

    def compare(every: Sequence[Sketch]) -> None:
        for _ in match(Fingerprints(every), documents.__getitem__, shortest=engine.shortest_passage):
            pass

    def lines() -> None:
        common = CommonLines()
        for number, (document, one) in enumerate(zip(documents, looked_up, strict=True)):
            common.add([document], [number], one)

    parts: dict[str, Callable[[], Any]] = {
        "decode UTF-8": lambda: [utf8(piece) for piece in cut],
        "look characters up": lambda: [look_up(document.text) for document in documents],
        "census": lambda: [census.count_many(one, [len(one.text)]) for one in looked_up],
        "screen (Hyperscan), and checks": lambda: [
            engine.check([document], one) for document, one in zip(documents, looked_up, strict=True)
        ],
        "fingerprints": lambda: [sketch_looked_up(one, [len(one.text)], 0) for one in looked_up],
        "lines that documents share": lines,
        "compare fingerprints": lambda: compare(sketches),
    }
    return {name: least(part, runs) for name, part in parts.items()}


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    allocation.tune()
    with tempfile.TemporaryDirectory() as name:
        file, empty = Path(name) / "text.txt", Path(name) / "empty.txt"
        file.write_text("".join(paragraphs(arguments.language, int(arguments.megabytes * 1e6))), encoding="utf-8")
        empty.touch()
        once([*LINT, str(empty)])  # compiles the database
        wholes: dict[str, float] = {}
        for label, command in (
            ("iconv", ["iconv", "-f", "utf-8", "-t", "utf-8", str(file)]),
            ("start", [*LINT, str(empty)]),
            ("start of numpy", [sys.executable, "-c", "import numpy"]),
            ("bare Python", [sys.executable, "-c", "pass"]),
            ("corpus-lint", [*LINT, str(file)]),
        ):
            wholes[label] = min(once(command).seconds for _ in range(arguments.runs))
        data = file.read_bytes()
    start = wholes["start"] + wholes["start of numpy"] - wholes["bare Python"]
    parts = {"start": start, **measure(data, arguments.runs)}
    rest = wholes["corpus-lint"] - sum(parts.values())
    print(f"{len(data) / 1e6:.0f} MB of text ({arguments.language}), one process, least of {arguments.runs}\n")
    print("| | CPU ms | of iconv's time |\n| --- | ---: | ---: |")
    for label, seconds in {**parts, "rest": rest, "corpus-lint": wholes["corpus-lint"]}.items():
        print(f"| {label} | {seconds * 1000:.0f} | {seconds / wholes['iconv']:.2f} |")
    print(f"| `iconv -f utf-8 -t utf-8` | {wholes['iconv'] * 1000:.0f} | 1.00 |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
