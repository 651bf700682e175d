"""``kill -9`` at random moments during ``--fix``: each file is as it was or as it is to be, and nothing is left lying.

    python benchmarks/kills.py [--kills 50] [--files 1000] [--jobs 2] [--seed 1]

Files of every format that is rewritten, plain and packed, have something that ``--fix`` repairs. A run of ``--fix``
over them is killed, now with its processes, now without them; then each file must have its old or its new bytes, and
what was left of the run before must be gone. What was fixed is put back, and it starts anew. A last run ends by itself,
and no file but those that were there is in the folder. Needs ``pip install -e '.[parquet,zstd]'``.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from make_text import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

DAMAGED = "網(wǎng)絡(luò)時代的學(xué)習(xí)\n"


def forms() -> dict[str, Callable[[list[str]], bytes]]:
    """By the end of a name, what makes a file of some texts."""
    import pyarrow as pa
    import pyarrow.feather as feather
    import pyarrow.parquet as pq
    import zstandard

    def table(delimiter: str) -> Callable[[list[str]], bytes]:
        def made(texts: list[str]) -> bytes:
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=delimiter).writerows([["id", "text"], *enumerate(texts)])
            return out.getvalue().encode()

        return made

    def columns(write: Callable[..., None]) -> Callable[[list[str]], bytes]:
        def made(texts: list[str]) -> bytes:
            out = io.BytesIO()
            write(pa.table({"id": list(range(len(texts))), "text": texts}), out)
            return out.getvalue()

        return made

    plain: dict[str, Callable[[list[str]], bytes]] = {
        ".txt": lambda texts: "\n".join(texts).encode(),
        ".md": lambda texts: "\n\n".join(texts).encode(),
        ".jsonl": lambda texts: b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts),
        ".json": lambda texts: json.dumps([{"text": text} for text in texts], ensure_ascii=False).encode(),
        ".csv": table(","),
        ".tsv": table("\t"),
    }
    packers: dict[str, Callable[[bytes], bytes]] = {
        ".gz": gzip.compress,
        ".bz2": bz2.compress,
        ".xz": lzma.compress,
        ".zst": zstandard.ZstdCompressor().compress,
    }

    def packed(pack: Callable[[bytes], bytes]) -> Callable[[list[str]], bytes]:
        return lambda texts: pack(plain[".jsonl"](texts))

    of_columns = {".parquet": columns(pq.write_table), ".arrow": columns(feather.write_feather)}
    return {**plain, **of_columns, **{f".jsonl{end}": packed(pack) for end, pack in packers.items()}}


def make(folder: Path, files: int, chance: random.Random) -> dict[str, bytes]:
    """Write files; their names and bytes."""
    source = list(paragraphs("zh", 4000 * files))
    texts = ["".join(source[at : at + 8]) for at in range(0, len(source), 8)]
    made = {}
    every = sorted(forms().items())
    for number in range(files):
        end, form = every[number % len(every)]
        data = form([chance.choice(texts) + chance.choice((DAMAGED, "")) for _ in range(3)] + [DAMAGED])
        name = f"{number:05}{end}"
        (folder / name).write_bytes(data)
        made[name] = data
    return made


def start(folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    """Begin to fix."""
    options = ["--isolated", "--no-cache", "--fix", "--select", "MOJ006", "--jobs", str(jobs)]
    command = [sys.executable, "-m", "corpus_lint", *options, str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0 if os.name == "posix" else None
    )


def wait_for_all(group: int) -> float:
    """Wait until no process of a group is left; how long that took."""
    began = time.monotonic()
    while time.monotonic() - began < 30:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return time.monotonic() - began
        time.sleep(0.01)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("a process went on when the one that had started it was dead")


def main() -> int:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = make(folder, arguments.files, chance)
        began = time.monotonic()
        start(folder, arguments.jobs).wait()
        seconds = time.monotonic() - began
        new = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert new.keys() == old.keys(), "a run leaves no other file"
        assert all(new[name] != old[name] for name in old), "all files have something to fix"
        print(f"{len(old):,} files of {len(forms())} formats, a run takes {seconds:.1f} s", flush=True)
        left: set[str] = set()
        fixed = leftovers = 0
        for name, data in old.items():
            (folder / name).write_bytes(data)
        for number in range(arguments.kills):
            process = start(folder, arguments.jobs)
            time.sleep(chance.random() * seconds)
            is_alone = bool(number % 2)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL) if not is_alone else process.kill()
            process.wait()
            wait_for_all(process.pid)
            now = {path.name: path.read_bytes() for path in folder.iterdir()}
            for name, data in old.items():
                assert now[name] in (data, new[name]), f"{name} is neither old nor new after kill {number}"
                if now[name] != data:
                    fixed += 1
                    (folder / name).write_bytes(data)
            assert not (left & now.keys()) or now.keys() == left | old.keys(), "a next run takes away what was left"
            left = now.keys() - old.keys()
            leftovers += len(left)
        process = start(folder, arguments.jobs)
        process.wait()
        last = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert last == new, "a run that is not killed fixes all and leaves nothing"
    print(
        f"{arguments.kills} kills: {fixed:,} files new, {leftovers} temporary files left and taken away by the next run"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
