"""Throughput and start-up beside peers, in one run, as ratios of CPU time.

    python benchmarks/throughput.py [--megabytes 100] [--text FOLDER_OR_FILE] [--language zh]

The text is made (`make_text.py`), or taken from the files of a folder. Each tool runs as a whole process, as a user
runs it, on the same file; CPU time is user and system time of the process and its children, the median of
``--runs``. Slow peers get the first ``--peer-megabytes`` and their start-up is subtracted, so that the ratio is of
throughput. Needs ``pip install -e '.[bench]'``; a peer that is not there is left out, and said to be.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from make_text import paragraphs


class Cost(NamedTuple):
    """CPU seconds, and the peak memory in MB, of a process."""

    seconds: float
    megabytes: float


def cost(command: list[str], runs: int) -> Cost | None:
    """The median cost of a command; None when there is no such program."""
    if shutil.which(command[0]) is None:
        return None
    found = []
    for _ in range(runs):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        found.append(Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return Cost(median(c.seconds for c in found), max(c.megabytes for c in found))


FTFY = "import ftfy, sys\nfor line in open(sys.argv[1], encoding='utf-8'): ftfy.fix_text(line)"
AUTOCORRECT = "import autocorrect_py as a, sys\na.lint_for(open(sys.argv[1], encoding='utf-8').read(), 'text')"


def commands(file: str) -> dict[str, list[str]]:
    """What each peer runs on a file."""
    return {
        "ftfy": [sys.executable, "-c", FTFY, file],
        "AutoCorrect": [sys.executable, "-c", AUTOCORRECT, file],
        "codespell": ["codespell", file],
    }


def make_file(folder: Path, text: str | None, language: str, size: int) -> Path:
    """A file of about ``size`` bytes, from given texts or made."""
    target = folder / f"text-{size}.txt"
    with target.open("wb") as out:
        left = size
        if text is None:
            for paragraph in paragraphs(language, size):
                out.write(paragraph.encode())
            return target
        given = Path(text)
        for path in [given] if given.is_file() else sorted(p for p in given.rglob("*") if p.suffix in {".txt", ".md"}):
            data = path.read_bytes()
            if len(data) > left:
                data = data[: data.rfind(b"\n", 0, left) + 1]
            out.write(data)
            left -= len(data)
            if left <= 0 or not data:
                break
    return target


def main() -> int:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--peer-megabytes", type=float, default=2)
    parser.add_argument("--text", help="a file, or a folder of .txt and .md files")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = make_file(folder, arguments.text, arguments.language, int(arguments.megabytes * 1e6))
        small = make_file(folder, arguments.text, arguments.language, int(arguments.peer_megabytes * 1e6))
        tiny = make_file(folder, arguments.text, arguments.language, 10_000)
        empty = folder / "empty.txt"
        empty.touch()
        throughput(large, small, empty, arguments.runs)
        start_up(tiny, arguments.runs * 5)
    return 0


def throughput(large: Path, small: Path, empty: Path, runs: int) -> None:
    """Print MB of text a second of CPU, and the ratio to corpus-lint's."""
    rows: list[tuple[str, float, float]] = []
    lint = ["corpus-lint", "--isolated", "--output-format", "concise"]
    cost([*lint, str(empty)], 1)  # compiles the database
    for label, command, file in (
        ("corpus-lint, all rules", lint, large),
        ("corpus-lint without DUP", [*lint, "--ignore", "DUP,TXT008"], large),
        ("iconv -f utf-8 -t utf-8", ["iconv", "-f", "utf-8", "-t", "utf-8"], large),
    ):
        found = cost([*command, str(file)], runs)
        if found:
            rows.append((label, file.stat().st_size / 1e6 / found.seconds, found.megabytes))
    for label, command in commands(str(small)).items():
        found, start = cost(command, runs), cost(commands(str(empty))[label], runs)
        if found is None or start is None or found.seconds <= start.seconds:
            print(f"({label} is not installed)")
            continue
        rows.append((label, small.stat().st_size / 1e6 / (found.seconds - start.seconds), found.megabytes))
    own = rows[0][1]
    print(f"\n{large.stat().st_size / 1e6:.0f} MB of text, one process, median of {runs}\n")
    print("| | MB/s of CPU | corpus-lint is | peak MB |\n| --- | ---: | ---: | ---: |")
    for label, speed, memory in rows:
        print(f"| {label} | {speed:.1f} | {own / speed:.2f} times | {memory:.0f} |")


def start_up(tiny: Path, runs: int) -> None:
    """Print the CPU time of one clean 10 KB file as a multiple of ``python -c pass``."""
    bare = cost([sys.executable, "-c", "pass"], runs)
    assert bare is not None
    print("\n| one file of 10 KB | CPU ms | times `python -c pass` |\n| --- | ---: | ---: |")
    rows = {"python -c pass": [sys.executable, "-c", "pass"], "corpus-lint": ["corpus-lint", "--isolated", str(tiny)]}
    for label, command in {**rows, **commands(str(tiny))}.items():
        found = cost(command, runs)
        if found is not None:
            print(f"| {label} | {found.seconds * 1000:.0f} | {found.seconds / bare.seconds:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
