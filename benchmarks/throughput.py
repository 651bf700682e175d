"""Throughput and start-up beside peers, in one run, as ratios of CPU time.

    python benchmarks/throughput.py [--megabytes 100] [--languages zh en] [--text FOLDER_OR_FILE] [--history FILE]

The text is made (`make_text.py`) in each language, or taken from the files of a folder. Each tool runs as a whole
process, as a user runs it, on the same file; CPU time is user and system time of the process and its children, the
median of ``--runs``, in which all of them take turns. Slow peers get the first ``--peer-megabytes`` and their start-up
is subtracted, so that the ratio is of throughput; nothing is subtracted from corpus-lint. Needs
``pip install -e '.[bench]'``, and ripgrep from wherever; a peer that is not there is left out, and said to be.
``--history`` adds a line to a file in which a loss of speed is seen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from make_text import paragraphs


class Cost(NamedTuple):
    """CPU seconds, and the peak memory in MB, of a process."""

    seconds: float
    megabytes: float


def environment() -> dict[str, str]:
    """The environment of a command that is timed.

    What is installed has its bytecode beside it, and so must what is run from its sources.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def once(command: list[str]) -> Cost:
    """What a command costs, run once."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def costs(commands: dict[str, list[str]], runs: int) -> dict[str, Cost]:
    """The median cost of each command, all of them taking turns; without those whose program is not there."""
    there = {label: command for label, command in commands.items() if shutil.which(command[0])}
    for label in commands.keys() - there.keys():
        print(f"({label} is not installed)")
    found: dict[str, list[Cost]] = {label: [] for label in there}
    for _ in range(runs):
        for label, command in there.items():
            found[label].append(once(command))
    return {
        label: Cost(median(c.seconds for c in every), max(c.megabytes for c in every)) for label, every in found.items()
    }


LINT = ["corpus-lint", "--isolated", "--no-cache", "--jobs", "1", "--output-format", "concise"]
FTFY = "import ftfy, sys\nfor line in open(sys.argv[1], encoding='utf-8'): ftfy.fix_text(line)"
AUTOCORRECT = "import autocorrect_py as a, sys\na.lint_for(open(sys.argv[1], encoding='utf-8').read(), 'text')"


PHRASES = 1000


def slow(file: str) -> dict[str, list[str]]:
    """What each slow peer runs on a file."""
    return {
        "ftfy": [sys.executable, "-c", FTFY, file],
        "AutoCorrect": [sys.executable, "-c", AUTOCORRECT, file],
        "codespell": ["codespell", file],
    }


def fast(file: str, phrases: str) -> dict[str, list[str]]:
    """What corpus-lint and the fast peers run on a file."""
    return {
        "corpus-lint, all rules": [*LINT, file],
        "corpus-lint without comparing texts": [*LINT, "--ignore", "DUP,TXT008", file],
        "iconv -f utf-8 -t utf-8": ["iconv", "-f", "utf-8", "-t", "utf-8", file],
        f"ripgrep with {PHRASES:,} of our phrases": ["rg", "--count-matches", "--fixed-strings", "-f", phrases, file],
    }


def write_phrases(target: Path) -> None:
    """Write phrases that our rules look for, evenly taken from all, one a line."""
    from corpus_lint import packs

    triggers = (trigger for rule in packs.make(packs.load()) for trigger in rule.make_triggers())
    texts = {t.pattern.decode("utf-8", "ignore").strip("\n") for t in triggers if t.is_literal}
    chosen = sorted(text for text in texts if len(text) > 1 and text.isprintable())
    target.write_text("\n".join(chosen[:: max(1, len(chosen) // PHRASES)][:PHRASES]) + "\n", encoding="utf-8")


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
    """Run and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--peer-megabytes", type=float, default=2)
    parser.add_argument("--text", help="a file, or a folder of .txt and .md files, in the place of made text")
    parser.add_argument("--languages", nargs="+", choices=("zh", "en"), default=["zh", "en"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--history", type=Path, help="a table to add a line to")
    arguments = parser.parse_args()
    ratios: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        phrases, empty = folder / "phrases", folder / "empty.txt"
        # In a process of its own: the memory of this one would be told as that of its children.
        writer = get_context("spawn").Process(target=write_phrases, args=(phrases,))
        writer.start()
        writer.join()
        empty.touch()
        for command in list(fast(str(empty), str(phrases)).values())[:2]:
            once(command)  # compiles the database
        for language in ["given"] if arguments.text else arguments.languages:
            place = folder / language
            place.mkdir()
            sizes = (int(arguments.megabytes * 1e6), int(arguments.peer_megabytes * 1e6), 10_000)
            large, small, tiny = (make_file(place, arguments.text, language, size) for size in sizes)
            print(f"\n## {large.stat().st_size / 1e6:.0f} MB of text ({language}), one process\n")
            ratios += throughput(large, small, empty, phrases, arguments.runs)
            large.unlink()
        ratios.append(start_up(tiny, arguments.runs * 5))
    if arguments.history:
        remember(arguments.history, ratios)
    return 0


def throughput(large: Path, small: Path, empty: Path, phrases: Path, runs: int) -> list[str]:
    """Print MB of text a second of CPU, and the ratio of corpus-lint's; what of that is remembered."""
    rows: dict[str, tuple[float, float]] = {}
    for label, found in costs(fast(str(large), str(phrases)), runs).items():
        rows[label] = large.stat().st_size / 1e6 / found.seconds, found.megabytes
    starts = costs(slow(str(empty)), runs)
    for label, found in costs(slow(str(small)), runs).items():
        if found.seconds > starts[label].seconds:
            seconds = found.seconds - starts[label].seconds
            rows[label] = small.stat().st_size / 1e6 / seconds, found.megabytes
        else:
            print(f"({label} is not installed)")
    (own, _), (alone, _), (iconv, _), *_ = rows.values()
    print("| | MB/s of CPU | corpus-lint is | peak MB |\n| --- | ---: | ---: | ---: |")
    for label, (speed, memory) in rows.items():
        print(f"| {label} | {speed:.1f} | {own / speed:.2f} times | {memory:.0f} |")
    return [f"{own:.1f}", f"{own / iconv:.2f}", f"{alone / iconv:.2f}", f"{own / rows.get('ftfy', (own, 0))[0]:.1f}"]


def start_up(tiny: Path, runs: int) -> str:
    """Print the CPU time of one clean 10 KB file as a multiple of ``python -c pass``; corpus-lint's."""
    bare = {"python -c pass": [sys.executable, "-c", "pass"], "corpus-lint": [*LINT, str(tiny)]}
    found = costs({**bare, **slow(str(tiny))}, runs)
    times = {label: one.seconds / found["python -c pass"].seconds for label, one in found.items()}
    print("\n| one file of 10 KB | CPU ms | times `python -c pass` |\n| --- | ---: | ---: |")
    for label, one in found.items():
        print(f"| {label} | {one.seconds * 1000:.0f} | {times[label]:.1f} |")
    return f"{times['corpus-lint']:.1f}"


def remember(history: Path, ratios: list[str]) -> None:
    """Add a line to the history."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    with history.open("a", encoding="utf-8") as out:
        out.write("\t".join([date.today().isoformat(), commit.stdout.strip() or "-", *ratios]) + "\n")


if __name__ == "__main__":
    sys.exit(main())
