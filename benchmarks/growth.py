"""How the comparison of texts grows: CPU time and peak memory on 100 MB, 300 MB and 1 GB with copies in them.

    python benchmarks/growth.py [--megabytes 100 300 1000] [--growing] [--folder FOLDER] [-- OPTIONS]

The text is made (`make_text.py`), Chinese and English by turns. Every fourth document of 5 KB has a passage of an
earlier one, exact or with 2 % of its characters replaced, so that as much stands twice in each MB of the long text as
of the short one. In real text the share grows with the text: with ``--growing`` one in forty documents has such a
passage in the tenth MB and every one from the 400th on, of any earlier document. One process, the rules DUP alone
unless OPTIONS say otherwise.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scale import documents
from throughput import LINT, once

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEMBERED = 5000
"""Earlier documents that passages are taken from."""
FULL = 400_000_000
"""Bytes of a growing text from which on every document has a passage of an earlier one."""


def with_copies(size: int, *, growing: bool = False) -> Iterator[tuple[str, bool]]:
    """Documents of ``size`` bytes in all, about, and whether they have a passage of an earlier one."""
    chance = random.Random(2)
    earlier: list[str] = []
    done = 0
    for number, text in enumerate(documents(size)):
        has_copy = chance.random() < done / FULL if growing else number % 4 == 3
        copy: list[str] = []
        if has_copy and earlier:
            lines = chance.choice(earlier).splitlines()
            first = chance.randrange(len(lines))
            copy = list("\n".join(lines[first : first + 3]) + "\n")
            for _ in range(len(copy) // 50 if chance.random() < 0.5 else 0):
                copy[chance.randrange(len(copy))] = "换"
        yield text + "".join(copy), bool(copy)
        done += len(text.encode())
        if len(earlier) < REMEMBERED:
            earlier.append(text)
        elif not growing:
            earlier[number % REMEMBERED] = text
        elif (at := chance.randrange(number + 1)) < REMEMBERED:
            # Each document so far is as likely to be remembered as another.
            earlier[at] = text


def main() -> int:
    """Make, lint and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument(
        "--folder", type=Path, help="where the texts are made and kept; a temporary folder unless given"
    )
    parser.add_argument("--growing", action="store_true", help="more stands twice the more text there is")
    parser.add_argument("options", nargs="*", default=["--select", "DUP"], help="for corpus-lint, behind --")
    arguments = parser.parse_args()
    if shutil.which(LINT[0]) is None:
        sys.exit(f"{LINT[0]} is not on the path: pip install it first")
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        print("| MB | copies | CPU s | MB/s | peak MB |\n| ---: | ---: | ---: | ---: | ---: |")
        for megabytes in arguments.megabytes:
            file = folder / f"{'growing' if arguments.growing else 'copies'}{megabytes}.txt"
            note = file.with_suffix(".count")
            if not note.exists():
                copies = 0
                with file.open("w", encoding="utf-8") as out:
                    for text, has_copy in with_copies(megabytes * 1_000_000, growing=arguments.growing):
                        out.write(text + "\n")
                        copies += has_copy
                note.write_text(str(copies))
            size = file.stat().st_size / 1e6
            cost = once([*LINT, *arguments.options, str(file)])
            columns = f"{size:.0f}", f"{int(note.read_text()):,}", f"{cost.seconds:.1f}", f"{size / cost.seconds:.1f}"
            print(f"| {' | '.join(columns)} | {cost.megabytes:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
