"""Duplicates beside datasketch, in one run: throughput, and what each tells of a reworded page.

    python benchmarks/duplicates.py [--megabytes 100] [--peer-megabytes 2] [--text FOLDER_OR_FILE]

corpus-lint runs as a whole process with the rules DUP alone, as a user runs it. datasketch runs as its documentation
shows it: a MinHash of 128 permutations of each document's 5-grams of characters, and an LSH index at 0.5. It is slow
and gets the first ``--peer-megabytes``; its start-up is subtracted. It says only which documents are alike, corpus-lint
which lines. Needs ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from throughput import costs, make_file

PEER = """
import sys
from datasketch import MinHash, MinHashLSH
index = MinHashLSH(threshold=0.5, num_perm=128)
text = open(sys.argv[1], encoding='utf-8').read()
for start in range(0, len(text), 4000):
    part = text[start:start + 4000]
    sketch = MinHash(num_perm=128)
    sketch.update_batch([part[n:n + 5].encode() for n in range(len(part) - 4)])
    index.query(sketch)
    index.insert(str(start), sketch)
"""


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
        empty = folder / "empty.txt"
        empty.touch()
        lint = [sys.executable, "-m", "corpus_lint", "--isolated", "--no-cache", "--select", "DUP", "--statistics"]
        peer = [sys.executable, "-c", PEER]
        lint += ["--jobs", "1"]
        commands = {"own": [*lint, str(large)], "peer": [*peer, str(small)], "start": [*peer, str(empty)]}
        found = costs(commands, arguments.runs)
        own, other = found["own"], found["peer"]
        mine = large.stat().st_size / 1e6 / own.seconds
        theirs = small.stat().st_size / 1e6 / (other.seconds - found["start"].seconds)
    print(f"{arguments.megabytes:.0f} MB, one process, median of {arguments.runs}\n")
    print("| | MB/s of CPU | peak MB |\n| --- | ---: | ---: |")
    print(f"| corpus-lint --select DUP | {mine:.1f} | {own.megabytes:.0f} |")
    print(f"| datasketch, MinHash and LSH | {theirs:.2f} | {other.megabytes:.0f} |")
    print(f"\ncorpus-lint is {mine / theirs:.0f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main())
