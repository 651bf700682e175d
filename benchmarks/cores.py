"""What several processes gain: the time on the clock with one and with several, on the same file.

    python benchmarks/cores.py [--jobs 2] [--megabytes 100] [--language zh] [--text FOLDER_OR_FILE] [-- OPTIONS]

Nothing else should run meanwhile. The least of ``--runs`` counts, in which all take turns. What is found must be the
same. ``OPTIONS`` go to corpus-lint: ``--select DUP``, ``--ignore DUP,TXT008``.

Processors share memory, caches and power, and those of a rented machine may be halves of one: so many runs of one
process each at the same time, which have nothing to do with each other, say what the machine itself gains.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from throughput import environment, make_file


def timed(command: list[str], times: int = 1) -> tuple[float, bytes]:
    """Seconds on the clock until so many runs at once are done, and what the last has printed."""
    kept = environment()
    began = time.monotonic()
    others = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=kept)
        for _ in range(times - 1)
    ]
    done = subprocess.run(command, capture_output=True, check=False, env=kept)
    for other in others:
        other.wait()
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    return time.monotonic() - began, done.stdout


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--text", help="a file, or a folder of .txt and .md files")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("options", nargs="*", help="for corpus-lint, behind --")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = make_file(Path(name), arguments.text, arguments.language, int(arguments.megabytes * 1e6))
        lint = [sys.executable, "-m", "corpus_lint", "--isolated", "--no-cache", "--output-format", "json"]
        commands = {jobs: [*lint, *arguments.options, "--jobs", str(jobs), str(file)] for jobs in (1, arguments.jobs)}
        seconds: dict[int, float] = {}
        at_once = float("inf")
        found: set[bytes] = set()
        for _ in range(arguments.runs):
            for jobs, command in commands.items():
                one, out = timed(command)
                seconds[jobs] = min(one, seconds.get(jobs, one))
                found.add(out)
            at_once = min(at_once, timed(commands[1], arguments.jobs)[0])
    if len(found) > 1:
        sys.exit("what was found depends on the number of processes")
    one, several = seconds[1], seconds[arguments.jobs]
    print(f"1 process: {one:.2f} s; {arguments.jobs}: {several:.2f} s, {one / several:.2f} times as fast")
    print(f"{arguments.jobs} runs at once: {at_once:.2f} s; the machine gains {arguments.jobs * one / at_once:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
