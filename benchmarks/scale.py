"""One text in many shapes: a big file, many small ones, records in each format, one line, a stream without end.

    python benchmarks/scale.py [--megabytes 100] [--shapes text files jsonl zst parquet line stream]
    python benchmarks/scale.py --megabytes 1000 --folder /var/tmp/scale

The text is made (`make_text.py`) in documents of 5 KB, Chinese and English by turns, and some paragraphs are damaged:
what is found is compared, too, by rule and text. Each shape is linted by one process without comparing documents, the
memory of which has a bound of its own (``--all`` runs all rules). ``files`` are at most 20,000. ``stream`` is a
generator that never stops, linted for ``--seconds``. Peak memory is that of the process as the system counts it.
Needs ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from make_text import paragraphs
from throughput import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = 5000
"""Bytes of a document, about."""
FILES = 20_000
DAMAGE = (
    "根据xx省的部署。",
    "網(wǎng)絡(luò)時代",
    "锟斤拷锟斤拷",
    "cafÃ©",
    "本文由某某网站整理。",
    "lorem ipsum dolor sit amet",
)
RATE = 0.001
"""Share of paragraphs that are followed by damage: a finding in 300 KB, about."""
ACROSS = "DUP,TXT008,BOI010"
"""Rules that look across documents: what they find depends on what is one, which differs from shape to shape."""
SHAPES = ("text", "files", "jsonl", "zst", "parquet", "line", "stream")


class Run(NamedTuple):
    """What a run cost, in seconds of CPU and MB of peak memory, and what it found: rule and text, counted."""

    seconds: float
    megabytes: float
    found: Counter[tuple[str, str]]


def documents(size: int) -> Iterator[str]:
    """Documents of ``size`` bytes in all, about."""
    chance = random.Random(1)
    sources = [paragraphs(language, 1 << 62) for language in ("zh", "en")]
    number = 0
    while size > 0:
        text = ""
        while len(text.encode()) < DOCUMENT:
            text += next(sources[number % 2])
            if chance.random() < RATE:
                text += chance.choice(DAMAGE) + "\n"
        number += 1
        size -= len(text.encode())
        yield text


def make(shape: str, folder: Path, size: int) -> Path:
    """The text in a shape, made unless it is there."""
    names = {"files": "files", "zst": "text.jsonl.zst", "text": "text.txt", "line": "line.txt"}
    target = folder / names.get(shape, f"text.{shape}")
    if target.exists():
        return target
    if shape == "files":
        target.mkdir()
        for number, text in zip(range(FILES), documents(size), strict=False):
            place = target / f"{number // 1000:02}"
            place.mkdir(exist_ok=True)
            (place / f"{number}.txt").write_text(text, encoding="utf-8")
    elif shape in {"text", "line"}:
        with target.open("w", encoding="utf-8", newline="") as out:
            for text in documents(size):
                out.write(text if shape == "text" else text.replace("\n", ""))
    elif shape == "jsonl":
        with target.open("w", encoding="utf-8") as out:
            for number, text in enumerate(documents(size)):
                out.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    elif shape == "zst":
        import zstandard

        with make("jsonl", folder, size).open("rb") as source, target.open("wb") as packed:
            zstandard.ZstdCompressor().copy_stream(source, packed)
    else:
        write_parquet(target, size)
    return target


def write_parquet(target: Path, size: int) -> None:
    """Write the documents in row groups of 1,000."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
    with pq.ParquetWriter(target, schema) as writer:
        rows: list[str] = []
        first = 0
        for text in documents(size):
            rows.append(text)
            if len(rows) == 1000:
                writer.write_table(pa.table([range(first, first + len(rows)), rows], schema=schema))
                first, rows = first + len(rows), []
        writer.write_table(pa.table([range(first, first + len(rows)), rows], schema=schema))


def lint(source: str, options: list[str]) -> Run:
    """Lint a file or folder."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [*command(options), source], stdout=out, stderr=subprocess.DEVNULL, env=environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode > 1:
            sys.exit(f"corpus-lint gave {process.returncode} for {source}")
        out.seek(0)
        found = Counter((one["code"], one["text"]) for one in map(json.loads, out))
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, found)


def command(options: list[str]) -> list[str]:
    """How corpus-lint is called."""
    lint = [sys.executable, "-m", "corpus_lint", "--isolated", "--no-cache", "--jobs", "1"]
    return [*lint, "--output-format", "jsonl", *options]


def stream(seconds: float, options: list[str]) -> tuple[int, float]:
    """Bytes that are taken of a text without end in so many seconds, and the peak memory in MB until then."""
    text = "".join(documents(4_000_000)).encode()
    process = subprocess.Popen(
        [*command(options), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment()
    )
    assert process.stdin is not None
    end, taken, peak = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < end:
        process.stdin.write(text)
        taken += len(text)
        peak = max(peak, high_water(process.pid))
    process.kill()
    process.wait()
    return taken, peak


def high_water(pid: int) -> float:
    """The peak memory of a running process in MB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def main() -> int:
    """Make, lint and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument(
        "--folder", type=Path, help="where the shapes are made and kept; a temporary folder unless given"
    )
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--all", action="store_true", help="run all rules")
    arguments = parser.parse_args()
    options = [] if arguments.all else ["--ignore", ACROSS]
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        warm = Path(name) / "warm.txt"
        warm.write_text("\n".join(DAMAGE), encoding="utf-8")
        lint(str(warm), options)  # compiles the database and the expressions
        print("| shape | MB | CPU s | MB/s | peak MB | findings |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        first: Run | None = None
        for shape in arguments.shapes:
            if shape == "stream":
                taken, peak = stream(arguments.seconds, options)
                print(f"| stream, {arguments.seconds:.0f} s | {taken / 1e6:.0f} | | | {peak:.0f} | |", flush=True)
                continue
            source = make(shape, folder, int(arguments.megabytes * 1e6))
            every = list(source.rglob("*.txt")) if shape == "files" else [source]
            # Of what is packed, the speed is that of the text.
            size = arguments.megabytes if shape in {"zst", "parquet"} else sum(p.stat().st_size for p in every) / 1e6
            run = lint(str(source), options)
            print(
                f"| {shape} | {size:.0f} | {run.seconds:.1f} | {size / run.seconds:.1f} | {run.megabytes:.0f} | "
                f"{run.found.total():,} |",
                flush=True,
            )
            if first is None:
                first = run
            elif run.found != first.found:
                more, fewer = run.found - first.found, first.found - run.found
                print(f"\n{shape} has {more.total()} findings more and {fewer.total()} fewer than the first shape:")
                for sign, few in (("+", more), ("-", fewer)):
                    print(
                        "\n".join(f"{sign} {code} {text[:60]!r} {count}" for (code, text), count in few.most_common(5))
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
