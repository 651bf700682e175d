"""Shards: a corpus linted by several runs, on as many machines as there are, each run its own part of the files.

Every run sees the whole list of files and divides it in the same way, so nobody has to hand files out: shard K of N is
always the same files while names and sizes stay. What a run finds it keeps as a part (`partial`), which
`merging` reports on together with the others.
"""

from __future__ import annotations

import os
from itertools import accumulate
from typing import TYPE_CHECKING

from .. import __version__, packs
from ..discover import STANDARD_INPUT
from ..named_tuple import NamedTuple
from ..options import ConfigurationError
from ..run import Run
from . import partial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..config import Settings
    from ..outcome import Outcome

FOLDER = "corpus-lint-parts"
"""Where parts are kept unless another folder is named."""

OVERHEAD = 1 << 12
"""Bytes that a file counts for besides its own: to open one takes time, too."""


class Shard(NamedTuple):
    """One of several runs: its number, from 1, and how many there are."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class Made(NamedTuple):
    """What became of a shard.

    Attributes:
        folder: of the part.
        outcome: what was found; None when the part was there already.
        files: how many of the files are the shard's, and how many there are.
    """

    folder: str
    outcome: Outcome | None
    files: tuple[int, int]


def parse(text: str) -> Shard:
    """The shard that a user writes as ``2/5``.

    Raises:
        ConfigurationError: it is no such thing.
    """
    number, slash, of = text.partition("/")
    if not (slash and number.isascii() and number.isdigit() and of.isascii() and of.isdigit()):
        raise ConfigurationError(f"--shard {text}: write K/N, as in 2/5: the second of five")
    shard = Shard(int(number), int(of))
    if not 1 <= shard.number <= shard.of:
        raise ConfigurationError(f"--shard {text}: K goes from 1 to N")
    return shard


def choose(sizes: Sequence[int], shard: Shard) -> range:
    """The numbers of the files, of those sizes in bytes, that are the shard's.

    The files, laid end to end, are cut into equal lengths; a file belongs where its middle lies. So each shard has a
    run of neighbours, and a file that is added or grows moves only files near the cuts.
    """
    weights = [size + OVERHEAD for size in sizes]
    total = sum(weights)
    owners = [
        (2 * before + weight) * shard.of // (2 * total)
        for before, weight in zip(accumulate(weights, initial=0), weights, strict=False)
    ]
    mine = [number for number, owner in enumerate(owners) if owner == shard.number - 1]
    return range(mine[0], mine[-1] + 1) if mine else range(0)


def lint(
    paths: Sequence[str],
    settings: Settings,
    shard: Shard,
    folder: str = FOLDER,
    *,
    progress: Callable[[int], None] | None = None,
) -> Made:
    """Lint a shard of the files and keep what is found, unless that has been done.

    Args:
        paths: all files and folders, the same for all shards.
        settings: the configuration.
        shard: which.
        folder: where parts are kept.
        progress: called now and then with the number of bytes read.

    Raises:
        ConfigurationError: the rules cannot be made as configured, the part cannot be written, or a file has changed
            meanwhile.
    """
    if STANDARD_INPUT in paths:
        raise ConfigurationError("--shard: standard input cannot be divided; name files")
    _, rules = packs.choose(settings)
    try:
        part = partial.Unfinished(folder, *shard)
    except OSError as error:
        raise ConfigurationError(f"{folder}: no part can be kept here: {error.strerror}") from None
    try:
        run = Run(rules, settings, None, progress, None)
        chosen = _corpus(run, paths, settings.baseline, folder)
        files = [(name, os.path.getsize(path) if os.path.isfile(path) else 0) for path, name in chosen]
        numbers = choose([size for _, size in files], shard)
        mine = files[numbers.start : numbers.stop]
        if shard.number > 1:
            # What concerns all files is told once.
            run.outcome.skipped.clear()
            run.outcome.failures.clear()
        marker = partial.Marker(
            contract=partial.CONTRACT,
            version=__version__,
            shard=shard.number,
            of=shard.of,
            rules=partial.digest_of_rules(settings),
            input=partial.digest_of_files(files),
            state=partial.digest_of_files(mine, times=True),
            settings=partial.settings_of(settings),
            root=os.path.relpath(settings.root),
            paths=list(paths),
        )
        there = _there(os.path.join(folder, partial.name(*shard)))
        if there is not None and there.failures == 0 and marker == there._replace(failures=0, sizes={}):
            return Made(os.path.join(folder, partial.name(*shard)), None, (len(mine), len(files)))
        places = run.apart(chosen[numbers.start : numbers.stop], set(paths), part.folder, part.texts)
        if marker.state != partial.digest_of_files([_sized(name) for name, _ in mine], times=True):
            raise ConfigurationError(f"--shard {shard}: files have changed while they were read; run it again")
        content = partial.Content(run.outcome, mine, places)
        run.outcome.rules = []
        place = part.publish(marker._replace(failures=len(run.outcome.failures)), content)
    except OSError as error:
        raise ConfigurationError(f"{folder}: the part cannot be written: {error.strerror or error}") from None
    finally:
        part.discard()
    return Made(place, run.outcome, (len(mine), len(files)))


def _corpus(run: Run, paths: Sequence[str], baseline: str, folder: str) -> list[tuple[str, str]]:
    """The files of all shards, as `Run.choose` gives them, without the baseline and what is in the folder of parts."""
    own = os.path.join(os.path.realpath(folder), "")
    no_corpus = os.path.realpath(baseline) if baseline else ""
    chosen = []
    for path, name in run.choose(paths):
        place = os.path.realpath(path)
        if place == no_corpus:
            run.outcome.skipped["the baseline"] += 1
        elif not place.startswith(own):
            chosen.append((path, name))
    return chosen


def _there(folder: str) -> partial.Marker | None:
    """What is said of the part that is there; None when there is none to use."""
    try:
        part = partial.read(folder)
    except ConfigurationError:
        return None
    return part.marker if part else None


def _sized(path: str) -> tuple[str, int]:
    return path, os.path.getsize(path) if os.path.isfile(path) else 0
