"""How the comparison of texts grows: CPU time and peak memory on 100 MB, 300 MB and 1 GB with copies in them.

    python benchmarks/growth.py [--megabytes 100 300 1000] [--folder FOLDER] [-- OPTIONS]

The text is made (`make_text.py`), Chinese and English by turns. Every fourth document of 5 KB has a passage of an
earlier one, exact or with 2 % of its characters replaced, so that as much stands twice in each MB of the long text as
of the short one; in real text the share grows with the text. One process, the rules DUP alone unless OPTIONS say
otherwise.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from scale import documents
from throughput import LINT, once

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEMBERED = 5000
"""Earlier documents that passages are taken from."""


def with_copies(size: int) -> Iterator[str]:
    """Documents of ``size`` bytes in all, about, some of which have passages of earlier ones."""
    chance = random.Random(2)
    earlier: deque[str] = deque(maxlen=REMEMBERED)
    for number, text in enumerate(documents(size)):
        if number % 4 == 3:
            lines = chance.choice(earlier).splitlines()
            first = chance.randrange(len(lines))
            copy = list("\n".join(lines[first : first + 3]) + "\n")
            for _ in range(len(copy) // 50 if chance.random() < 0.5 else 0):
                copy[chance.randrange(len(copy))] = "换"
            yield text + "".join(copy)
        else:
            yield text
        earlier.append(text)


def main() -> int:
    """Make, lint and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument(
        "--folder", type=Path, help="where the texts are made and kept; a temporary folder unless given"
    )
    parser.add_argument("options", nargs="*", default=["--select", "DUP"], help="for corpus-lint, behind --")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        print("| MB | CPU s | MB/s | peak MB |\n| ---: | ---: | ---: | ---: |")
        for megabytes in arguments.megabytes:
            file = folder / f"copies{megabytes}.txt"
            if not file.exists():
                with file.open("w", encoding="utf-8") as out:
                    for text in with_copies(megabytes * 1_000_000):
                        out.write(text + "\n")
            size = file.stat().st_size / 1e6
            cost = once([*LINT, *arguments.options, str(file)])
            print(f"| {size:.0f} | {cost.seconds:.1f} | {size / cost.seconds:.1f} | {cost.megabytes:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
