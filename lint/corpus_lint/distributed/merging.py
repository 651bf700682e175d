"""Merging: the parts that the shards of a corpus have left, reported on as if one run had made them all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .. import __version__, jobs, packs
from ..duplication.comparison import Comparison
from ..duplication.judging import compare
from ..engine import Engine
from ..options import ConfigurationError
from ..outcome import Outcome
from ..run import conclude, put_in_order
from ..sieve import Sieve
from . import partial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..config import Settings
    from ..gate import Gate
    from .partial import Content, Part

WORK = ".merge-"
"""How the folder begins in which the comparison keeps what it has done, beside the first part."""


def merge(paths: Sequence[str], settings: Settings, *, gate: Gate | None = None) -> Outcome:
    """The outcome of the run whose parts these are.

    Args:
        paths: parts, and folders of parts.
        settings: the configuration; what decides which findings there are is taken from the parts.
        gate: what the findings are held against.

    Raises:
        ConfigurationError: a part is missing, not whole or not of this run, a file has changed, or the gate's file or
            revision cannot be used.
    """
    parts = complete(list(partial.find(paths)))
    partial.adopt(settings, parts[0].marker)
    classes = packs.load(settings.packs, settings.rule, deferred=True)
    _same_rules(parts[0], settings)
    rules = packs.make(classes, settings.select, settings.ignore, settings.rules)
    packs.require_named(settings, classes)
    engine = Engine(rules)
    outcome = Outcome()
    outcome.rules = rules
    contents = [partial.content(part) for part in parts]
    for content in contents:
        outcome.add(content.outcome)
    if gate is None:
        outcome.hidden = []
    files = [name for content in contents for name, _ in content.files]
    if engine.repeat_rules or engine.common_line_rules:
        _compare(parts, contents, files, engine, settings, outcome, keeps_hidden=gate is not None)
    put_in_order(outcome, files)
    conclude(outcome, settings, classes, gate)
    return outcome


def complete(parts: Sequence[Part]) -> list[Part]:
    """The parts of one run, by number of the shard, each once.

    Raises:
        ConfigurationError: they are not of one run, or one is missing.
    """
    first = parts[0]
    by_number: dict[int, Part] = {}
    for part in parts:
        mine, other = part.marker, first.marker
        if mine.of != other.of:
            raise ConfigurationError(
                f"{part.folder} is one of {mine.of} parts, {first.folder} one of {other.of}: merge the parts of one run"
            )
        for key, what in (("version", "version of corpus-lint"), ("rules", "set of rules"), ("input", "list of files")):
            if getattr(mine, key) != getattr(other, key):
                raise ConfigurationError(
                    f"{part.folder} was made with another {what} than {first.folder}: run "
                    f"{_shards([mine.shard, other.shard], mine.of)} again with the same options on the same files"
                )
        known = by_number.setdefault(mine.shard, part)
        if known.marker.state != mine.state:
            raise ConfigurationError(f"{known.folder} and {part.folder} are the same shard and differ: leave one out")
    missing = [number for number in range(1, first.marker.of + 1) if number not in by_number]
    if missing:
        of = first.marker.of
        raise ConfigurationError(
            f"{len(missing)} of {of} parts are missing: run {_shards(missing, of)}, and merge again"
        )
    return [by_number[number] for number in sorted(by_number)]


def _shards(numbers: Sequence[int], of: int) -> str:
    """The options that make some shards."""
    shown = [f"--shard {number}/{of}" for number in sorted(set(numbers))[:10]]
    return ", ".join(shown) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")


def _same_rules(part: Part, settings: Settings) -> None:
    if part.marker.version != __version__:
        raise ConfigurationError(
            f"{part.folder} was made by corpus-lint {part.marker.version}, and this is {__version__}: install that "
            "version here, or run the shards again"
        )
    if part.marker.rules != partial.digest_of_rules(settings):
        raise ConfigurationError(
            f"{part.folder} was made by other rules or another Python than are here: install the same here, or run the "
            "shards again"
        )


def _compare(
    parts: Sequence[Part],
    contents: Sequence[Content],
    files: Sequence[str],
    engine: Engine,
    settings: Settings,
    outcome: Outcome,
    *,
    keeps_hidden: bool,
) -> None:
    """Compare the documents of all parts, and add what is found to the outcome."""
    _unchanged(parts, contents)
    comparison = Comparison(engine, settings)
    beside = os.path.dirname(os.path.abspath(parts[0].folder))
    if not os.access(beside, os.W_OK):
        import tempfile

        beside = tempfile.gettempdir()
    partial.sweep(beside, WORK)
    work = os.path.join(beside, f"{WORK}{_key(parts)}")
    saved = [(part.folder, content.places) for part, content in zip(parts, contents, strict=True)]
    comparison.gather(saved, work)
    sieve = Sieve(settings, outcome, identified=True, keeps_hidden=keeps_hidden)
    given = {os.path.realpath(name) for name in files} if settings.against else set()
    folders = [os.path.join(os.path.realpath(path), "") for path in parts[0].marker.paths if os.path.isdir(path)]
    compare(comparison, sieve, outcome, given, folders, processes=settings.jobs or jobs.cores())
    import shutil

    shutil.rmtree(work, ignore_errors=True)


def _unchanged(parts: Sequence[Part], contents: Sequence[Content]) -> None:
    """Make sure that the files are what the shards have read: passages are confirmed, and placed, in their texts.

    Raises:
        ConfigurationError: a file is not there, or has another size.
    """
    for part, content in zip(parts, contents, strict=True):
        for name, size in content.files:
            if not os.path.isfile(name):
                if size:
                    raise ConfigurationError(
                        f"{name}, of {part.folder}, is not here: merge where the files are, from the same folder"
                    )
            elif os.path.getsize(name) != size:
                raise ConfigurationError(f"{name} has changed since {part.folder} was made: run the shards again")


def _key(parts: Sequence[Part]) -> str:
    """What the work of the comparison is known by: the very parts, as they were made."""
    from hashlib import blake2b

    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(repr(part.marker).encode())
    return digest.hexdigest()
